import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { Tx } from '#kernel/db.ts'
import { must, Refusal } from '#kernel/errors.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import { waiveRest } from '#modules/obligations/index.ts'
import type { directiveRoutes } from '../contract.ts'
import { type Facts, mayCome } from '../rules.ts'
import { changeFacts, lockDirective, openReplies } from '../store/directives.ts'
import { keepEvents } from '../store/events.ts'
import { oweReply } from './reply.ts'
import { summary } from './view.ts'

/** Where a paper came from is put right. A reply day that is set owes an answer from now on; one that is emptied waives it; the day itself moves where it is owed. */
export async function amend(tx: Tx, ctx: Ctx, input: InputOf<typeof directiveRoutes.amend>): Promise<OkOf<typeof directiveRoutes.amend>> {
  const { id, ...change } = input
  const { facts: before } = found(await lockDirective(tx, ctx.tenant.id, id))
  const facts: Facts = { ...before, ...change }
  must(mayCome(facts, ctx.today))
  const moved = facts.replyDue !== before.replyDue
  if (moved && facts.replyDue !== null && before.replyDue !== null) throw new Refusal('directive.reply_owed', {}, [{ at: '/replyDue' }])
  await changeFacts(tx, ctx.tenant.id, id, facts)
  await keepEvents(tx, ctx, id, [{ thing: id, verb: 'amend', actor: ctx.actor.person, after: { facts } }])
  await append(tx, ctx, 'directive.amended', { id }, { fields: Object.keys(change).sort() })
  const answer = await summary(tx, ctx, id)
  if (moved && facts.replyDue !== null) await oweReply(tx, ctx, id, facts)
  if (moved && facts.replyDue === null) {
    const open = await openReplies(tx, ctx.tenant.id, id)
    if (open.length > 0) await waiveRest(tx, ctx, open, '来文不再要求答复')
  }
  return answer
}
