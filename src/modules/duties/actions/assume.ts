import { isDay } from '#kernel/calendar/index.ts'
import type { InputOf } from '#kernel/contract.ts'
import type { Tx } from '#kernel/db.ts'
import { must, Refusal } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { found, move } from '#kernel/table.ts'
import { type Owed, owe, waiveRest } from '#modules/obligations/index.ts'
import type { dutyRoutes } from '../contract.ts'
import { dueOk, dutyMoves, endOk, type HolderGiven, holdersOk } from '../rules.ts'
import { activeDuties, dutyById } from '../store/duties.ts'
import { existing, holderRanges, insertHolders, unitsAbove } from '../store/holders.ts'
import { pendingOf } from '../store/issues.ts'
import { openAfter, periodsMade } from '../store/owed.ts'
import type { DutyRow } from '../store/said.ts'
import { versionsOf } from '../store/versions.ts'
import { insertDuty, insertParts, type NewDuty, setTerms, setUntil } from '../store/writes.ts'
import { partsByUnit, partWithin } from '../tree.ts'
import { aspectOk } from './aspects.ts'
import { awaitSignature } from './issue.ts'
import { loadOf } from './load.ts'
import { askedOfAll, askedOver, owedFor } from './owed.ts'
import { read } from './view.ts'

type Routes = typeof dutyRoutes
type Input<K extends keyof Routes> = InputOf<Routes[K]>
export type Assumed = NewDuty & {
  holders: readonly HolderGiven[]
  /** Holders of the parent whose part this is; left out, by their units. */
  carries?: readonly Id[] | undefined
}

/** Refuses holders that do not exist, with their places below `at`. */
export async function known(tx: Tx, ctx: Ctx, holders: readonly HolderGiven[], at = ''): Promise<void> {
  const verdict = holdersOk(holders)
  if (!verdict.ok)
    throw new Refusal(
      verdict.refusal.code,
      verdict.refusal.params,
      verdict.refusal.places.map((place) => ({ at: `${at}${place.at}` })),
    )
  const there = await existing(tx, ctx.tenant.id, holders)
  holders.forEach((holder, i) => {
    const place = [{ at: `${at}/holders/${i}` }]
    if (!there.units.has(holder.unit)) throw new Refusal('duty.absent_holder', {}, place)
    if (holder.person && !there.persons.has(holder.person)) throw new Refusal('duty.absent_holder', {}, place)
    if (holder.post === null) return
    const unit = there.posts.get(holder.post)
    if (!unit) throw new Refusal('duty.absent_holder', {}, place)
    if (unit !== holder.unit) throw new Refusal('duty.post_elsewhere', {}, place)
  })
}

/** A duty that stands and may be built on. */
export async function standingDuty(tx: Tx, ctx: Ctx, id: Id): Promise<DutyRow> {
  const duty = found(await dutyById(tx, ctx, id))
  if (duty.state !== 'active') throw new Refusal('duty.not_active', { title: duty.title })
  return duty
}

/** Whose part a child carries: as given (they must be the parent's), else by units. */
export async function carriedParts(
  tx: Tx,
  ctx: Ctx,
  parent: Id,
  holders: readonly HolderGiven[],
  given: readonly Id[] | undefined,
  at = '',
): Promise<string[]> {
  const own = (await holderRanges(tx, ctx.tenant.id, [parent])).filter((holder) => holder.until === null || holder.until > ctx.today)
  const known = new Set(own.map((holder) => holder.id))
  const stranger = given?.findIndex((id) => !known.has(id)) ?? -1
  if (stranger >= 0) throw new Refusal('duty.carries_unknown', {}, [{ at: `${at}/carries/${stranger}` }])
  if (given) return [...given]
  const units = [...new Set(holders.map((holder) => holder.unit))]
  return partsByUnit(own, units, await unitsAbove(tx, ctx.tenant.id, units))
}

async function below(tx: Tx, ctx: Ctx, input: Assumed, at: string) {
  if (!input.parent) return { basis: input.basis, carries: [] }
  const parent = await dutyById(tx, ctx, input.parent)
  if (parent?.state !== 'active') throw new Refusal('duty.absent_parent', {}, [{ at: `${at}/parent` }])
  must(partWithin(parent, input, at))
  // The parent's sentence is the child's too, unless it has its own.
  const inherited =
    parent.directive_id === null
      ? null
      : { directive: parent.directive_id, proposal: null, start: parent.basis_start ?? 0, end: parent.basis_end ?? 0, inherited: true }
  return { basis: input.basis ?? inherited, carries: await carriedParts(tx, ctx, parent.id, input.holders, input.carries, at) }
}

/**
 * Writes one duty down with its holders; says what is owed for it and leaves that to the caller. Above somebody's budget it awaits a signature and nothing is
 * owed yet. `at` is where it stands in the request, `planned` what the same request makes besides.
 */
export async function write(tx: Tx, ctx: Ctx, input: Assumed, at = '', planned: readonly Owed[] = []): Promise<{ id: Id; owed: Owed[] }> {
  await known(tx, ctx, input.holders, at)
  must(dueOk(input.since, input.due, at))
  must(aspectOk(ctx, input.kind, input.aspect ?? null, at))
  if (input.beside && !(await dutyById(tx, ctx, input.beside))) throw new Refusal('duty.absent_beside', {}, [{ at: `${at}/beside` }])
  const { basis, carries } = await below(tx, ctx, input, at)
  const id = await insertDuty(tx, ctx, personOf(ctx), { ...input, basis })
  await insertHolders(tx, ctx, id, input.since, input.holders)
  await insertParts(tx, ctx, id, carries)
  await append(
    tx,
    ctx,
    'duty.assumed',
    { id },
    {
      basis,
      rrule: input.rrule,
      due: input.due,
      since: input.since,
      holders: input.holders,
      ...(input.parent ? { parent: input.parent } : {}),
    },
  )
  const owed = await owedFor(tx, ctx, { ...input, id }, input.holders)
  const load = await loadOf(tx, ctx, owed, planned)
  if (!load.some((one) => one.over)) return { id, owed }
  await move(tx, ctx, dutyMoves, { id, state: 'active' }, 'exceed')
  await awaitSignature(tx, ctx, { duty_id: id, what: 'assume', since: input.since, holders: [...input.holders], load })
  return { id, owed: [] }
}

