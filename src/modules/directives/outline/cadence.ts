import type { Cadence, Due } from './types.ts'

/** A find in the text, with its place relative to what was searched. */
export type Found<T> = T & { at: number }

const rules: { re: RegExp; rule: (m: RegExpExecArray) => string | null }[] = [
  { re: /每(?:个)?月(?:的)?(?:底|末)前?/, rule: () => 'FREQ=MONTHLY;BYMONTHDAY=-1' },
  { re: /每(?:个)?月(?:的)?(\d{1,2})[日号](?:前|之前)?/, rule: (m) => `FREQ=MONTHLY;BYMONTHDAY=${m[1]}` },
  {
    re: /每(?:个)?月[^，。；]{0,4}?至少|每(?:个)?月|按月|逐月|月度|月调度|月通报|一月一|次月(\d{1,2})日前/,
    rule: (m) => (m[1] ? `FREQ=MONTHLY;BYMONTHDAY=${m[1]}` : 'FREQ=MONTHLY'),
  },
  { re: /每(?:两|2)个?月/, rule: () => 'FREQ=MONTHLY;INTERVAL=2' },
  {
    re: /每(?:个)?季度?末|每(?:个)?季度|每季|按季度?|逐季|季度(?=通报|检查|督查|考核|调度|抽查|报告|听取)|一季度一|每(?:三|3)个月/,
    rule: () => 'FREQ=MONTHLY;INTERVAL=3',
  },
  { re: /每半年|每(?:六|6)个月|半年度?一次|半年(?=至少|听取|开展|召开|组织|检查)|上、?下半年各/, rule: () => 'FREQ=MONTHLY;INTERVAL=6' },
  {
    re: /每(?:个)?年度?(?:年底|年末|\d{1,2}月)?|按年度?|逐年|一年一|年度(?=述职|考核|评议|报告|评估|述责)|(?:全年|一年)(?=[^，。；]{0,8}?(?:不少于|至少|不低于)?[\d一二两三四五六]{1,2}(?:次|篇|条|期|份|场|个?课时|个?学时))/,
    rule: () => 'FREQ=YEARLY',
  },
  {
    re: /每(?:周|个?星期|个?礼拜)([一二三四五六日天])?|按周|逐周|周调度|一周一/,
    rule: (m) => (m[1] ? `FREQ=WEEKLY;BYDAY=${days[m[1]]}` : 'FREQ=WEEKLY'),
  },
  { re: /每(?:两|2)周|每半(?:个)?月|半月一/, rule: () => 'FREQ=WEEKLY;INTERVAL=2' },
  { re: /每(?:天|日)(?!常)|每(?:个)?工作日|逐日|按日|每班|每晚|每早/, rule: () => 'FREQ=DAILY' },
  { re: /不定期|定期|经常性?|常态化|长期坚持|随时|适时|动态更新|不间断/, rule: () => null },
]
const days: Record<string, string> = { 一: 'MO', 二: 'TU', 三: 'WE', 四: 'TH', 五: 'FR', 六: 'SA', 日: 'SU', 天: 'SU' }

/** 纳入年度考核: a name of something, no period. */
const appraisal = /(?:纳入|列入|计入|取消|作为)[^，。；]{0,12}?年度(?:考核|述职|评议|考评|评优)/g

/** How often, from the words (每季度, 定期 …). The first fixed period wins over an unfixed one. `at` is relative to `words`. */
export function cadenceOf(words: string): Found<Cadence> | null {
  let best: Found<Cadence> | null = null
  const told = words.replace(appraisal, (m) => 'Ｑ'.repeat(m.length))
  for (const { re, rule } of rules) {
    const m = re.exec(told)
    if (!m) continue
    const found = { text: m[0], rrule: rule(m), at: m.index }
    if (!best || (best.rrule === null && found.rrule !== null) || (found.rrule !== null && longer(found, best))) best = found
  }
  return best
}
const longer = (a: Found<Cadence>, b: Found<Cadence>) => a.at < b.at || (a.at === b.at && a.text.length > b.text.length)

