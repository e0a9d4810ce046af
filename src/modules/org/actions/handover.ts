import type { Db, Tx } from '#kernel/db.ts'
import { must } from '#kernel/errors.ts'
import { type Handing, type HandoverLine, type HandoverMove, type HandoverPart, handedOn } from '#kernel/handover.ts'
import { type Id, newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import { without } from '../holding.ts'
import { type AppointmentKind, aloneIn, appointmentKinds, noOverlap, type Range, within } from '../rules.ts'
import { holdersOf, workUnitsOn } from '../store/answer.ts'
import { chargeHeirs, chargesLeaving, heirsOf, postsLeaving, unitsStanding } from '../store/handover.ts'
import { peopleOf } from '../store/line.ts'
import { successorsOn } from '../store/lineage.ts'
import { appointmentHeld, chargeHeld, chargePeriods, holdersEver, personHeld, postHeld, unitHeld } from '../store/things.ts'
import { changeAppointment, changeCharge, seedOrg } from '../store/writes.ts'

const named = (rows: readonly { of: Id; id: Id; name: string; rank: number }[], of: Id) => rows.filter((row) => row.of === of)
const blank = { basis: null, rrule: null, due: null, light: null, cause: null } as const
const ref = ({ id, name }: { id: Id; name: string }) => ({ id, name })
const ways = ['to', 'stay', 'end'] as const

async function postLines(db: Db, ctx: Ctx, { person, day }: { person: Id; day: string }): Promise<HandoverLine[]> {
  const posts = await postsLeaving(db, ctx.tenant.id, person, day)
  const ids = posts.map((one) => one.post_id)
  const [heirs, answering] = await Promise.all([heirsOf(db, ctx.tenant.id, ids, person, day), holdersOf(db, ctx.tenant.id, ids, day, null)])
  return posts.flatMap((one) => {
    const likely = named(heirs, one.post_id)
    const present = answering
      .filter((it) => it.post_id === one.post_id && it.since <= day && it.person_id !== person)
      .map((it) => it.person_id)
    // Released on that very day, and somebody is there from then on: it has passed already.
    if (one.until === day && present.length > 0) return []
    const line: HandoverLine = {
      ...blank,
      id: one.id,
      title: one.post,
      unit: { id: one.unit_id, name: one.unit },
      post: { id: one.post_id, name: one.post },
      since: one.since,
      gone: one.gone,
      along: null,
      heirs: likely.map(ref),
      others: likely.filter((it) => it.rank === 0 && present.includes(it.id)).map((it) => it.name),
      // A post that ends by then has no successor of its own: what was held through it has.
      ways: one.gone ? ['end'] : ways,
      ...(one.gone ? { first: 'end' as const } : {}),
      hows: ['regular', 'acting', 'concurrent'],
      mark: [one.kind, one.since, one.until ?? ''].join(' '),
    }
    return [line]
  })
}

/** What the periods of giver and successor become, and what of the successor's is new: what they have already is not had twice. */
function passing(had: Range, day: string, own: readonly Range[]): { ends: boolean; begins: Range[] } {
  // Whoever was released on the very day left the post free from then on.
  const passed = had.until === day ? { since: day, until: null } : handedOn(had, day).successor
  return { ends: had.until === null || had.until > day, begins: passed ? without(passed, own) : [] }
}

async function appointInstead(tx: Tx, ctx: Ctx, { day }: Handing, { line, to, how, way }: HandoverMove): Promise<void> {
  const row = found(await appointmentHeld(tx, ctx.tenant.id, line.id))
  const post = found(await postHeld(tx, ctx.tenant.id, row.post_id))
  const heir = way === 'to' && to ? found(await personHeld(tx, ctx.tenant.id, to)) : null
  const ever = await holdersEver(tx, ctx.tenant.id, post.id)
  // What was left free passes as far as it is free; what was held passes beside whoever shares the post.
  const { ends, begins } = passing(row, day, row.until === day ? ever : ever.filter((one) => one.person_id === heir?.id))
  if (ends) {
    await changeAppointment(tx, ctx.tenant.id, row.id, { until: day, until_recorded_at: ctx.now })
    await append(tx, ctx, 'appointment.ended', row, { until: day, before: row.until })
  }
  if (!heir) return
  const kind = (appointmentKinds.find((one) => one === how) ?? 'regular') satisfies AppointmentKind
  for (const range of begins) {
    must(within(range, post))
    if (post.exclusive) must(aloneIn(post, { ...range, kind, person_id: heir.id }, await holdersEver(tx, ctx.tenant.id, post.id)))
    const made = { id: newId(), person_id: heir.id, post_id: post.id, kind, ...range }
    await seedOrg(tx, ctx.tenant.id, { appointments: [made] }, ctx.now)
    await append(tx, ctx, 'appointment.made', made, { person: heir.id, post: post.id, kind, level: null, from: null, ...range })
  }
}

/** 任职: the giver's ends on the day and the successor's begins, in as many pieces as they do not hold already. */
export const postHandover: HandoverPart = {
  key: 'appointment',
  words: ['任职', 'Posts'],
  lines: postLines,
  move: async (tx, ctx, handing, moves) => {
    for (const one of moves) if (one.way !== 'stay') await appointInstead(tx, ctx, handing, one)
  },
}

async function chargeLines(db: Db, ctx: Ctx, { person, day }: { person: Id; day: string }): Promise<HandoverLine[]> {
  const [charges, posts] = await Promise.all([chargesLeaving(db, ctx.tenant.id, person, day), postsLeaving(db, ctx.tenant.id, person, day)])
  const heirs = await chargeHeirs(
    db,
    ctx.tenant.id,
    charges.map((one) => one.unit_id),
    person,
    day,
  )
  return charges.flatMap((one) => {
    const likely = named(heirs, one.unit_id)
    const already = likely.filter((it) => it.rank === 0)
    if (one.until === day && already.length > 0) return []
    const line: HandoverLine = {
      ...blank,
      id: one.id,
      title: one.unit,
      unit: { id: one.unit_id, name: one.unit },
      post: null,
      since: one.since,
      gone: one.gone,
      // Whoever is in charge of it already goes on; else it goes with the post its holder works in.
      along: one.gone || already.length > 0 ? null : posts[0] ? `appointment ${posts[0].id}` : null,
      heirs: likely.map(ref),
      others: already.map((it) => it.name),
      ways: one.gone ? ['end'] : ways,
      ...(one.gone ? { first: 'end' as const } : {}),
      hows: [],
      mark: [one.since, one.until ?? ''].join(' '),
    }
    return [line]
  })
}

async function chargeInstead(tx: Tx, ctx: Ctx, { day }: Handing, { line, to, way }: HandoverMove): Promise<void> {
  const row = found(await chargeHeld(tx, ctx.tenant.id, line.id))
  const unit = found(await unitHeld(tx, ctx.tenant.id, row.unit_id))
  const heir = way === 'to' && to ? found(await personHeld(tx, ctx.tenant.id, to)) : null
  const own = heir ? await chargePeriods(tx, ctx.tenant.id, heir.id, unit.id) : []
  const { ends, begins } = passing(row, day, own)
  if (ends) {
    await changeCharge(tx, ctx.tenant.id, row.id, { until: day, until_recorded_at: ctx.now })
    await append(tx, ctx, 'charge.ended', row, { until: day, before: row.until })
  }
  if (!heir) return
  for (const range of begins) {
    must(within(range, unit))
    must(noOverlap(range, own, { who: heir.name, name: unit.name }))
    const made = { id: newId(), person_id: heir.id, unit_id: unit.id, ...range }
    await seedOrg(tx, ctx.tenant.id, { charges: [made] }, ctx.now)
    await append(tx, ctx, 'charge.made', made, { person: heir.id, unit: unit.id, ...range })
  }
}

/** 分管. */
export const chargeHandover: HandoverPart = {
  key: 'charge',
  words: ['分管', 'In charge of'],
  lines: chargeLines,
  move: async (tx, ctx, handing, moves) => {
    for (const one of moves) if (one.way !== 'stay') await chargeInstead(tx, ctx, handing, one)
  },
}

/**
 * The unit in which a person takes over what belongs to a unit, by `person unit`: the same where it stands on the day and they are of it; else one that carries
 * on what it had; else the one they work in.
 */
export async function placesOf(
  db: Db,
  ctx: Ctx,
  wanted: readonly { person: Id; unit: Id }[],
  day: string,
): Promise<(person: Id, unit: Id) => Id> {
  const tenant = ctx.tenant.id
  const units = [...new Set(wanted.map((one) => one.unit))]
  const [standing, work] = await Promise.all([
    unitsStanding(db, tenant, units, day),
    workUnitsOn(db, tenant, [...new Set(wanted.map((one) => one.person))], day),
  ])
  const places = new Map<string, Id>()
  for (const unit of units) {
    const persons = wanted.flatMap((one) => (one.unit === unit ? [one.person] : []))
    const targets = standing.has(unit) ? [unit] : (await successorsOn(db, tenant, unit, day)).map((one) => one.id)
    for (const target of targets) {
      const there = await peopleOf(db, tenant, target, persons, day)
      for (const person of there) if (!places.has(`${person} ${unit}`)) places.set(`${person} ${unit}`, target)
    }
  }
  return (person, unit) => places.get(`${person} ${unit}`) ?? work.get(person) ?? unit
}
