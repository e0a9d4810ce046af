import { addSpan, dayOf, instantAtStartOfDay } from '#kernel/calendar/index.ts'
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
import type { actRoutes } from './contract.ts'
import { type ActState, actActions, actMoves, bigramsOf, happened, likely, likeness, mayCorrect, mayDischarge } from './rules.ts'
import {
  type ActRow,
  actById,
  addReason,
  candidates,
  correctionsOf,
  type Discharged,
  dischargedBy,
  insertAct,
  listActs,
  type NewAct,
  type Part,
  partsOf,
  unitsOf,
} from './store.ts'

type Routes = typeof actRoutes
type Input<K extends keyof Routes> = InputOf<Routes[K]>
type Happening = Input<'record'>

/** The state as known on the day one looks at: a correction made later has not happened yet. */
const stateOn = (ctx: Ctx, row: ActRow): ActState => (row.state !== 'recorded' && row.moved_at > ctx.knownAt ? 'recorded' : row.state)

function shown(ctx: Ctx, row: ActRow, parts: readonly Part[], discharged: readonly Discharged[], correctedBy: Id | null) {
  const state = stateOn(ctx, row)
  const grace = addSpan(ctx.calendar, row.happened_on, String(ctx.rule('act.grace').value)).day
  return {
    id: row.id,
    what: row.what,
    happenedOn: row.happened_on,
    happenedAt: row.happened_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    doneBy: { id: row.done_by, name: row.done_by_name },
    recordedBy: { id: row.recorded_by, name: row.recorded_by_name },
    unit: { id: row.unit_id, name: row.unit },
    with: parts.map((part) => ({ id: part.person_id, name: part.name })),
    state,
    corrects: row.corrects_id,
    correctedBy,
    // Why it was withdrawn came with the withdrawal.
    reason: state !== row.state && row.corrects_id === null ? null : row.reason,
    discharges: discharged.map((one) => ({ id: one.id, title: one.title, due: one.due, late: row.happened_on > one.due })),
    lateEntry: dayOf(row.recorded_at, ctx.tenant.zone) > grace,
    actions: actActions(
      ctx.can,
      { state, doneBy: row.done_by, recordedBy: row.recorded_by, unit: row.unit_id },
      ctx.actor.person,
      ctx.lookingBack,
    ),
  }
}

async function withParts(db: Db, ctx: Ctx, rows: readonly ActRow[]) {
  const ids = rows.map((row) => row.id)
  const corrected = rows.filter((row) => row.state === 'corrected').map((row) => row.id)
  const [allParts, allDischarged, corrections] = await Promise.all([
    partsOf(db, ctx.tenant.id, ids),
    dischargedBy(db, ctx.tenant.id, ids),
    correctionsOf(db, ctx, corrected),
  ])
  const parts = Map.groupBy(allParts, (part) => part.act_id)
  const discharged = Map.groupBy(allDischarged, (one) => one.act_id)
  return (row: ActRow) => shown(ctx, row, parts.get(row.id) ?? [], discharged.get(row.id) ?? [], corrections.get(row.id) ?? null)
}

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

/** Open obligations of those who took part, likeliest first: what the text says of their titles, then the nearest due day. */
export async function propose(db: Db, ctx: Ctx, input: Input<'propose'>) {
  const persons = [input.doneBy ?? personOf(ctx), ...(input.with ?? '').split(',').filter(isId)]
  const rows = await obligationsByIds(db, ctx.tenant.id, await candidates(db, ctx.tenant.id, persons, input.happenedOn))
  const said = bigramsOf(input.what ?? '')
  const scored = rows
    .filter((row) => ctx.can('act.record', { holder: row.holder_id, unit: row.unit_id }))
    .map((row) => ({ row, ...likeness(row.title, said) }))
    .sort((a, b) => b.share - a.share || (a.row.due < b.row.due ? -1 : a.row.due > b.row.due ? 1 : 0))
  return {
    items: scored
      .filter(({ share }, i) => i < 20 || likely(share))
      .slice(0, 200)
      .map(({ row, share, words }) => ({ obligation: shownObligation(ctx, row), likely: likely(share), words })),
  }
}

type Settled = { act: NewAct; obligations: ObligationRow[]; there: Awaited<ReturnType<typeof unitsOf>> }

