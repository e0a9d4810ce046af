import { useAct } from '#web/client.ts'
import { Choice, Day, Facts, Field, Refusal, Section } from '#web/kit/index.ts'
import { importRoutes } from '../contract.ts'
import { type Batch, useImports } from './said.ts'

/** The guess, to be corrected by pick while nothing is written; afterwards how it was read. */
export const How = ({ batch }: { batch: Batch }) =>
  batch.actions.includes('choose') ? <Choosing batch={batch} /> : <Chosen batch={batch} />

/** Sheet, day, and what each column is. Every change reads the file again. */
function Choosing({ batch }: { batch: Batch }) {
  const { t } = useImports()
  const choose = useAct(importRoutes.choose)
  const busy = choose.isPending
  const send = (change: Omit<Parameters<typeof choose.mutate>[0], 'id'>) => choose.mutate({ id: batch.id, ...change })
  const pick = (column: number, field: string) =>
    send({
      columns: batch.columns.map((one) => ({
        column: one.column,
        // A field stands for one column: picked here, it leaves the other.
        field: one.column === column ? field || null : one.field === field ? null : one.field,
      })),
    })
  const fields = batch.fields.map(({ key, label }) => ({ value: key, label }))
  return (
    <Section title={t('how')}>
      <div className="card pad form import-how">
        <p className="hint" role="status">
          {busy ? t('reading') : t('howHint')}
        </p>
        {batch.sheets.length > 1 && (
          <Field label={t('sheet')}>
            {({ status: _, ...control }) => (
              <Choice
                {...control}
                disabled={busy}
                value={batch.sheet}
                onChange={(sheet) => send({ sheet })}
                options={batch.sheets.map(({ name, hidden }) => ({
                  value: name,
                  label: name,
                  ...(hidden ? { note: t('sheetHidden') } : {}),
                }))}
              />
            )}
          </Field>
        )}
        <Field label={t('since')} hint={t('sinceHint')}>
          {({ status: _, ...control }) => (
            <input
              {...control}
              className="input day-input"
              type="date"
              defaultValue={batch.since}
              key={batch.since}
              disabled={busy}
              onBlur={(event) => event.target.value && event.target.value !== batch.since && send({ since: event.target.value })}
            />
          )}
        </Field>
        <ul className="import-columns">
          {batch.columns.map((one) => (
            <li key={one.column}>
              <label htmlFor={`column-${one.column}`}>
                <small>{t('columnIs', { letter: one.letter })}</small> {one.header || t('noHeading')}
              </label>
              <Choice
                id={`column-${one.column}`}
                disabled={busy}
                value={one.field ?? ''}
                none={t('unused')}
                options={fields}
                onChange={(field) => pick(one.column, field)}
              />
              {one.samples.length > 0 && <small>{one.samples.join('、')}</small>}
            </li>
          ))}
        </ul>
        <Refusal of={choose.error} />
      </div>
    </Section>
  )
}

function Chosen({ batch }: { batch: Batch }) {
  const { t } = useImports()
  const label = (field: string | null) => batch.fields.find(({ key }) => key === field)?.label ?? t('unused')
  return (
    <Section title={t('how')}>
      <div className="card pad">
        <Facts
          of={[
            { name: t('since'), value: <Day day={batch.since} /> },
            ...batch.columns.map((one) => ({ name: `${one.letter} ${one.header || t('noHeading')}`, value: label(one.field) })),
          ]}
        />
      </div>
    </Section>
  )
}
