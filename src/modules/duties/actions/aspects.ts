import { ok, refuse, type Verdict } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/scope.ts'

/** The aspects of the first responsible's list, in order: keys of the rules `first.aspect.…`, named by the rule `first.aspects`. */
export const aspectsOf = (ctx: Ctx): string[] => String(ctx.rule('first.aspects').value).split(' ')

/** An aspect is one of the rule pack's, on a duty of the first responsible. */
export function aspectOk(ctx: Ctx, kind: string, aspect: string | null, at = ''): Verdict {
  if (aspect === null) return ok
  const known = aspectsOf(ctx)
  if (!known.includes(aspect)) {
    const names = known.map((one) => ctx.rule(`first.aspect.${one}`).value).join('、')
    return refuse('duty.aspect_unknown', { aspect, known: names }, `${at}/aspect`)
  }
  return kind === 'first' ? ok : refuse('duty.aspect_kind', {}, `${at}/aspect`)
}
