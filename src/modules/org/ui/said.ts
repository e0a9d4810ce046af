import { sayDay } from '#web/days.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import { words } from './words.ts'

/** This module's words, and how it says days and ranges. */
export function useOrg() {
  const t = useWords('org', words)
  const lang = useLang()
  const { today, zone } = useMe()
  const day = (of: string) => sayDay(of, lang, { thisYear: today })
  const range = ({ since, until }: { since: string; until: string | null }) =>
    until === null ? t('from', { since: day(since) }) : t('fromTo', { since: day(since), until: day(until) })
  const list = (names: readonly string[]) => names.join(lang === 'en' ? ', ' : '、')
  return { t, day, range, list, today, zone }
}
