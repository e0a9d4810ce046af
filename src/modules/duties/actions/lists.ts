import { addDays } from '#kernel/calendar/index.ts'
import type { InputOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import type { FileAnswer } from '#kernel/files/index.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { writeSheets } from '#kernel/sheets/index.ts'
import { cursor, found, limitOf, pageFrom } from '#kernel/table.ts'
import { dutyKinds } from '#modules/obligations/contract.ts'
import { holdersOf } from '#modules/org/index.ts'
import type { dutyRoutes } from '../contract.ts'
import { listPages } from '../sheet.ts'
import { dutiesByIds } from '../store/duties.ts'
import { listed, listedFor, listsOf, subjectOf, type Whose } from '../store/lists.ts'
import type { DutyRow } from '../store/said.ts'
import { holdersOn } from './holders.ts'
import { withHolders } from './view.ts'

type Routes = typeof dutyRoutes
type Input<K extends keyof Routes> = InputOf<Routes[K]>

/** What one list holds at most; beyond it the list says that there is more. */
const most = 1000

export async function lists(db: Db, ctx: Ctx, input: Input<'lists'>) {
  const limit = limitOf(input)
  const rows = await listsOf(db, ctx, input.of, input.q, cursor(input.after, 2), limit)
  return pageFrom(
    rows,
    limit,
    (row) => [row.sort_value, row.id],
    ({ id, name, note, count }) => ({ of: input.of, id, name, note, count }),
  )
}

/** Who answers for a post on the day. */
const personsIn = async (db: Db, ctx: Ctx, post: Id): Promise<Id[]> =>
  (await holdersOf(db, ctx.tenant.id, [post], ctx.day, addDays(ctx.day, 1))).map((one) => one.person_id)

/**
 * The duty list (责任清单) of a unit, a post or a person as of the day: its duties in force, numbered within 正面清单 and 负面清单, under their kinds. Absent when
 * there is no such unit, post or person.
 */
export async function dutyList(db: Db, ctx: Ctx, of: Whose, id: Id) {
  const subject = found(await subjectOf(db, ctx, of, id))
  const ids = await listed(db, ctx, of, id, most)
  const rows = new Map((await dutiesByIds(db, ctx, ids.slice(0, most))).map((row) => [row.id, row]))
  const ordered = ids.slice(0, most).flatMap((one) => rows.get(one) ?? [])
  const persons = of === 'person' ? [id] : of === 'post' ? await personsIn(db, ctx, id) : undefined
  const show = await withHolders(db, ctx, ordered, { unit: of === 'unit' ? id : undefined, persons })
  type Seat = ReturnType<typeof show>['holders'][number]
  const isOwn = {
    unit: (one: Seat) => one.unit.id === id,
    post: (one: Seat) => one.post?.id === id,
    person: (one: Seat) => one.persons.some((it) => it.id === id),
  }[of]
  // Whoever is in a post need not answer for it: while a holder is there, somebody acting is not.
  const all = ordered
    .map(show)
    .map((duty) => ({ duty, own: duty.holders.filter(isOwn).map((holder) => holder.id) }))
    .filter(({ own }) => own.length > 0)
  const numbers = { positive: 0, negative: 0 }
  const numbered = all.map(({ duty, own }) => ({ no: ++numbers[duty.polarity], duty, own }))
  return {
    of,
    id,
    name: subject.name,
    note: subject.note,
    day: ctx.day,
    office: ctx.tenant.name,
    groups: dutyKinds.flatMap((kind) => {
      const items = numbered.filter((one) => one.duty.kind === kind)
      return items.length > 0 ? [{ kind, items }] : []
    }),
    ...numbers,
    more: ids.length > most,
  }
}

/**
 * What each of these persons answers for on the day, in the printed order of `dutyList`, asked for all of them at once. Who is in a post that somebody else
 * answers for is not in it; whoever answers for nothing is absent.
 */
export async function dutiesHeldBy(db: Db, ctx: Ctx, persons: readonly Id[]): Promise<Map<Id, DutyRow[]>> {
  const ids = await listedFor(db, ctx, persons)
  const [rows, seats] = await Promise.all([dutiesByIds(db, ctx, ids), holdersOn(db, ctx.tenant.id, ids, ctx.day, ctx.knownAt)])
  const byId = new Map(rows.map((row) => [row.id, row]))
  const asked = new Set(persons)
  const holders = Map.groupBy(
    seats.filter((seat) => seat.since <= ctx.day),
    (seat) => seat.duty_id,
  )
  const held = new Map<Id, DutyRow[]>()
  for (const id of ids) {
    const duty = byId.get(id)
    const theirs = new Set((holders.get(id) ?? []).flatMap((seat) => (seat.person_id && asked.has(seat.person_id) ? [seat.person_id] : [])))
    if (duty) for (const person of theirs) held.set(person, [...(held.get(person) ?? []), duty])
  }
  return held
}

export const unitList = (db: Db, ctx: Ctx, input: { id: Id }) => dutyList(db, ctx, 'unit', input.id)
export const postList = (db: Db, ctx: Ctx, input: { id: Id }) => dutyList(db, ctx, 'post', input.id)
export const personList = (db: Db, ctx: Ctx, input: { id: Id }) => dutyList(db, ctx, 'person', input.id)

/** A list as people print it, an .xlsx: 正面清单 and 负面清单 on a sheet each. */
export async function sheet(db: Db, ctx: Ctx, input: Input<'sheet'>): Promise<FileAnswer> {
  const list = await dutyList(db, ctx, input.of, input.id)
  const body = await writeSheets(listPages(list, ctx.lang))
  return { name: `${list.name}责任清单 ${list.day}.xlsx`, kind: 'xlsx', body, size: body.byteLength }
}
