import { Row, Rows, Section, Tag } from '#web/kit/index.ts'
import { type Batch, useImports } from './said.ts'

const shownAtMost = 200

/** What is wrong, by cell; errors first. */
export function Problems({ batch }: { batch: Batch }) {
  const { t } = useImports()
  const { problems, counts } = batch
  if (problems.length === 0) return null
  const all = counts.errors + counts.warnings
  const shown = problems.slice(0, shownAtMost)
  const note = [
    counts.errors > 0 ? t('errors', { count: counts.errors }) : '',
    counts.warnings > 0 ? t('warnings', { count: counts.warnings }) : '',
  ]
  return (
    <Section title={t('problems')} note={note.filter(Boolean).join(' · ')}>
      <Rows label={t('problems')}>
        {shown.map((one, i) => (
          <Row
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell may have two problems of one code, and the list is drawn whole
            key={i}
            what={
              <>
                <b className="import-cell">{one.cell}</b>
                {one.message}
              </>
            }
            day={<Tag tone={one.level === 'error' ? 'red' : 'plain'}>{t(one.level)}</Tag>}
          />
        ))}
      </Rows>
      {all > shown.length && <p className="hint">{t('problemsMore', { count: all, shown: shown.length })}</p>}
    </Section>
  )
}

/** What would be made beside the rows, or was. */
export function Makes({ batch }: { batch: Batch }) {
  const { t } = useImports()
  if (batch.makes.length === 0 || batch.state === 'discarded') return null
  return (
    <Section title={t(batch.state === 'previewed' ? 'makes' : 'madeThen')}>
      <div className="card pad import-makes">
        {batch.makes.map(({ noun, count, names }) => (
          <details key={noun} open={noun === 'unit'}>
            <summary>{t(`make.${noun}` as 'make.unit', { count })}</summary>
            <ul>
              {names.map((name, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat and the list is drawn whole
                <li key={i}>{name}</li>
              ))}
              {count > names.length && <li>{t('more')}</li>}
            </ul>
          </details>
        ))}
      </div>
    </Section>
  )
}
