import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { committeeRule, hasCommittee } from '../grades.ts'
import { byName, inOrder } from '../rules.ts'
import { type OfficeOn, officeOn } from '../store/office.ts'
import { branchSizes, personsPage } from '../store/persons.ts'
import { unitNames } from '../store/things.ts'
import { ruleShape, ruleThere } from './facts.ts'
import { appointmentShape, chargeShape, editing, postShape, unitShape } from './shape.ts'

/** An office of 300 has a tenth of it; beyond that persons are found by search. */
const personsAtMost = 3000

/** The office as of the day looked at, and (today only) what is entered and begins later. */
export async function office(db: Db, ctx: Ctx, _input: unknown) {
  const by = ctx.lookingBack ? ctx.day : null
  const [now, coming, persons] = await Promise.all([
    officeOn(db, ctx.tenant.id, ctx.day),
    ctx.lookingBack ? null : officeOn(db, ctx.tenant.id, ctx.day, 'after'),
    personsPage(db, ctx.tenant.id, { by, after: null, limit: personsAtMost }),
  ])
  const from = [...now.appointments, ...(coming?.appointments ?? [])].flatMap((one) => one.from_unit_id ?? [])
  const names = await unitNames(db, ctx.tenant.id, from)
  const sizes = await branchSizes(db, ctx.tenant.id, ctx.day)
  const [committee] = ruleThere(ctx, committeeRule)
  const may = editing(ctx)
  const unitOf = new Map([...now.posts, ...(coming?.posts ?? [])].map((post) => [post.id, post.unit_id]))
  const nothing = { units: [], posts: [], appointments: [], charges: [] }
  return {
    day: ctx.day,
    ...shape(now, ctx, unitOf, names),
    persons: persons.map(({ id, name }) => ({ id, name })).sort(byName),
    branches: now.units
      .filter((unit) => unit.kind === 'branch')
      .map(({ id }) => {
        const size = sizes.get(id) ?? { full: 0, probationary: 0, members: [] }
        return { unit: id, ...size, committee: committee ? hasCommittee(size.full, committee) : null }
      }),
    committee: committee ? { from: Number(committee.value), rule: ruleShape(committee, ctx) } : null,
    coming: coming ? shape(coming, ctx, unitOf, names) : nothing,
    actions: may(null)
      ? ['addUnit', 'addPerson', ...(ctx.can('import.make') ? ['import'] : [])]
      : ctx.can('org.edit') && !ctx.lookingBack
        ? ['addPerson']
        : [],
  }
}

function shape(office: OfficeOn, ctx: Ctx, unitOf: ReadonlyMap<Id, Id>, names: ReadonlyMap<Id, string>) {
  const may = editing(ctx)
  const persons = new Map(office.persons.map((person) => [person.id, person]))
  const named = (id: Id) => persons.get(id) ?? { id, name: '' }
  const nameOf = (id: Id) => names.get(id) ?? ''
  return {
    units: office.units.sort(inOrder).map((row) => unitShape(row, may)),
    posts: office.posts.sort(inOrder).map((row) => postShape(row, may)),
    appointments: office.appointments.map((row) =>
      appointmentShape(row, named(row.person_id), may(unitOf.get(row.post_id) ?? null), ctx, nameOf),
    ),
    charges: office.charges.map((row) => chargeShape(row, named(row.person_id), may(row.unit_id), ctx)),
  }
}