const num = '[\\d一二两三四五六七八九十]{1,3}'
const cn: Record<string, number> = { 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10 }
function count(s: string): number {
  if (/^\d+$/.test(s)) return Number(s)
  if (s.length === 1) return cn[s] ?? 0
  const [tens, ones] = s.split('十')
  return (tens ? (cn[tens] ?? 1) : 1) * 10 + (ones ? (cn[ones] ?? 0) : 0)
}
const pad = (n: number) => String(n).padStart(2, '0')
const lastDay = (y: number, m: number) => new Date(Date.UTC(y, m, 0)).getUTCDate()
const iso = (y: number, m: number, d: number) => (m >= 1 && m <= 12 && d >= 1 && d <= lastDay(y, m) ? `${y}-${pad(m)}-${pad(d)}` : null)
const shift = (date: string, n: number) => new Date(Date.parse(`${date}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10)

type DueRule = {
  re: RegExp
  day: (m: RegExpExecArray, y: number | null, date: string | null) => string | null
  span?: (m: RegExpExecArray) => string
}
const year = (m: string | undefined, y: number | null) =>
  m ? (m === '今' || m === '本' ? y : m === '明' ? (y === null ? null : y + 1) : Number(m)) : y
const tail = '(?:（[^）]{0,12}）)?(?:[上下]午|晚|中午)?(?:\\d{1,2}[时点:：](?:\\d{1,2}分?)?|下班)?(?:之前|以前|前|止|为止)'
const dueRules: DueRule[] = [
  {
    re: new RegExp(`(?:(\\d{4}|今|明)年)?(\\d{1,2})月(\\d{1,2})[日号]${tail}`),
    day: (m, y) => at(year(m[1], y), Number(m[2]), Number(m[3])),
  },
  { re: /(?:(\d{4}|今|明)年)?(\d{1,2})月(?:份)?(?:月?底|末)(?:之前|以前|前)?/, day: (m, y) => end(year(m[1], y), Number(m[2])) },
  {
    re: /(?:(\d{4}|今|明)年)?(\d{1,2})月(上旬|中旬|下旬)(?:之前|以前|前)?/,
    day: (m, y) => (m[3] === '下旬' ? end(year(m[1], y), Number(m[2])) : at(year(m[1], y), Number(m[2]), m[3] === '上旬' ? 10 : 20)),
  },
  {
    re: /(?:(\d{4}|今|明)年)?(\d{1,2})月(?:份)?(?:之前|以前|前)/,
    day: (m, y) => end(monthBefore(year(m[1], y), Number(m[2]))[0], monthBefore(year(m[1], y), Number(m[2]))[1]),
  },
  {
    re: /(?:(\d{4}|今|本|明)年)?第?([一二三四1-4])季度(?:底|末)?(?:之?内|之?前|以前|末|(?=完成|专题|召开|组织|开展|制定|研究|部署|印发))/,
    day: (m, y) => end(year(m[1], y), count(m[2] ?? '1') * 3),
  },
  { re: /(?:(\d{4}|今|本|明)年)?上半年(?:底|末)?(?:之?内|之?前)?(?!来|，|的|工作|以来)/, day: (m, y) => end(year(m[1], y), 6) },
  {
    re: /(?:(\d{4}|今|本|明)年)?(?:年底|年末|岁末)(?:之前|以前|前)?|(?:(\d{4}|今|本|明)年|年)内|今年内|下半年内/,
    day: (m, y) => end(year(m[1] ?? m[2], y), 12),
  },
  { re: /(?:本月|月)(?:底|末)(?:之前|前)?|本月内|当月内/, day: (_m, y, date) => (date && y ? end(y, Number(date.slice(5, 7))) : null) },
  {
    re: /(?:本月)?(?<![\d月每])(\d{1,2})[日号](?:之前|以前|前)/,
    day: (m, y, date) => (date && y ? at(y, Number(date.slice(5, 7)), Number(m[1])) : null),
  },
  {
    re: /(本|下|这)(?:个)?(?:周|星期)([一二三四五六日天末])(?:下班|[上下]午)?(?:之前|前)?/,
    day: (m, _y, date) => (date ? weekday(date, m[1] ?? '', m[2] ?? '') : null),
  },
  { re: new RegExp(`(${num})个工作日(?:之?内|以内)?`), day: () => null, span: (m) => `${count(m[1] ?? '')}wd` },
  {
    re: new RegExp(`(?:会后|收到[^，。；]{0,12}后|印发后|[^，。；\\s]{0,6}之日起)?(?<!每)(${num})(?:个)?(?:周|星期)(?:之?内|以内|时间)`),
    day: spanDay(7),
    span: (m) => `${count(m[1] ?? '') * 7}d`,
  },
  {
    re: new RegExp(`(?:会后|收到[^，。；]{0,12}后|印发后|[^，。；\\s]{0,6}之日起)?(?<!每)(${num})(?:天|日)(?:之?内|以内)`),
    day: spanDay(1),
    span: (m) => `${count(m[1] ?? '')}d`,
  },
  {
    re: new RegExp(`(?<!每)(${num})个?小时(?:之?内|以内)`),
    day: () => null,
    span: (m) => `${Math.max(1, Math.ceil(count(m[1] ?? '') / 24))}d`,
  },
  {
    re: new RegExp(`(?:会后|收到[^，。；]{0,12}后)?(?<!每)(${num})个月(?:之?内|以内)`),
    day: (m, _y, date) => (date ? months(date, count(m[1] ?? '')) : null),
    span: (m) => `${count(m[1] ?? '')}m`,
  },
  { re: /(?<!每)半年(?:之?内|以内)/, day: (_m, _y, date) => (date ? months(date, 6) : null), span: () => '6m' },
  { re: /即日起|从即日起|从今天起/, day: (_m, _y, date) => date },
  { re: /(?:春节|元旦|清明|五一|端午|中秋|国庆|节假日|假期|节日|节|会|离岗|下班|开工|汛期)前(?!来|往|后|夕|期)/, day: () => null },
  { re: /立即|马上|第一时间|尽快|抓紧时间|限期/, day: () => null },
]
const at = (y: number | null, m: number, d: number) => (y === null ? null : iso(y, m, d))
const end = (y: number | null, m: number) => (y === null || m < 1 || m > 12 ? null : iso(y, m, lastDay(y, m)))
const monthBefore = (y: number | null, m: number): [number | null, number] => (m > 1 ? [y, m - 1] : [y === null ? null : y - 1, 12])
function spanDay(unit: number) {
  return (m: RegExpExecArray, _y: number | null, date: string | null) => (date ? shift(date, count(m[1] ?? '') * unit) : null)
}
function months(date: string, n: number): string | null {
  const [y, m, d] = date.split('-').map(Number) as [number, number, number]
  const index = y * 12 + m - 1 + n
  const [ny, nm] = [Math.floor(index / 12), (index % 12) + 1]
  return iso(ny, nm, Math.min(d, lastDay(ny, nm)))
}
function weekday(date: string, which: string, name: string): string {
  const now = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
  const want = name === '末' || name === '日' || name === '天' ? 6 : '一二三四五六'.indexOf(name)
  return shift(date, want - now + (which === '下' ? 7 : 0))
}

/** By when, from the words, seen from the paper's `date`. A day that a cadence explains (每月5日前) is not a due. `at` is relative to `words`. */
export function dueOf(words: string, date: string | null): Found<Due> | null {
  const y = date ? Number(date.slice(0, 4)) : null
  for (const rule of dueRules) {
    const m = rule.re.exec(words)
    if (!m || /每(个)?(月|季度?|周|年)的?$|提前$/.test(words.slice(Math.max(0, m.index - 4), m.index))) continue
    return { text: m[0], day: rule.day(m, y, date), span: rule.span?.(m) ?? null, at: m.index }
  }
  return null
}
