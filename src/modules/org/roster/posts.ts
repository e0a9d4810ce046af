import type { AppointmentKind } from '../rules.ts'
import { headOf, heldAs, isGrade } from './words.ts'

/** The posts of one row, before their unit is known. */
export type SaidPost = {
  name: string
  kind: AppointmentKind
  party: boolean
  from: 'post' | 'leadership' | 'concurrent' | 'partyPost' | 'remark' | null
}
export type SaidPosts = { posts: SaidPost[]; grade: string | null; away: boolean; leadership: string | null }
type Asked = Record<'post' | 'leadership' | 'grade' | 'concurrent' | 'partyPost' | 'kind' | 'remark' | 'beside', string>

/** What a person without a named post is entered as, so that their unit is known. */
export const noPost = '工作人员'

type Part = { name: string; note: string; concurrent: boolean }
/** 综合科科长兼支部书记（主持工作） → its posts, each with what stands in brackets behind it. */
function partsOf(text: string): Part[] {
  const flat = text
    .normalize('NFKC')
    .replace(/\s*\n\s*/g, '、')
    .replace(/\s+/g, '')
  const parts: Part[] = []
  for (const piece of flat.split(/[、,;/](?![^(]*\))/)) {
    const [first = '', ...others] = piece.split(/兼(?:任)?(?![^(]*\))/)
    const add = (raw: string, concurrent: boolean) => {
      const note = [...raw.matchAll(/\(([^)]*)\)/g)].map((m) => m[1]).join(' ')
      const bare = raw.replace(/\([^)]*\)/g, '').replace(/主持(?:\S*工作)?$/, '')
      const held = /主持(?:\S*工作)?$/.test(raw.replace(/\([^)]*\)/g, '')) ? '主持' : ''
      if (bare !== '' || note !== '') parts.push({ name: bare, note: `${note} ${held}`.trim(), concurrent })
    }
    add(
      first,
      parts.some((part) => part.concurrent),
    )
    for (const other of others) add(other, true)
  }
  return parts.filter((part) => part.name !== '')
}

/** 兼任工会主席 in a remark is a post; 兼任 alone says how the row's own post is held. */
const concurrentIn = (remark: string): string[] =>
  [...remark.matchAll(/兼(?:任|职)?([^，,；;。、\s兼()（）]{2,20})/g)]
    .map((m) => m[1] ?? '')
    .filter((name) => !/^(?:职|任|岗)?$|工作$|以上$/.test(name))

/** Reads the columns that speak of posts together: 职务, 领导职务, 职级, 兼任, 党内职务, 任职方式 and 备注. `beside` is what stood in brackets behind the name. */
export function postsOf(asked: Asked): SaidPosts {
  const around = [asked.kind, asked.beside, asked.remark]
  const hints = around.map(heldAs)
  const away = hints.includes('away')
  let grade = asked.grade || null
  const named = (text: string) => partsOf(text).filter((part) => !/^(?:无|—+|-+|\/)$/.test(part.name))
  const standing = named(asked.post).filter((part) => {
    if (isGrade(part.name)) grade ??= part.name
    return !isGrade(part.name)
  })
  const leading = named(asked.leadership).filter((part) => !isGrade(part.name))
  const own = standing.length > 0 ? standing : leading
  const source = standing.length > 0 ? 'post' : 'leadership'
  for (const part of own) if (isGrade(part.note)) grade ??= part.note
  const seconded = hints.includes('seconded') || own.some((part) => heldAs(part.note) === 'seconded')
  const rowConcurrent = [asked.kind, asked.beside].some((text) => heldAs(text) === 'concurrent') || /^兼(?:任|职)?$/.test(asked.remark)
  const acting = hints.includes('acting')
  const posts: SaidPost[] = own.flatMap((part, i): SaidPost[] => {
    const post = (kind: AppointmentKind, name = part.name): SaidPost => ({ name, kind, party: false, from: source })
    const stands = heldAs(part.note) === 'acting' || (acting && i === 0)
    if (stands) {
      const head = headOf(part.name)
      return head === null ? [post('acting')] : [post(seconded ? 'seconded' : 'regular'), post('acting', head)]
    }
    if (part.concurrent || heldAs(part.note) === 'concurrent' || rowConcurrent) return [post('concurrent')]
    return [post(seconded ? 'seconded' : 'regular')]
  })
  if (posts.length === 0) posts.push({ name: noPost, kind: seconded ? 'seconded' : 'regular', party: false, from: null })
  const beside = (text: string, from: SaidPost['from'], party: boolean) =>
    named(text).forEach((part) => {
      if (!isGrade(part.name)) posts.push({ name: part.name, kind: 'concurrent', party, from })
    })
  beside(asked.concurrent, 'concurrent', false)
  beside(asked.partyPost, 'partyPost', true)
  for (const name of concurrentIn(asked.remark))
    posts.push({ name, kind: 'concurrent', party: /支部|党委|党组/.test(name), from: 'remark' })
  const leadership = leading[0]?.name ?? null
  return { posts, grade, away, leadership }
}