/** What was just written, as it is answered to whoever wrote it: everything of it is known, nothing is read again. */
function written(ctx: Ctx, id: Id, { act, obligations, there }: Settled) {
  const nameOf = (person: Id) => there.get(person)?.name ?? ''
  const row: ActRow = {
    ...{ id, what: act.what, happened_on: act.happenedOn, happened_at: act.happenedAt, recorded_at: ctx.now },
    ...{ done_by: act.doneBy, done_by_name: nameOf(act.doneBy), recorded_by: act.recordedBy, recorded_by_name: nameOf(act.recordedBy) },
    ...{ unit_id: act.unit, unit: there.get(act.doneBy)?.unit?.name ?? '' },
    ...{ state: 'recorded', corrects_id: act.corrects, reason: act.reason, moved_at: ctx.now },
  }
  const parts = act.with.map((person_id) => ({ act_id: id, person_id, name: nameOf(person_id) }))
  const byName = parts.sort((a, b) => a.name.localeCompare(b.name, 'zh') || (a.person_id < b.person_id ? -1 : 1))
  const byDue = obligations
    .map(({ id: of, title, due }) => ({ act_id: id, id: of, title, due }))
    .sort((a, b) => (`${a.due} ${a.id}` < `${b.due} ${b.id}` ? -1 : 1))
  return shown(ctx, row, byName, byDue, null)
}

/** Everything about a happening that can be refused is refused here, before anything is written. */
async function settle(tx: Tx, ctx: Ctx, input: Happening, corrects: (ActRow & { discharged: Id[] }) | null): Promise<Settled> {
  must(happened(input.happenedOn, ctx.today))
  const doneBy = input.doneBy ?? corrects?.done_by ?? personOf(ctx)
  const others = (input.with ?? []).filter((person) => person !== doneBy)
  const ids = input.discharges ?? []
  const touched = [...ids, ...(corrects?.discharged ?? [])]
  const [there, held] = await Promise.all([
    unitsOf(tx, ctx.tenant.id, [doneBy, ...others, personOf(ctx)], input.happenedOn),
    touched.length > 0 ? holdObligations(tx, ctx.tenant.id, touched) : [],
  ])
  const missing = [doneBy, ...others].findIndex((person) => !there.has(person))
  if (missing >= 0) throw new Refusal('act.absent_person', {}, [{ at: missing === 0 ? '/doneBy' : `/with/${missing - 1}` }])
  const who = found(there.get(doneBy))
  if (who.unit === null) throw new Refusal('act.no_unit', { name: who.name, day: input.happenedOn }, [{ at: '/happenedOn' }])
  ctx.may('act.record', { holder: doneBy, unit: who.unit.id })
  const byId = new Map(held.map((row) => [row.id, row]))
  const persons = new Set([doneBy, ...others])
  const obligations = ids.map((id, i) => {
    const row = byId.get(id)
    const place = `/discharges/${i}`
    if (!row || !ctx.can('act.record', { holder: row.holder_id, unit: row.unit_id }))
      throw new Refusal('act.absent_obligation', {}, [{ at: place }])
    must(mayDischarge({ title: row.title, opens: row.opens, holder: row.holder_id }, { day: input.happenedOn, persons }, place))
    return row
  })
  const [hours = 12, minutes = 0] = (input.time ?? '12:00').split(':').map(Number)
  const at = new Date(instantAtStartOfDay(input.happenedOn, ctx.tenant.zone).getTime() + (hours * 60 + minutes) * 60_000)
  return {
    act: {
      what: input.what,
      happenedOn: input.happenedOn,
      happenedAt: at > ctx.now ? ctx.now : at,
      doneBy,
      recordedBy: personOf(ctx),
      unit: who.unit.id,
      with: others,
      discharges: ids,
      corrects: corrects?.id ?? null,
      reason: null,
    },
    obligations,
    there,
  }
}

/** Records an act and discharges what it names: one act, any number of obligations, all or none. */
export async function record(tx: Tx, ctx: Ctx, input: Happening) {
  const settled = await settle(tx, ctx, input, null)
  const { act, obligations } = settled
  const id = newId()
  insertAct(tx, ctx, id, act)
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

/** Corrections add: a new act that names the old one, which stays as it was written and no longer discharges anything. */
export async function correct(tx: Tx, ctx: Ctx, input: Input<'correct'>) {
  const old = await visible(tx, ctx, input.id)
  mustCorrect(ctx, old)
  await move(tx, ctx, actMoves, old, 'correct')
  const before = (await dischargedBy(tx, ctx.tenant.id, [old.id])).map((one) => one.id)
  const settled = await settle(tx, ctx, input, { ...old, discharged: before })
  settled.act.reason = input.reason
  const { act, obligations } = settled
  const id = newId()
  insertAct(tx, ctx, id, act)
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
  await move(tx, ctx, actMoves, old, 'withdraw')
  await addReason(tx, ctx.tenant.id, old.id, input.reason)
  await append(tx, ctx, 'act.withdrawn', old, { reason: input.reason })
  const answer = await read(tx, ctx, { id: old.id })
  const ids = (await dischargedBy(tx, ctx.tenant.id, [old.id])).map((one) => one.id)
  await reopen(tx, ctx, ids, old.id, input.reason)
  return answer
}
