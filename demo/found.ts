import { addMonths, instantAtStartOfDay } from '#kernel/calendar/index.ts'
import type { Grant } from '#kernel/can.ts'
import type { Tx } from '#kernel/db.ts'
import { type Id, newId } from '#kernel/ids.ts'
import { newLedgerKey } from '#kernel/ledger.ts'
import type { Tenant } from '#kernel/scope.ts'
import { addGrants, addMember, type RoleName, roles, userName } from '#modules/access/index.ts'
import { seedOrg } from '#modules/org/index.ts'
import { factsOf, levelOf } from './facts.ts'
import { charges, crewPost, officeCode, officeName, people, posts, renamed, seconded, units, zone } from './office.ts'
import { together } from './stage.ts'

/** The founded office: ids behind the keys of office.ts, and who may do what on a day. */
export type Founded = {
  tenant: Tenant
  unit: (key: string) => Id
  post: (key: string) => Id
  person: (name: string) => Id
  account: (name: string) => string
  unitKey: (id: Id) => string
  personName: (id: Id) => string
  grants: (name: string, day: string) => Grant[]
  /** Who was in charge of a unit on a day. */
  inCharge: (unit: string, day: string) => string
}

type Granted = { person: string; role: RoleName; unit: string | null; since: string; until: string | null }
type Charged = { person: string; unit: string; since: string; until: string | null }

function idsOf(keys: readonly string[]) {
  const ids = new Map(keys.map((key) => [key, newId()]))
  const names = new Map([...ids].map(([key, id]) => [id, key]))
  const get = <K, V>(map: ReadonlyMap<K, V>, key: K): V => {
    const found = map.get(key)
    if (found === undefined) throw new Error(`the demo office has no ${String(key)}`)
    return found
  }
  return { id: (key: string) => get(ids, key), key: (id: Id) => get(names, id) }
}

const inForce = (one: { since: string; until: string | null }, day: string) => one.since <= day && (one.until === null || one.until > day)

/** Every person is staff; leaders lead what they are in charge of, heads and secretaries their unit; clerk and discipline group as their posts say. */
function grantsFrom(charged: readonly Charged[], since: string): Granted[] {
  const always = { since, until: null }
  const granted: Granted[] = people.map((person) => ({ person, role: 'staff', unit: null, ...always }))
  for (const { roles: own, unit, held } of posts) {
    if (!held) continue
    if (unit === 'office') granted.push({ person: held.person, role: 'leader', unit: null, ...always })
    else if (own.some((role) => role === 'head' || role === 'branch_secretary'))
      granted.push({ person: held.person, role: 'leader', unit, ...always })
    else if (unit === 'discipline' && own.length > 0) granted.push({ person: held.person, role: 'supervisor', unit: null, ...always })
  }
  for (const { person, unit, ...range } of charged) granted.push({ person, role: 'leader', unit, ...range })
  const clerk = posts.find((one) => one.key === 'general.head')?.held?.person
  if (clerk) granted.push({ person: clerk, role: 'clerk', unit: null, ...always })
  return granted
}

/** scrypt of the demo's one password, `demo-office`: asked again where something is signed, shown on the screen beside the field. */
const passwordHash =
  'da1b49710d3cda43ac604f2ec58c683e:bf9e8054f8d6aa32185f8a4b30c20dd6eb9fd1d5a3b7424ccb662b68e823455c5ee7f38a5eae3ebdcac2739c7785e3d402dbed4f8dbd8f7bb9c96be5c395ce7c'

const below = (key: string): string[] => [key, ...units.filter((one) => one.parent === key).flatMap((one) => below(one.key))]

/**
 * Founds the office in the tenant's transaction: its row, ledger key, structure as known since `since` (YYYY-MM-DD), accounts with the demo's
 * password, members and grants. The handover of a charge happens on 1 February of `year`. Null when the office is there already.
 */
