import type { Lang } from '#kernel/errors.ts'
import type { KeyOf, Say } from '#web/words.ts'
import type { words } from './words.ts'

const han = ['零', '一', '两', '三', '四', '五', '六', '七', '八', '九', '十']
const english = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten']

/** A number as it stands in a sentence: 两, Two; beyond ten in figures. */
function inWords(n: number, lang: Lang, first: boolean): string {
  if (lang === 'zh-CN') return n > 10 ? ` ${n} ` : (han[n] ?? String(n))
  const word = english[n] ?? String(n)
  return first ? word : word.toLowerCase()
}

/** The state of a person's work in a sentence: 一项逾期，今天两项，本周三项. */
export function headlineOf(
  counts: { overdue: number; today: number; week: number; later: number },
  t: Say<KeyOf<typeof words>>,
  lang: Lang,
): string {
  const parts: string[] = []
  const put = (key: 'head.overdue' | 'head.today' | 'head.week' | 'head.weekAlso', n: number) => {
    if (n > 0) parts.push(t(key, { n: inWords(n, lang, parts.length === 0) }))
  }
  put('head.overdue', counts.overdue)
  put('head.today', counts.today)
  put(counts.overdue === 0 && counts.today > 0 ? 'head.weekAlso' : 'head.week', counts.week)
  if (parts.length === 0) return t(counts.later > 0 ? 'head.none' : 'head.free')
  return parts.join(t('head.comma')).trim()
}
