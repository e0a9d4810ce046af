import { clauseOf } from './clause.ts'
import { namesAt } from './holders.ts'
import { announcing } from './modals.ts'
import { resolve } from './office.ts'
import { someone, someUnit } from './problem-words.ts'
import type { Run } from './runs.ts'
import type { Node } from './sections.ts'
import { clauses, type Span } from './sentences.ts'
import type { Carry, State } from './state.ts'
import type { Holder, Proposal } from './types.ts'

/** A paper of a part of the office (派驻纪检组工作要点) speaks of that part where it names nobody. */
export function issuerOf(s: State): Holder | null {
  const titles = s.o.lines.filter((l) => l.role === 'title').map((l) => s.o.folded.slice(l.from, l.to))
  for (const t of titles) {
    const m =
      /^(?:[\u4e00-\u9fa5]{2,6}市)?(?:市?人防办|市人民防空办公室)?((?:[\u4e00-\u9fa5]{0,8})(?:纪检监察组|纪检组|监察室|机关党委|机关纪委|党支部|工程科|综合科|科|中心|站))(?:党支部)?\d{4}年/.exec(
        t,
      )
    if (m?.[1]) return resolve(m[1].replace(/^派驻市人防办|^派驻示例市人防办/, ''), s.office, s.body)
  }
  return null
}

/** 综合科：牵头… or a row of a table: the name before the colon, tab or bar acts. */
export function tableHolder(s: State, from: number, to: number): { holders: Holder[]; from: number } | null {
  const line = s.o.folded.slice(from, to)
  const at = line.search(/[^\s|\-*]/)
  if (at < 0) return null
  const names = namesAt(s.paper.grammar, line, at)
  const end = names?.at(-1)?.end ?? 0
  const sep = /^(?:\s*[：|\t]\s*|\s{2,})(?=\S)/.exec(line.slice(end))
  if (!names || !sep || end + sep[0].length >= line.length) return null
  return { holders: names.map((n) => resolve(line.slice(n.at, n.end), s.office, s.body)), from: from + end + sep[0].length }
}

/** Names at the head of a heading, whatever noun follows them: 党组书记责任, 各科室职责. */
function titleNames(s: State, title: string) {
  const { known } = s.paper.grammar
  known.lastIndex = 0
  const m = known.exec(title)
  return namesAt(s.paper.grammar, title, 0) ?? (m ? [{ at: 0, end: m[0].length }] : null)
}

/** A heading that is a name (二、党组领导班子) or a name's responsibility says who acts under it. */
export function headingHolder(s: State, leaf: Node): Holder[] | null {
  for (let n: Node | null = leaf; n; n = n.parent) {
    if (!n.mark || !n.title || n.title.length > 24) continue
    const names = titleNames(s, n.title)
    const end = names?.at(-1)?.end ?? 0
    if (names && /^(?:的?(?:集体|主体|监督|第一|领导|直接|工作|具体)?(?:责任|职责|任务|分工)(?:清单)?)?$/.test(n.title.slice(end)))
      return names.map((x) => resolve(n.title.slice(x.at, x.end), s.office, s.body))
    const about = /^(?:严格|认真)?(?:落实|压实|履行|强化|抓实|扛起|扛牢)好?(.{2,10}?)的?(?:主体|监督|第一|领导)责任$/.exec(n.title)
    if (about?.[1]) {
      const inner = namesAt(s.paper.grammar, about[1], 0)
      if (inner && inner.at(-1)?.end === about[1].length)
        return inner.map((x) => resolve((about[1] ?? '').slice(x.at, x.end), s.office, s.body))
    }
  }
  return null
}

/** The node whose items the prose of a leaf leads to. */
const listOf = (leaf: Node): Node | null =>
  leaf.parent && leaf.start === leaf.parent.start ? leaf.parent : leaf.mark && !leaf.mark.inline ? leaf : leaf.parent

/** Keeps whom the last sentence of a leaf names, when a list goes on with it: 综合科负责以下工作：, 党组要负总责，一是…；. */
export function leads(s: State, leaf: Node, last: Span, made: Proposal[]): void {
  const { folded, masked, grammar } = s.paper
  const words = folded.slice(last.start, last.end)
  const open = /[，：；]$/.test(words)
  if (leaf.mark?.inline) {
    const siblings = (leaf.parent?.children ?? s.o.roots).filter((c) => c.mark)
    const named = made.filter((p) => p.type === 'duty').map((p) => p.holders)
    const others = siblings.slice(1).some((c) => namesAt(grammar, folded.slice(c.textStart, c.textStart + 30), 0) !== null)
    if (siblings[0] === leaf && open && named.length === 1 && named[0] && telling(named[0]) && !others) s.led.set(leaf.parent, named[0])
    else if (siblings[0] === leaf && siblings.length > 1) s.led.delete(s.led.has(leaf.parent) && !named.some(telling) ? leaf : leaf.parent)
    return
  }
  const list = listOf(leaf)
  s.led.delete(list)
  if ((!open && !announcing.test(words)) || ofPaper.test(words)) return
  const duty = made.findLast((p) => p.type === 'duty' && p.start >= last.start)
  const clause = clauses(folded, s.paper.inside, last.start, last.end)
    .map((c) => clauseOf(grammar, masked, c))
    .findLast((c) => c.subject?.who === 'own' && c.subject.names.length > 0 && c.subject.via !== 'through' && !c.past)
  const holders =
    duty?.holders ??
    (clause?.subject?.who === 'own'
      ? clause.subject.names.map((n) => resolve(folded.slice(clause.start + n.at, clause.start + n.end), s.office, s.body))
      : null)
  if (holders && telling(holders)) s.led.set(list, holders)
}
/** 主任主持召开会议，纪要如下： tells of the paper, not of whose its items are. */
const ofPaper = /主持|召开|纪要|现[将就]|印发|制定(?:本|如下|以下)|(?:通知|意见|方案|安排|分工|汇报|报告)如下|研究决定|听取了/
const telling = (holders: Holder[]) => holders.every((h) => !h.inherited && !['body', 'implied', 'unknown'].includes(h.role))