/** Makes a duty with its holders and what they owe. Ends with the tally: must be the last write of the transaction. */
export async function assume(tx: Tx, ctx: Ctx, input: Assumed): Promise<{ id: Id }> {
  const { id, owed } = await write(tx, ctx, input)
  await owe(tx, ctx, owed)
  return { id }
}

/** Makes several duties at once (an import, a branch's list): all or none, counted once. Ends with the tally. `at` names the n-th in a refusal. */
export async function assumeAll(tx: Tx, ctx: Ctx, list: readonly Assumed[], at: (n: number) => string): Promise<Id[]> {
  const made: { id: Id; owed: Owed[] }[] = []
  for (const [n, one] of list.entries())
    made.push(
      await write(
        tx,
        ctx,
        one,
        at(n),
        made.flatMap((other) => other.owed),
      ),
    )
  await owe(
    tx,
    ctx,
    made.flatMap((one) => one.owed),
  )
  return made.map((one) => one.id)
}

export async function add(tx: Tx, ctx: Ctx, input: Input<'add'>) {
  for (const holder of input.holders) ctx.may('duty.add', { unit: holder.unit })
  const { id } = await assume(tx, ctx, { ...input, parent: input.parent ?? null, basis: null })
  return read(tx, ctx, { id })
}

export async function assign(tx: Tx, ctx: Ctx, input: Input<'assign'>) {
  const duty = await standingDuty(tx, ctx, input.id)
  for (const holder of input.holders) ctx.may('duty.assign', { unit: holder.unit })
  if (!isDay(input.since) || input.since < duty.since)
    throw new Refusal('duty.ends_before_since', { since: duty.since }, [{ at: '/since' }])
  await known(tx, ctx, input.holders)
  if (await pendingOf(tx, ctx.tenant.id, duty.id)) throw new Refusal('duty.pending', { title: duty.title })
  const owed = await askedOver(tx, ctx, duty.id, await versionsOf(tx, ctx, [duty.id]), input.holders, input.since)
  const load = await loadOf(tx, ctx, owed)
  if (load.some((one) => one.over)) {
    await awaitSignature(tx, ctx, { duty_id: duty.id, what: 'assign', since: input.since, holders: [...input.holders], load })
    return read(tx, ctx, { id: duty.id })
  }
  await insertHolders(tx, ctx, duty.id, input.since, input.holders)
  await append(tx, ctx, 'duty.assigned', duty, { since: input.since, holders: input.holders })
  await owe(tx, ctx, owed)
  return read(tx, ctx, { id: duty.id })
}

/** Whoever ends or takes back a duty must reach all its units. */
export async function mayAll(tx: Tx, ctx: Ctx, duty: Id, verb: string): Promise<void> {
  for (const holder of await holderRanges(tx, ctx.tenant.id, [duty])) ctx.may(verb, { unit: holder.unit })
}

/** Says what counts as fulfilling a duty: having been there, and whose confirmation. What was recorded before stays as it was asked then. */
export async function terms(tx: Tx, ctx: Ctx, input: Input<'terms'>) {
  const duty = found(await dutyById(tx, ctx, input.id))
  await mayAll(tx, ctx, duty.id, 'duty.assign')
  await setTerms(tx, ctx.tenant.id, duty.id, { attend: input.attend, confirm: input.confirm })
  await append(tx, ctx, 'duty.terms_set', duty, { attend: input.attend, confirm: input.confirm })
  return read(tx, ctx, { id: duty.id })
}

export async function end(tx: Tx, ctx: Ctx, input: Input<'end'>) {
  const duty = found(await dutyById(tx, ctx, input.id))
  await mayAll(tx, ctx, duty.id, 'duty.end')
  must(endOk(duty.since, input.until))
  await move(tx, ctx, dutyMoves, duty, 'end')
  await setUntil(tx, ctx.tenant.id, duty.id, input.until)
  await append(tx, ctx, 'duty.ended', duty, { until: input.until, reason: input.reason })
  await waiveRest(tx, ctx, await openAfter(tx, ctx.tenant.id, duty.id, input.until), input.reason)
  return read(tx, ctx, { id: duty.id })
}

/**
 * The nightly extension: makes what has come within the horizon. A period that was made before is left alone, whoever holds it by now: what was
 * handed over does not come back to whoever had it. Idempotent. Returns how many obligations were made.
 */
export async function extend(tx: Tx, ctx: Ctx, after: Id | null): Promise<{ made: number; next: Id | null }> {
  const duties = await activeDuties(tx, ctx.tenant.id, after, 200)
  const owed = await askedOfAll(tx, ctx, duties)
  const before = await periodsMade(tx, ctx.tenant.id, duties)
  const fresh = owed.filter((one) => !before.has(`${one.becauseId} ${one.period} ${one.unit}`))
  return { made: await owe(tx, ctx, fresh), next: duties.length === 200 ? (duties.at(-1) ?? null) : null }
}
