import type { OkOf } from '#kernel/contract.ts'
import { sayDay, sayInstant } from '#web/days.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import type { importRoutes } from '../contract.ts'
import { words } from './words.ts'

export type Batch = OkOf<typeof importRoutes.read>
export type Brief = OkOf<typeof importRoutes.list>['items'][number]
export type BatchRow = OkOf<typeof importRoutes.rows>['items'][number]

const coded = { identity: ['civil_servant', 'reference', 'institution', 'contract'], party: ['full', 'probationary'] }
type Coded = keyof typeof coded

/** This module's words, and how it says what was read. */
export function useImports() {
  const t = useWords('imports', words)
  const lang = useLang()
  const { today, zone } = useMe()
  const at = (instant: string) => sayInstant(instant, lang, zone)
  /** A value of a field as people say it: codes in words, days as days. */
  const value = (field: string, text: string): string => {
    if (text === '') return t('none')
    if (field in coded && coded[field as Coded].includes(text)) return t(`${field}.${text}` as 'party.full')
    return text
  }
  /** What stands beside the name: unit and post, then whatever else the row says. */
  const line = (read: Record<string, string>): string => {
    const { unit, post, seconded, acting, concurrent, grade, identity, party, branch, since, from, born } = read
    const parts = [
      unit,
      post,
      seconded && t('held.seconded', { post: seconded }),
      acting && t('held.acting', { post: acting }),
      concurrent && t('held.concurrent', { post: concurrent }),
      grade,
      identity && value('identity', identity),
      party && value('party', party),
      branch,
      since && t('sinceDay', { day: sayDay(since, lang, { thisYear: today }) }),
      from && t('from', { name: from }),
      born && t('born', { month: born }),
    ]
    return parts.filter(Boolean).join(' · ')
  }
  /** 新增 3 人，未变 285 人: what there is none of is left out. */
  const sayCounts = (counts: Brief['counts']) =>
    (['new', 'changed', 'unchanged'] as const)
      .filter((one) => counts[one] > 0)
      .map((one) => t(`count.${one}`, { count: counts[one] }))
      .join(lang === 'en' ? ', ' : '，') || t('count.none')
  return { t, at, value, line, sayCounts }
}
