import { instantAtStartOfDay } from '#kernel/calendar/index.ts'
import type { InputOf } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { must, Refusal } from '#kernel/errors.ts'
import { type Id, isId, newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { cursor, found, limitOf, move, pageFrom } from '#kernel/table.ts'
import {
  discharge,
  holdObligations,
  type ObligationRow,
  obligationsByIds,
  reopen,
  shown as shownObligation,
} from '#modules/obligations/index.ts'
import { officeOn } from '#modules/org/index.ts'
import { askedNow, lapse, requestsFor } from './actions/confirm.ts'
import { graceOf, shown, withParts } from './actions/show.ts'
import type { actRoutes } from './contract.ts'
import { dayOnly, kindIn } from './reading/kinds.ts'
import { readLine } from './reading/line.ts'
import { readWhen } from './reading/when.ts'
import {
  actMoves,
  bigramsOf,
  daysOk,
  happened,
  likeness,
  mayCorrect,
  mayDischarge,
  mayDischargeFor,
  mayDischargeUnsigned,
  mayUndo,
  tickedOf,
} from './rules.ts'
import { type Asking, ask, askedFor } from './store/confirmations.ts'
import { type ActRow, actById, addReason, candidates, dischargedBy, insertAct, listActs, type NewAct, partsOf, unitsOf } from './store.ts'

type Routes = typeof actRoutes
type Input<K extends keyof Routes> = InputOf<Routes[K]>
type Happening = Input<'record'>

export async function list(db: Db, ctx: Ctx, input: Input<'list'>) {
  const limit = limitOf(input)
  const rows = await listActs(db, ctx, ctx.reach('act.read'), input, cursor(input.after, 2), limit)
  return pageFrom(rows, limit, (row) => [row.happened_on, row.id], await withParts(db, ctx, rows))
}

async function visible(db: Db, ctx: Ctx, id: Id): Promise<ActRow> {
  const row = found(await actById(db, ctx, id))
  const mine =
    row.recorded_by === ctx.actor.person || (await partsOf(db, ctx.tenant.id, [id])).some((part) => part.person_id === ctx.actor.person)
  if (!mine && !ctx.can('act.read', { holder: row.done_by, unit: row.unit_id })) throw new Refusal('thing.absent')
  return row
}

export async function read(db: Db, ctx: Ctx, input: { id: Id }) {
  const row = await visible(db, ctx, input.id)
  return (await withParts(db, ctx, [row]))(row)
}

/** Reads a line, with the names of the office as of the day it names. */
export async function reading(db: Db, ctx: Ctx, input: Input<'reading'>) {
  const day = readWhen(input.line, ctx.today).day ?? ctx.today
  const office = await officeOn(db, ctx.tenant.id, day)
  const posts = new Map(office.posts.map((post) => [post.id, post]))
  const names = new Map(office.persons.map((person) => [person.id, person.name]))
  const seats = office.appointments.flatMap(({ person_id: person, post_id }) => {
    const post = posts.get(post_id)
    return post ? [{ person, name: names.get(person) ?? '', post: post.name, unit: post.unit_id }] : []
  })
  return readLine(input.line, ctx.today, () => ({ seats, units: office.units }))
}

const idsIn = (text: string | undefined): Id[] => (text ?? '').split(',').filter(isId)

/** Open obligations of those who took part, likeliest first: what the text says of their titles, then the nearest due day. */
export async function propose(db: Db, ctx: Ctx, input: Input<'propose'>) {
  const doers = new Set([input.doneBy ?? personOf(ctx), ...idsIn(input.chair)])
  const others = idsIn(input.with).filter((id) => !doers.has(id))
  const offered = new Map((await candidates(db, ctx.tenant.id, [...doers], others, input.happenedOn)).map((one) => [one.id, one]))
  const rows = await obligationsByIds(db, ctx.tenant.id, [...offered.keys()])
  const said = bigramsOf(input.what ?? '')
  const scored = rows
    .filter(
      (row) =>
        ctx.can('act.record', { holder: row.holder_id, unit: row.unit_id }) && mayDischargeUnsigned(row.because, row.title, false, '').ok,
    )
    .map((row) => {
      const facts = { because: row.because_id, holder: row.holder_id, due: row.due, attends: offered.get(row.id)?.attends ?? false }
      return { row, ...facts, ...likeness(row.title, said) }
    })
    .sort((a, b) => b.share - a.share || (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
  const ticked = tickedOf(scored, doers, input.happenedOn)
  return {
    late: ctx.today > graceOf(ctx, input.happenedOn),
    items: scored
      .filter((item, i) => i < 20 || ticked.has(item))
      .slice(0, 200)
      .map((item) => ({
        obligation: shownObligation(ctx, item.row),
        likely: ticked.has(item),
        attends: item.attends,
        words: item.words,
      })),
  }
}

type Settled = { act: NewAct; obligations: ObligationRow[]; there: Awaited<ReturnType<typeof unitsOf>>; requests: Asking[] }

/** What was just written, as it is answered to whoever wrote it: everything of it is known, nothing is read again. */
function written(ctx: Ctx, id: Id, { act, obligations, there, requests }: Settled) {
  const nameOf = (person: Id) => there.get(person)?.name ?? ''
  const row: ActRow = {
    ...{ id, what: act.what, kind: act.kind, happened_on: act.happenedOn, happened_at: act.happenedAt, recorded_at: ctx.now },
    ...{ began_on: act.beganOn, head_count: act.count, late_cause: act.lateCause, role: act.parts.get(act.doneBy) ?? 'attend' },
    ...{ done_by: act.doneBy, done_by_name: nameOf(act.doneBy), recorded_by: act.recordedBy, recorded_by_name: nameOf(act.recordedBy) },
    ...{ unit_id: act.unit, unit: there.get(act.doneBy)?.unit?.name ?? '' },
    ...{ state: 'recorded', corrects_id: act.corrects, reason: act.reason, moved_at: ctx.now },
  }
  const parts = act.with.map((person_id) => ({
    act_id: id,
    person_id,
    name: nameOf(person_id),
    role: act.parts.get(person_id) ?? 'attend',
  }))
  const byName = parts.sort((a, b) => a.name.localeCompare(b.name, 'zh') || (a.person_id < b.person_id ? -1 : 1))
  const byDue = obligations
    .map(({ id: of, title, due }) => ({ act_id: id, id: of, title, due }))
    .sort((a, b) => (`${a.due} ${a.id}` < `${b.due} ${b.id}` ? -1 : 1))
  return shown(ctx, row, {
    parts: byName,
    discharged: byDue,
    correctedBy: null,
    requests: requests.map((one) => askedNow(ctx, id, one, nameOf(act.recordedBy), act)),
  })
}

/** Everything about a happening that can be refused is refused here, before anything is written. */
async function settle(
  tx: Tx,
  ctx: Ctx,
  input: Happening,
  corrects: (ActRow & { discharged: Id[] }) | null,
  signs = false,
): Promise<Settled> {
  must(happened(input.happenedOn, ctx.today))
  must(daysOk(input.beganOn, input.happenedOn))
  const kind = input.kind ?? corrects?.kind ?? kindIn(input.what).kind
  const doneBy = input.doneBy ?? corrects?.done_by ?? personOf(ctx)
  const others = (input.with ?? []).filter((person) => person !== doneBy)
  const ids = input.discharges ?? []
  const touched = [...ids, ...(corrects?.discharged ?? [])]
  const [there, held, asked] = await Promise.all([
    unitsOf(tx, ctx.tenant.id, [doneBy, ...others, personOf(ctx)], input.happenedOn),
    touched.length > 0 ? holdObligations(tx, ctx.tenant.id, touched) : [],
    askedFor(tx, ctx.tenant.id, ids),
  ])
  const missing = [doneBy, ...others].findIndex((person) => !there.has(person))
  if (missing >= 0) throw new Refusal('act.absent_person', {}, [{ at: missing === 0 ? '/doneBy' : `/with/${missing - 1}` }])
  const who = found(there.get(doneBy))
  if (who.unit === null) throw new Refusal('act.no_unit', { name: who.name, day: input.happenedOn }, [{ at: '/happenedOn' }])
  ctx.may('act.record', { holder: doneBy, unit: who.unit.id })
  const persons = new Set([doneBy, ...others])
  const stranger = (input.parts ?? []).findIndex(({ person }) => !persons.has(person))
  if (stranger >= 0) throw new Refusal('act.part_absent', {}, [{ at: `/parts/${stranger}` }])
  const byId = new Map(held.map((row) => [row.id, row]))
  const obligations = ids.map((id, i) => {
    const row = byId.get(id)
    const place = `/discharges/${i}`
    if (!row || !ctx.can('act.record', { holder: row.holder_id, unit: row.unit_id }))
      throw new Refusal('act.absent_obligation', {}, [{ at: place }])
    must(mayDischargeFor(row.because, row.title, doneBy !== ctx.actor.person, place))
    must(mayDischargeUnsigned(row.because, row.title, signs, place))
    must(mayDischarge({ title: row.title, opens: row.opens, holder: row.holder_id }, { day: input.happenedOn, persons }, place))
    return row
  })
  const [hours = 12, minutes = 0] = ((dayOnly(kind) ? undefined : input.time) ?? '12:00').split(':').map(Number)
  const at = new Date(instantAtStartOfDay(input.happenedOn, ctx.tenant.zone).getTime() + (hours * 60 + minutes) * 60_000)
  const act: NewAct = {
    what: input.what,
    kind,
    beganOn: input.beganOn === undefined || input.beganOn === input.happenedOn ? null : input.beganOn,
    count: input.count ?? null,
    lateCause: input.lateCause ?? null,
    parts: new Map((input.parts ?? []).map(({ person, part }) => [person, part])),
    happenedOn: input.happenedOn,
    happenedAt: at > ctx.now ? ctx.now : at,
    doneBy,
    recordedBy: personOf(ctx),
    unit: who.unit.id,
    with: others,
    discharges: ids,
    corrects: corrects?.id ?? null,
    reason: null,
  }
  return { act, obligations, there, requests: await requestsFor(tx, ctx, { ...act, name: who.name }, obligations, asked) }
}

/** Records an act and discharges what it names: one act, any number of obligations, all or none. */
export async function record(tx: Tx, ctx: Ctx, input: Happening) {
  return recorded(tx, ctx, await settle(tx, ctx, input, null))
}
/** The same of somebody's own signature, which alone discharges what is owed as one. */
export async function recordSigning(tx: Tx, ctx: Ctx, input: Happening) {
  return recorded(tx, ctx, await settle(tx, ctx, input, null, true))
}

async function recorded(tx: Tx, ctx: Ctx, settled: Settled) {
  const { act, obligations, requests } = settled
  const id = newId()
  insertAct(tx, ctx, id, act)
  ask(tx, ctx, id, act.recordedBy, requests)
  await append(
    tx,
    ctx,
    'act.recorded',
    { id },
    { happenedOn: act.happenedOn, doneBy: act.doneBy, with: act.with, discharges: act.discharges, what: act.what },
  )
  await discharge(tx, ctx, { id, happenedAt: act.happenedAt, happenedOn: act.happenedOn }, obligations)
  return written(ctx, id, settled)
}

/** Who did it, who wrote it down, and whoever may correct in its unit. */
function mustCorrect(ctx: Ctx, act: ActRow): void {
  const facts = { doneBy: act.done_by, recordedBy: act.recorded_by, unit: act.unit_id }
  if (!mayCorrect(ctx.can, facts, ctx.actor.person)) throw new Refusal('may.not', { verb: 'act.correct' })
}

/** What an act discharged, to be opened again; refused where that was a signature. */
async function undoable(tx: Tx, ctx: Ctx, act: Id): Promise<Id[]> {
  const ids = (await dischargedBy(tx, ctx.tenant.id, [act])).map((one) => one.id)
  must(mayUndo(await obligationsByIds(tx, ctx.tenant.id, ids)))
  return ids
}

/** Corrections add: a new act that names the old one, which stays as it was written and no longer discharges anything. */
export async function correct(tx: Tx, ctx: Ctx, input: Input<'correct'>) {
  const old = await visible(tx, ctx, input.id)
  mustCorrect(ctx, old)
  const before = await undoable(tx, ctx, old.id)
  await move(tx, ctx, actMoves, old, 'correct')
  const settled = await settle(tx, ctx, input, { ...old, discharged: before })
  settled.act.reason = input.reason
  const { act, obligations, requests } = settled
  const id = newId()
  insertAct(tx, ctx, id, act)
  ask(tx, ctx, id, act.recordedBy, requests)
  await lapse(tx, ctx, old.id)
  await append(
    tx,
    ctx,
    'act.corrected',
    { id },
    { corrects: old.id, happenedOn: act.happenedOn, discharges: act.discharges, what: act.what, reason: input.reason },
  )
  await discharge(tx, ctx, { id, happenedAt: act.happenedAt, happenedOn: act.happenedOn }, obligations, {
    ids: before,
    act: old.id,
    reason: input.reason,
  })
  return written(ctx, id, settled)
}

export async function withdraw(tx: Tx, ctx: Ctx, input: Input<'withdraw'>) {
  const old = await visible(tx, ctx, input.id)
  mustCorrect(ctx, old)
  const ids = await undoable(tx, ctx, old.id)
  await move(tx, ctx, actMoves, old, 'withdraw')
  await addReason(tx, ctx.tenant.id, old.id, input.reason)
  await lapse(tx, ctx, old.id)
  await append(tx, ctx, 'act.withdrawn', old, { reason: input.reason })
  const answer = await read(tx, ctx, { id: old.id })
  await reopen(tx, ctx, ids, old.id, input.reason)
  return answer
}
