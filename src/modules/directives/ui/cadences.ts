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
