import { sayDay } from '#web/days.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import { type FactKind, identities, standings } from '../rules.ts'
import { words } from './words.ts'

/** This module's words, and how it says days and ranges. */
export function useOrg() {
  const t = useWords('org', words)
  const lang = useLang()
  const { today, zone } = useMe()
  const day = (of: string) => sayDay(of, lang, { thisYear: today })
  const fullDay = (of: string) => sayDay(of, lang, { year: true })
  const range = ({ since, until }: { since: string; until: string | null }) =>
    until === null ? t('from', { since: day(since) }) : t('fromTo', { since: day(since), until: day(until) })
  const list = (names: readonly string[]) => names.join(lang === 'en' ? ', ' : '、')
  const identityWords: Record<string, string> = Object.fromEntries(identities.map((one) => [one, t(`identity.${one}`)]))
  const partyWords: Record<string, string> = Object.fromEntries(standings.map((one) => [one, t(`party.${one}`)]))
  /** A grade by its name, an identity and a standing by their words, a branch by what it is called. */
  const sayFact = ({ kind, value, unit }: { kind: FactKind; value: string | null; unit: { name: string } | null }) =>
    kind === 'branch'
      ? (unit?.name ?? '')
      : ((kind === 'identity' ? identityWords : kind === 'party' ? partyWords : {})[value ?? ''] ?? value ?? '')
  return { sayFact, t, day, fullDay, range, list, today, zone, lang }
}