/** 纪检组 under 纪检监察 says more closely who it is: two letters in common. */
export const akin = (a: Holder[], b: Holder[]) =>
  a.some((x) => b.some((y) => [...x.name].some((_, i) => i + 1 < x.name.length && y.name.includes(x.name.slice(i, i + 2)))))

/** Whom the prose before the list names that a leaf stands in. */
export function ledBy(s: State, leaf: Node): Holder[] | null {
  for (let n: Node | null = leaf; n; n = n.parent) {
    const found = n.mark ? s.led.get(n.parent) : undefined
    if (found) return found
  }
  return null
}

export function dutyHolders(s: State, run: Run, carry: Carry, opens: boolean): Holder[] {
  if (run.names) {
    const { clause, names } = run.names
    const holders = named(
      s,
      names.map((n) => s.o.folded.slice(clause.start + n.at, clause.start + n.end)),
    )
    return holders.map((h) => (h.role === 'speaker' ? speaking(s, h) : h))
  }
  const whether = run.clauses.map((c) => c.text).find((t) => /^(?:无论|不论|不管)/.test(t))
  if (whether) {
    const found = [...whether.matchAll(s.paper.grammar.knownAll)].map((m) => resolve(m[0], s.office, s.body))
    if (found.length) return found
  }
  const general =
    /^(?:对于?|凡是?)[^，]*(?:的|行为|人员|单位)$|(?:的|车辆|事项|项目|资金|经费|款项|文件|合同|物品|物资|场所)(?:一律|必须|应当?|要|不得|原则上|须|严肃|按)/.test(
      run.clauses
        .slice(0, /^[^，]*除[^，]*外$/.test(run.clauses[0]?.text ?? '') ? 2 : 1)
        .map((c) => c.text)
        .join('，'),
    )
  // 严禁… at the head of a sentence is said to all, not to the one unit named before.
  const toAll =
    opens && /^(?:严禁|禁止|杜绝|坚决杜绝|严格禁止)/.test(run.clauses[0]?.text ?? '') && carry.holders?.every((h) => h.role === 'unit')
  const head = run.lead.head
  const { known } = s.paper.grammar
  known.lastIndex = head
  const loose = known.exec(run.lead.text)
  const post =
    loose &&
    /(?:[科股处站组队所局院]长|成员|领导|书记|负责人|委员)$/.test(loose[0]) &&
    !run.lead.text.slice(known.lastIndex).startsWith('的')
  if (loose && post) return named(s, [loose[0]])
  const from = ((general && opens) || toAll ? null : carry.holders) ?? carry.heading ?? (s.issuer ? [s.issuer] : null)
  if (from) return from.map((h) => ({ ...h, inherited: true }))
  return [{ text: '', name: s.body, role: 'implied', refs: [] }]
}

/** 我 as the post that was told to be speaking, by its id or its name. */
function speaking(s: State, h: Holder): Holder {
  const post = s.office?.posts.find((p) => p.id === s.speaker || p.name === s.speaker)
  return post ? { ...h, name: post.name, refs: [{ type: 'post', id: post.id, name: post.name }] } : h
}

/** 科室和直属单位负责人: a title behind the last name holds for the names before it that are no persons themselves. */
function named(s: State, words: string[]): Holder[] {
  const title = /(?:主要负责人|主要负责同志|负责人|负责同志|主要领导|党支部书记|支部书记|书记|党员干部|干部职工)$/.exec(
    words.at(-1) ?? '',
  )?.[0]
  return words.map((w, i) => {
    if (w === '成员' && i > 0)
      return { ...resolve(`${(words[i - 1] ?? '').replace(/^(?:办|局)(?=党组)/, '')}成员`, s.office, s.body), text: w }
    const bare =
      title &&
      i < words.length - 1 &&
      /^(?:机关)?(?:各|全办各|办属各|有关|相关)?(?:科室|处室|单位|部门|支部|党支部|二级机构|直属单位|直属机构|事业单位)$/.test(w)
    const holder = resolve(bare ? `${w}${title}` : w, s.office, s.body)
    return bare ? { ...holder, text: w } : holder
  })
}

export function findingHolders(s: State, run: Run): Holder[] {
  const all = run.clauses.map((c) => c.text)
  const bare = /^(?:极?个别|少数|部分|有的|有些|一些|极少数|某些|不少)(?:的)?$/
  const found =
    all.map((t) => someUnit.exec(t)?.[0]).find(Boolean) ??
    all.map((t) => someone.exec(t)?.[0]).find((m) => m !== undefined && !bare.test(m))
  if (found) return [{ text: found, name: found, role: 'unknown', refs: [] }]
  const subject = run.clauses.map((c) => ({ c, subject: c.subject })).find((x) => x.subject?.who === 'own')
  if (subject?.subject?.who === 'own')
    return subject.subject.names.map((n) => resolve(s.o.folded.slice(subject.c.start + n.at, subject.c.start + n.end), s.office, s.body))
  return [{ text: '', name: s.body, role: 'unknown', refs: [] }]
}
