import type { Static } from 'typebox'
import type { Lang } from '#kernel/errors.ts'
import { type Page, tablePage } from '#kernel/sheets/index.ts'
import { beside, type Mark, type Pair } from './beside.ts'
import type { Trace } from './contract.ts'
import type { Layer, NodeKind } from './rules.ts'

/** A trace as a sheet: a line for each statement, then what happened when, then what the records do not say. Pure. */

type TraceOk = Static<typeof Trace>
type Node = TraceOk['nodes'][number]

export const layerWords: Record<Layer, readonly [zh: string, en: string]> = {
  subject: ['起点', 'Start'],
  owed: ['应尽事项', 'Owed'],
  duty: ['责任', 'Duty'],
  basis: ['依据', 'Basis'],
  done: ['做了什么', 'What was done'],
  persons: ['当日谁负责', 'Who answered that day'],
  line: ['上级和监督', 'Above them, and watching'],
}
export const kindWords: Record<NodeKind, readonly [zh: string, en: string]> = {
  obligation: ['应尽事项', 'Obligation'],
  duty: ['责任', 'Duty'],
  finding: ['问题', 'Finding'],
  cause: ['所由事项', 'Cause'],
  sentence: ['部署原文', 'Sentence of a directive'],
  directive: ['部署', 'Directive'],
  article: ['法规条款', 'Article'],
  act: ['履责纪实', 'Act'],
  holder: ['责任人', 'Holder'],
  before: ['前任责任人', 'Held it before'],
  after: ['后任责任人', 'Holds it after'],
  handover: ['交接单', 'Handover sheet'],
  unit: ['机构', 'Unit'],
  unit_now: ['今日的机构', 'The unit today'],
  unit_head: ['单位负责人', 'Head of the unit'],
  in_charge: ['分管领导', 'Leader in charge'],
  head: ['第一责任人', 'First responsible'],
  supervisor: ['监督责任', 'Supervision'],
  person: ['人员', 'Person'],
}
const lightWords = { green: ['绿', 'green'], yellow: ['黄', 'yellow'], red: ['红', 'red'], grey: ['灰', 'grey'] } as const
const markWords: Record<Mark, readonly [zh: string, en: string]> = {
  same: ['', ''],
  changed: ['有变化', 'changed'],
  replaced: ['换了', 'another'],
  added: ['新有', 'added'],
  gone: ['没有了', 'gone'],
}

const one = (words: readonly [string, string], lang: Lang) => words[lang === 'en' ? 1 : 0]
const sayDay = (day: string, lang: Lang) => (lang === 'en' ? day : day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日'))
const ordered = (nodes: readonly Node[]) =>
  (Object.keys(layerWords) as Layer[]).flatMap((layer) => nodes.filter((node) => node.layer === layer))
const cellsOf = (node: Node | null, lang: Lang): (string | null)[] =>
  node === null ? [null, null, null] : [node.light ? one(lightWords[node.light], lang) : null, node.title, node.detail]

function statements(trace: TraceOk, office: string, lang: Lang): Page {
  const heads =
    lang === 'en'
      ? ['Part', 'Kind', 'Light', 'What', 'On what ground', 'Day', 'Recorded later']
      : ['环节', '类别', '灯', '内容', '说明', '日期', '事后补记']
  return tablePage({
    name: lang === 'en' ? 'Trace' : '倒查',
    title: lang === 'en' ? `Back from “${trace.subject.title}”` : `从“${trace.subject.title}”倒查`,
    note: lang === 'en' ? `${office} · as of ${trace.day}` : `${office}　　截至：${sayDay(trace.day, lang)}`,
    columns: heads.map((header, i) => ({ header, width: [12, 14, 6, 40, 46, 14, 12][i] ?? 12, centred: i === 2, merged: i === 0 })),
    rows: ordered(trace.nodes).map((node) => [
      one(layerWords[node.layer], lang),
      one(kindWords[node.kind], lang),
      ...cellsOf(node, lang),
      node.happenedOn,
      node.later ? (lang === 'en' ? 'yes' : '是') : null,
    ]),
    landscape: true,
  })
}

function twoDays(first: TraceOk, second: TraceOk, office: string, lang: Lang): Page {
  const on = (trace: TraceOk) => sayDay(trace.day, lang)
  const columns = [
    ...(lang === 'en' ? ['Part', 'Kind', 'Difference'] : ['环节', '类别', '差别']).map((header, i) => ({
      header,
      width: 12,
      merged: i === 0,
    })),
    ...[first, second].flatMap((trace) =>
      (lang === 'en' ? ['Light', 'What', 'On what ground'] : ['灯', '内容', '说明']).map((header, i) => ({
        header,
        group: on(trace),
        width: [6, 30, 34][i] ?? 12,
        centred: i === 0,
      })),
    ),
  ]
  const row = (pair: Pair<Node>) => {
    const kind = (pair.before ?? pair.after)?.kind ?? 'person'
    return [
      one(layerWords[pair.layer], lang),
      one(kindWords[kind], lang),
      one(markWords[pair.mark], lang),
      ...cellsOf(pair.before, lang),
      ...cellsOf(pair.after, lang),
    ]
  }
  return tablePage({
    name: lang === 'en' ? 'Two days' : '两天并列',
    title: lang === 'en' ? `Back from “${second.subject.title}” on two days` : `从“${second.subject.title}”倒查：两天并列`,
    note: lang === 'en' ? `${office} · ${on(first)} and ${on(second)}` : `${office}　　${on(first)}与${on(second)}`,
    columns,
    rows: beside(first.nodes, second.nodes).map(row),
    landscape: true,
  })
}

function timeLine(trace: TraceOk, lang: Lang): Page | null {
  const moments = trace.nodes
    .flatMap((node) => node.moments.map((moment) => ({ ...moment, node })))
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  if (moments.length === 0) return null
  return tablePage({
    name: lang === 'en' ? 'What happened' : '变动',
    title: lang === 'en' ? 'What happened, by day' : '变动经过',
    note: '',
    columns: (lang === 'en' ? ['Day', 'Of', 'What happened', 'Recorded later'] : ['日期', '事项', '经过', '事后补记']).map((header, i) => ({
      header,
      width: [14, 36, 60, 12][i] ?? 12,
    })),
    rows: moments.map(({ day, says, later, node }) => [day, node.title, says, later ? (lang === 'en' ? 'yes' : '是') : null]),
    landscape: true,
  })
}

function gapsPage(trace: TraceOk, lang: Lang): Page | null {
  if (trace.gaps.length === 0) return null
  return tablePage({
    name: lang === 'en' ? 'Not in the records' : '记录里没有的',
    title: lang === 'en' ? 'What the records do not say' : '记录里没有的',
    note: '',
    columns: (lang === 'en' ? ['No.', 'What'] : ['序号', '内容']).map((header, i) => ({
      header,
      width: [8, 90][i] ?? 12,
      centred: i === 0,
    })),
    rows: trace.gaps.map(({ says }, i) => [i + 1, says]),
  })
}

/** The pages of a trace; with another day of it, earlier or later, the two stand side by side on the first page. */
export function tracePages(trace: TraceOk, other: TraceOk | null, office: string, lang: Lang): Page[] {
  const [first, second] = other === null || other.day > trace.day ? [trace, other] : [other, trace]
  return [
    second === null ? null : twoDays(first, second, office, lang),
    statements(trace, office, lang),
    timeLine(trace, lang),
    gapsPage(trace, lang),
  ].filter((page) => page !== null)
}
