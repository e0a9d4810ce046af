import type { Tx } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { AppointmentRow, ChargeRow, FactRow, PersonRow, PostRow, UnitRow } from './office.ts'

type Optional<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>
/** A row that may say when it was recorded; else it is `recordedAt` of the call. */
type At = { recorded_at?: Date }
export type UnitSeed = Optional<UnitRow, 'parent_id' | 'aliases' | 'sort' | 'until'> & At
export type PostSeed = Optional<PostRow, 'aliases' | 'roles' | 'exclusive' | 'level' | 'sort' | 'until'> & At
/** `born` is YYYY-MM, kept to tell namesakes apart. */
export type PersonSeed = PersonRow & { born?: string | null } & At
export type AppointmentSeed = Optional<
  AppointmentRow,
  'kind' | 'level' | 'from_unit_id' | 'from_office' | 'until' | 'recorded_at' | 'until_recorded_at' | 'voided_at'
>
export type ChargeSeed = Optional<ChargeRow, 'until' | 'recorded_at' | 'until_recorded_at' | 'voided_at'>
/** 职级, 人员身份, 党员身份 by `value`; 所在支部 by `unit_id`. */
export type FactSeed = Optional<FactRow, 'value' | 'unit_id' | 'until' | 'recorded_at' | 'until_recorded_at' | 'voided_at'>
export type OrgSeed = {
  units?: readonly UnitSeed[]
  posts?: readonly PostSeed[]
  persons?: readonly PersonSeed[]
  appointments?: readonly AppointmentSeed[]
  charges?: readonly ChargeSeed[]
  facts?: readonly FactSeed[]
}

/** A statement takes at most 65,535 parameters. */
const atOnce = 4000
const batches = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / atOnce) }, (_, i) => rows.slice(i * atOnce, (i + 1) * atOnce))

/**
 * Adds units (a parent before or with its children), posts, persons, appointments, charges and what persons are (facts) in bulk. No rule of `rules.ts` is asked; the
 * database's own constraints hold. Order missing is the order of the arrays.
 */
export async function seedOrg(tx: Tx, tenant: Id, seed: OrgSeed, recordedAt: Date): Promise<void> {
  const own = { tenant_id: tenant, recorded_at: recordedAt }
  const units = (seed.units ?? []).map((row, sort) => ({ ...own, parent_id: null, aliases: [], sort, until: null, ...row }))
  const posts = (seed.posts ?? []).map((row, sort) => ({
    ...own,
    aliases: [],
    roles: [],
    exclusive: false,
    level: null,
    sort,
    until: null,
    ...row,
  }))
  const persons = (seed.persons ?? []).map((row) => ({ ...own, ...row }))
  const appointments = (seed.appointments ?? []).map((row) => ({
    ...own,
    kind: 'regular',
    level: null,
    from_unit_id: null,
    from_office: null,
    until: null,
    until_recorded_at: null,
    voided_at: null,
    ...row,
  }))
  const charges = (seed.charges ?? []).map((row) => ({ ...own, until: null, until_recorded_at: null, voided_at: null, ...row }))
  const facts = (seed.facts ?? []).map((row) => ({
    ...own,
    value: null,
    unit_id: null,
    until: null,
    until_recorded_at: null,
    voided_at: null,
    ...row,
  }))
  for (const rows of batches(units)) await tx.insertInto('unit').values(rows).execute()
  for (const rows of batches(posts)) await tx.insertInto('post').values(rows).execute()
  for (const rows of batches(persons)) await tx.insertInto('person').values(rows).execute()
  for (const rows of batches(appointments)) await tx.insertInto('appointment').values(rows).execute()
  for (const rows of batches(charges)) await tx.insertInto('charge').values(rows).execute()
  for (const rows of batches(facts)) await tx.insertInto('person_fact').values(rows).execute()
}

type Change<T> = Partial<Omit<T, 'id' | 'since'>>

export const changeUnit = (tx: Tx, tenant: Id, id: Id, to: Change<UnitRow>) =>
  tx.updateTable('unit').set(to).where('tenant_id', '=', tenant).where('id', '=', id).execute()

export const changePost = (tx: Tx, tenant: Id, id: Id, to: Change<PostRow>) =>
  tx.updateTable('post').set(to).where('tenant_id', '=', tenant).where('id', '=', id).execute()

export const changePerson = (tx: Tx, tenant: Id, id: Id, to: { name?: string; born?: string | null }) =>
  tx.updateTable('person').set(to).where('tenant_id', '=', tenant).where('id', '=', id).execute()

export const changeAppointment = (
  tx: Tx,
  tenant: Id,
  id: Id,
  to: Partial<Pick<AppointmentRow, 'until' | 'until_recorded_at' | 'voided_at'>>,
) => tx.updateTable('appointment').set(to).where('tenant_id', '=', tenant).where('id', '=', id).execute()

export const changeCharge = (tx: Tx, tenant: Id, id: Id, to: Partial<Pick<ChargeRow, 'until' | 'until_recorded_at' | 'voided_at'>>) =>
  tx.updateTable('charge').set(to).where('tenant_id', '=', tenant).where('id', '=', id).execute()

export const changeFact = (tx: Tx, tenant: Id, id: Id, to: Partial<Pick<FactRow, 'until' | 'until_recorded_at' | 'voided_at'>>) =>
  tx.updateTable('person_fact').set(to).where('tenant_id', '=', tenant).where('id', '=', id).execute()

/** Keeps what a unit was called and where it hung until a day. */
export const keepFormer = (tx: Tx, tenant: Id, unit: UnitRow, until: string, recordedAt: Date) =>
  tx
    .insertInto('unit_former')
    .values({ tenant_id: tenant, unit_id: unit.id, until, name: unit.name, parent_id: unit.parent_id, recorded_at: recordedAt })
    .execute()
