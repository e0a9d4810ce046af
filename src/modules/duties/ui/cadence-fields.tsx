import { Choice, Field } from '#web/kit/index.ts'
import { type CadenceChoice, type Every, everies } from '../cadence.ts'
import { useT } from './parts.tsx'

/** A cadence as a form holds it: all texts. `every` is empty where nothing is chosen. */
export type CadenceValues = { every: string; on: string; month: string }

const isEvery = (word: string): word is Every => everies.some((one) => one === word)
export const choiceFrom = ({ every, on, month }: CadenceValues): CadenceChoice => ({
  every: isEvery(every) ? every : 'month',
  on: on === '' ? null : Number(on),
  month: month === '' ? null : Number(month),
})

type CadenceProps = { values: CadenceValues; set: (name: keyof CadenceValues, value: string) => void; error: string | null; keep?: string }

/** How often, and by which day of it. */
export function CadenceFields({ values, set, error, keep }: CadenceProps) {
  const t = useT()
  const weekly = values.every === 'week' || values.every === 'fortnight'
  const dated = ['month', 'quarter', 'half', 'year'].includes(values.every)
  const weekdays = ([1, 2, 3, 4, 5] as const).map((n) => ({ value: String(n), label: t(`on.weekday${n}`) }))
  const dates = [{ value: '-1', label: t('on.end') }, ...[5, 10, 15, 20, 25].map((n) => ({ value: String(n), label: t('on.date', { n }) }))]
  const change = (every: string) => {
    set('every', every)
    set('on', '')
    set('month', '')
  }
  return (
    <div className="duty-pair">
      <Field label={t('field.every')} error={error}>
        {(control) => (
          <Choice
            {...control}
            {...(keep === undefined ? {} : { none: keep })}
            options={everies.map((every) => ({ value: every, label: t(`every.${every}`) }))}
            value={values.every}
            onChange={change}
          />
        )}
      </Field>
      {values.every === 'year' && (
        <Field label={t('field.month')}>
          {(control) => (
            <Choice
              {...control}
              none={t('month.none')}
              options={Array.from({ length: 11 }, (_, i) => ({ value: String(i + 1), label: t('month.n', { n: i + 1 }) }))}
              value={values.month}
              onChange={(month) => set('month', month)}
            />
          )}
        </Field>
      )}
      {(weekly || dated) && (
        <Field label={t('field.on')} hint={t('field.onHint')}>
          {(control) => (
            <Choice
              {...control}
              none={t('on.none')}
              options={weekly ? weekdays : dates}
              value={values.on}
              onChange={(on) => set('on', on)}
            />
          )}
        </Field>
      )}
    </div>
  )
}
