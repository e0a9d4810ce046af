import type { Tx } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { owe } from '#modules/obligations/index.ts'
import { officeOn } from '#modules/org/index.ts'
import type { Facts } from '../rules.ts'
import { receivingPost } from '../seats.ts'

/**
 * An answer to a superior becomes an obligation of whoever took the paper in, in the unit of their post; it can be handed over from there. Nothing where no
 * answer is asked for. Refuses `directive.reply_nobody` for somebody without a post. Ends with the tally: must be the last write of the transaction.
 */
export async function oweReply(tx: Tx, ctx: Ctx, directive: Id, facts: Facts): Promise<void> {
  const { replyDue: due, title } = facts
  if (due === null) return
  const holder = personOf(ctx)
  const post = receivingPost(await officeOn(tx, ctx.tenant.id, ctx.today), holder)
  if (!post) throw new Refusal('directive.reply_nobody', { name: ctx.actor.name }, [{ at: '/replyDue' }])
  const opens = [facts.receivedOn ?? ctx.today, due].sort()[0] ?? due
  await append(tx, ctx, 'directive.reply_owed', { id: directive }, { due, holder, unit: post.unit })
  await owe(tx, ctx, [
    {
      because: 'directive',
      becauseId: directive,
      kind: 'task',
      title: Array.from(`答复：${title}`).slice(0, 120).join(''),
      period: 'once',
      holder,
      unit: post.unit,
      opens,
      due,
    },
  ])
}
