import type { KeyOf } from '#web/words.ts'
import type { words } from './words.ts'

type Key = KeyOf<typeof words>

/** The cadences a form offers, by RRULE; `once` and `standing` have none. */
export const cadences = {
  once: null,
  weekly: 'FREQ=WEEKLY',
  fortnightly: 'FREQ=WEEKLY;INTERVAL=2',
  monthly: 'FREQ=MONTHLY',
  bimonthly: 'FREQ=MONTHLY;INTERVAL=2',
  quarterly: 'FREQ=MONTHLY;INTERVAL=3',
  halfYearly: 'FREQ=MONTHLY;INTERVAL=6',
  yearly: 'FREQ=YEARLY',
  standing: null,
} as const
export type CadenceKey = keyof typeof cadences | 'own'
export const cadenceKeys = Object.keys(cadences) as (keyof typeof cadences)[]

/** Which of the offered cadences a rule and a due day are; `own` for a rule that is not offered. */
export function cadenceKeyOf(rrule: string | null, due: string | null): CadenceKey {
  if (rrule === null) return due === null ? 'standing' : 'once'
  return cadenceKeys.find((key) => cadences[key] === rrule) ?? 'own'
}

/** A rule in words: 每月 · 25 日. Unknown parts are shown as they are written. */
export function sayCadence(t: (key: Key, fill?: Record<string, string | number>) => string, rrule: string): string {
  const parts = new Map(rrule.split(';').map((part) => part.split('=') as [string, string]))
  const plain = ['FREQ', 'INTERVAL'].flatMap((name) => (parts.has(name) ? [`${name}=${parts.get(name)}`] : [])).join(';')
  const key = cadenceKeys.find((one) => cadences[one] === plain)
  const base = key ? t(`cadence.${key}`) : plain === 'FREQ=DAILY' ? t('cadence.daily') : rrule
  if (!key) return base
  const day = parts.get('BYMONTHDAY')
  if (day === undefined) return base
  return `${base} · ${day === '-1' ? t('cadence.lastDay') : t('cadence.day', { n: day })}`
}
