import { ok, Refusal, refuse, type Verdict } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'
import type { Range } from './rules.ts'

/** 合并, 拆分, 撤销: what hangs below a unit that goes or is divided, and where each thing goes by somebody's choice. Pure. */

export const changeKinds = ['merged', 'split', 'abolished'] as const
export type ChangeKind = (typeof changeKinds)[number]

/** Units below, posts with their holders, charges over the unit, and the members of a branch. */
export const hangingKinds = ['unit', 'post', 'charge', 'member'] as const
export type HangingKind = (typeof hangingKinds)[number]
/** Something of a unit that reaches past a day. `from` is the first day it has been here; `who` names the persons in it. */
export type Hanging = Range & { what: HangingKind; id: Id; unit_id: Id; name: string; who: string; from: string }

/** Where something goes: a unit's id, the key of a unit that is made with the change, or null: it ends. A post may get another name. */
export type Move = { what: HangingKind; id: Id; to: string | null; name?: string | undefined }

const words: Record<HangingKind, readonly [zh: string, en: string]> = {
  unit: ['下级机构', 'unit'],
  post: ['岗位', 'post'],
  charge: ['分管', 'charge'],
  member: ['党员', 'member'],
}
const namedAtMost = 20

/** Everything that hangs is decided once, and nothing that does not hang; `all` false lets what is not named stay where it is. Units move, they do not end along. */
export function decided(hanging: readonly Hanging[], moves: readonly Move[], all: boolean, lang: 'zh-CN' | 'en'): Verdict {
  const key = (one: { what: HangingKind; id: Id }) => `${one.what} ${one.id}`
  const there = new Set(hanging.map(key))
  const seen = new Set<string>()
  for (const [i, move] of moves.entries()) {
    if (!there.has(key(move))) return refuse('org.not_hanging', {}, `/moves/${i}/id`)
    if (seen.has(key(move))) return refuse('org.decided_twice', {}, `/moves/${i}/id`)
    if (move.what === 'unit' && move.to === null) return refuse('org.below_moves', {}, `/moves/${i}/to`)
    seen.add(key(move))
  }
  const open = all ? hanging.filter((one) => !seen.has(key(one))) : []
  if (open.length === 0) return ok
  const named = open
    .slice(0, namedAtMost)
    .map((one) => `${words[one.what][lang === 'en' ? 1 : 0]} ${[one.name, one.who].filter(Boolean).join(' ')}`)
  const what = named.join(lang === 'en' ? ', ' : '、') + (open.length > namedAtMost ? ' …' : '')
  return { ok: false, refusal: new Refusal('org.undecided', { count: open.length, what }, [{ at: '/moves' }]) }
}

/** A split leaves at least two: the new ones, and itself where it goes on. Their keys and names are apart. */
export function splitOk(parts: readonly { key: string; name: string }[], keeps: boolean): Verdict {
  if (parts.length + (keeps ? 1 : 0) < 2) return refuse('org.split_one', {}, '/parts')
  for (const [i, part] of parts.entries()) {
    const before = parts.slice(0, i)
    if (before.some((one) => one.key === part.key)) return refuse('org.key_twice', {}, `/parts/${i}/key`)
    if (before.some((one) => one.name.trim() === part.name.trim())) return refuse('org.key_twice', {}, `/parts/${i}/name`)
  }
  return ok
}