export async function found(tx: Tx, tenantId: Id, since: string, year: number): Promise<Founded | null> {
  const tenant: Tenant = { id: tenantId, code: officeCode, name: officeName, zone, fictional: true }
  const { id, code, name, fictional } = tenant
  const made = await tx
    .insertInto('tenant')
    .values({ id, code, name, zone, fictional, path: `/${code}` })
    .onConflict((row) => row.column('code').doNothing())
    .returning('id')
    .execute()
  if (made.length === 0) return null
  await tx.insertInto('tenant_key').values({ tenant_id: id, purpose: 'ledger', key: newLedgerKey() }).execute()

  const unit = idsOf(units.map((one) => one.key))
  const post = idsOf(posts.map((one) => one.key))
  const person = idsOf(people)
  const account = idsOf(people)
  const recordedAt = instantAtStartOfDay(since, zone)
  const handover = `${year}-02-01`
  const noted = instantAtStartOfDay(`${year}-01-30`, zone)
  const charged: (Charged & { noted: boolean })[] = charges.map((one) => ({
    ...{ person: one.person, unit: one.unit },
    since: one.from === 'start' ? since : handover,
    until: one.until === null ? null : handover,
    noted: one.from === 'handover',
  }))
  await seedOrg(
    tx,
    id,
    {
      units: units.map(({ key, parent, ...row }) => ({
        ...row,
        name: key === renamed.unit ? renamed.before : row.name,
        id: unit.id(key),
        parent_id: parent === null ? null : unit.id(parent),
        since,
      })),
      posts: posts.map((row) => ({
        id: post.id(row.key),
        unit_id: unit.id(row.unit),
        ...{ name: row.name, roles: row.roles, aliases: row.aliases },
        level: levelOf(row),
        exclusive: row.crew.length === 0,
        since,
      })),
      persons: people.map((one) => ({ id: person.id(one), name: one })),
      appointments: posts.flatMap(({ key, held, crew }) => [
        ...(held ? [{ id: newId(), person_id: person.id(held.person), post_id: post.id(key), kind: held.kind, since }] : []),
        ...crew.map((one) => ({ id: newId(), person_id: person.id(one), post_id: post.id(key), kind: 'regular' as const, since })),
        ...seconded
          .filter((one) => crewPost(one.post).key === key)
          .map((one) => ({
            ...{ id: newId(), person_id: person.id(one.person), post_id: post.id(key), kind: 'seconded' as const },
            ...{ from_unit_id: unit.id(one.unit), since: handover, recorded_at: noted },
          })),
      ]),
      charges: charged.map((one) => ({
        ...{ id: newId(), person_id: person.id(one.person), unit_id: unit.id(one.unit), since: one.since, until: one.until },
        recorded_at: one.noted ? noted : recordedAt,
        until_recorded_at: one.until === null ? null : noted,
      })),
      facts: factsOf(since, { person: person.id, unit: unit.id }),
    },
    recordedAt,
  )

  await tx
    .insertInto('auth.user')
    .values(
      people.map((one) => {
        const username = userName(code, one)
        return {
          id: account.id(one),
          name: one,
          email: `${account.id(one)}@zelian.invalid`,
          emailVerified: false,
          createdAt: recordedAt,
          updatedAt: recordedAt,
          username,
        }
      }),
    )
    .execute()
  await tx
    .insertInto('auth.account')
    .values(
      people.map((one) => ({
        ...{ id: newId(), accountId: account.id(one), userId: account.id(one), providerId: 'credential' },
        ...{ password: passwordHash, createdAt: recordedAt, updatedAt: recordedAt },
      })),
    )
    .execute()
  await together(people.map((one) => () => addMember(tx, { tenant: id, account: account.id(one), person: person.id(one), name: one })))
  const granted = grantsFrom(charged, since)
  const ground = '示例单位设立'
  await addGrants(
    tx,
    id,
    granted.map((one) => ({
      ...one,
      person: person.id(one.person),
      unit: one.unit === null ? null : unit.id(one.unit),
      by: null,
      ground,
      now: recordedAt,
    })),
  )

  return {
    tenant,
    unit: unit.id,
    post: post.id,
    person: person.id,
    account: account.id,
    unitKey: unit.key,
    personName: person.key,
    grants: (name, day) =>
      granted
        .filter((one) => one.person === name && inForce(one, day))
        .map((one) => ({ role: one.role, ...roles[one.role], units: one.unit === null ? null : below(one.unit).map(unit.id) })),
    inCharge: (key, day) => charged.find((one) => one.unit === key && inForce(one, day))?.person ?? people[0] ?? '',
  }
}

/** The first day of the demo's year, and of what the office knows: 1 January of this year from March on, else of the year before. */
export function startOf(today: string): { start: string; since: string; year: number } {
  const year = Number(addMonths(today, -2).slice(0, 4))
  return { start: `${year}-01-01`, since: `${year - 1}-01-01`, year }
}
