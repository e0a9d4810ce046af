import type { InputOf } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { must, Refusal } from '#kernel/errors.ts'
import type { Read } from '#kernel/house.ts'
import { newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { cursor, found, limitOf, move, pageFrom } from '#kernel/table.ts'
import { type Owed, owe } from '#modules/obligations/index.ts'
import { firstOf } from '#modules/org/index.ts'
import type { dutyRoutes } from '../contract.ts'
import { issueMoves, maySign } from '../load.ts'
import { dutyMoves } from '../rules.ts'
import { dutyById } from '../store/duties.ts'
import { insertHolders } from '../store/holders.ts'
import { type IssueRow, insertIssue, type NamedLoad, pendingIssues, pendingOf, setIssue } from '../store/issues.ts'
import { versionsOf } from '../store/versions.ts'
import { loadOf, shownLoad } from './load.ts'
import { askedOfAll, askedOver, owedFor } from './owed.ts'
import { read } from './view.ts'

type Routes = typeof dutyRoutes
type Input<K extends keyof Routes> = InputOf<Routes[K]>

/** What issuing would add to each person, before it happens; written nowhere. */
export const load = {
  prepare: async (readOnce: Read, ctx: Ctx, input: Input<'load'>) => {
    const duty = { id: newId(), title: '', kind: input.kind, rrule: input.rrule, due: input.due, since: input.since }
    const answer = await readOnce(async (db: Db) => ({
      ...shownLoad(await loadOf(db, ctx, await owedFor(db, ctx, duty, input.holders))),
      first: (await firstOf(db, ctx.tenant.id, ctx.today)).map(({ person_id, name }) => ({ id: person_id, name })),
    }))
    return async () => answer
  },
}

/** Keeps what was issued above a budget until it is signed. */
export async function awaitSignature(
  tx: Tx,
  ctx: Ctx,
  issue: Pick<IssueRow, 'duty_id' | 'what' | 'since' | 'holders'> & { load: NamedLoad[] },
): Promise<void> {
  const id = newId()
  await insertIssue(tx, ctx, personOf(ctx), { ...issue, id })
  const over = issue.load.filter((one) => one.over).map(({ person, has, adds, budget }) => ({ person, has, adds, budget }))
  await append(tx, ctx, 'duty.issued_above_budget', { id: issue.duty_id }, { issue: id, what: issue.what, since: issue.since, over })
}

const shown = (ctx: Ctx, row: IssueRow, first: boolean) => ({
  id: row.id,
  duty: { id: row.duty_id, title: row.title },
  what: row.what,
  since: row.since,
  state: row.state,
  reason: row.reason,
  by: { id: row.drafted_by, name: row.by },
  draftedAt: row.drafted_at.toISOString(),
  load: shownLoad(row.load),
  actions: ctx.lookingBack
    ? []
    : [
        ...(row.state === 'awaiting' && first && ctx.can('duty.approve') ? ['approve', 'refuse'] : []),
        ...(row.state === 'returned' && row.drafted_by === ctx.actor.person ? ['submit'] : []),
        ...(row.drafted_by === ctx.actor.person ? ['drop'] : []),
      ],
})

/** What waits for a signature: everything for whoever reaches the whole office, one's own drafts for others. */
export async function awaiting(db: Db, ctx: Ctx, input: Input<'awaiting'>) {
  const limit = limitOf(input)
  const first = await firstOf(db, ctx.tenant.id, ctx.today)
  const signs = first.some((one) => one.person_id === ctx.actor.person)
  const drafter = signs || ctx.can('duty.assign', { unit: null }) ? null : personOf(ctx)
  const rows = await pendingIssues(db, ctx.tenant.id, drafter, input.state ?? null, cursor(input.after, 2), limit)
  const page = pageFrom(
    rows,
    limit,
    (row) => [row.drafted_at.toISOString(), row.id],
    (row) => shown(ctx, row, signs),
  )
  return { ...page, signs, first: first.map(({ person_id, name }) => ({ id: person_id, name })) }
}

async function pending(tx: Tx, ctx: Ctx, id: string) {
  const duty = found(await dutyById(tx, ctx, id))
  const issue = await pendingOf(tx, ctx.tenant.id, duty.id)
  if (!issue) throw new Refusal('duty.nothing_pending', { title: duty.title })
  return { duty, issue }
}

async function mustBeFirst(tx: Tx, ctx: Ctx): Promise<void> {
  must(maySign(ctx.actor.person, await firstOf(tx, ctx.tenant.id, ctx.today)))
}

/** Days that passed while it waited are asked of nobody. */
const stillAsked = (owed: readonly Owed[], ctx: Ctx): Owed[] => owed.filter((one) => one.due >= ctx.today)

/** The first responsible signs: it holds from now on, and what is owed for it is made at this moment. */
export async function approve(tx: Tx, ctx: Ctx, input: Input<'approve'>) {
  const { duty, issue } = await pending(tx, ctx, input.id)
  await mustBeFirst(tx, ctx)
  await move(tx, ctx, issueMoves, issue, 'approve')
  if (issue.what === 'assume') await move(tx, ctx, dutyMoves, duty, 'approve')
  else await insertHolders(tx, ctx, duty.id, issue.since, issue.holders)
  await append(tx, ctx, 'duty.approved', duty, { issue: issue.id, load: issue.load })
  const owed =
    issue.what === 'assume'
      ? await askedOfAll(tx, ctx, [duty.id])
      : await askedOver(tx, ctx, duty.id, await versionsOf(tx, ctx, [duty.id]), issue.holders, issue.since)
  await owe(tx, ctx, stillAsked(owed, ctx))
  return read(tx, ctx, { id: duty.id })
}

/** The first responsible sends it back to whoever drafted it, with the reason. */
export async function refuse(tx: Tx, ctx: Ctx, input: Input<'refuse'>) {
  const { duty, issue } = await pending(tx, ctx, input.id)
  await mustBeFirst(tx, ctx)
  await move(tx, ctx, issueMoves, issue, 'refuse')
  if (issue.what === 'assume') await move(tx, ctx, dutyMoves, duty, 'refuse')
  await setIssue(tx, ctx.tenant.id, issue.id, { reason: input.reason })
  await append(tx, ctx, 'duty.refused', duty, { issue: issue.id, reason: input.reason })
  return read(tx, ctx, { id: duty.id })
}

function mustBeDrafter(ctx: Ctx, issue: IssueRow): void {
  if (issue.drafted_by !== ctx.actor.person) throw new Refusal('duty.not_drafter', { who: issue.by })
}

/** The drafter hands it in again, with the load as it is by now. */
export async function submit(tx: Tx, ctx: Ctx, input: Input<'submit'>) {
  const { duty, issue } = await pending(tx, ctx, input.id)
  mustBeDrafter(ctx, issue)
  await move(tx, ctx, issueMoves, issue, 'submit')
  if (issue.what === 'assume') await move(tx, ctx, dutyMoves, duty, 'submit')
  const owed = await owedFor(tx, ctx, { ...duty, since: issue.since }, issue.holders)
  await setIssue(tx, ctx.tenant.id, issue.id, { reason: null, load: await loadOf(tx, ctx, stillAsked(owed, ctx)) })
  await append(tx, ctx, 'duty.submitted', duty, { issue: issue.id })
  return read(tx, ctx, { id: duty.id })
}

/** The drafter gives it up: the duty is taken back, or the holders are not added. */
export async function drop(tx: Tx, ctx: Ctx, input: Input<'drop'>) {
  const { duty, issue } = await pending(tx, ctx, input.id)
  mustBeDrafter(ctx, issue)
  await move(tx, ctx, issueMoves, issue, 'drop')
  if (issue.what === 'assume') await move(tx, ctx, dutyMoves, duty, 'drop')
  await append(tx, ctx, 'duty.dropped', duty, { issue: issue.id })
  return read(tx, ctx, { id: duty.id })
}
