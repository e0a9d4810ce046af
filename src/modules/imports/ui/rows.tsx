import { Input } from 'antd'
import { useAddress } from '#web/address.ts'
import { usePages } from '#web/client.ts'
import { Empty, Filters, List, Row, Section, Segments, Tag } from '#web/kit/index.ts'
import { importRoutes } from '../contract.ts'
import { importChanges } from '../rules.ts'
import { type Batch, type BatchRow, useImports } from './said.ts'

const isChange = (word: string | undefined) => importChanges.find((one) => one === word)
const held = ['seconded', 'acting', 'concurrent'] as const
const tones = { new: 'green', changed: 'accent', unchanged: 'plain' } as const

/** What each row would do or did: new, changed with what stood there before, unchanged. */
export function BatchRows({ batch }: { batch: Batch }) {
  const { t, value, line } = useImports()
  const [address, put] = useAddress('show', 'q')
  const change = isChange(address.show)
  const q = address.q?.trim() || undefined
  const rows = usePages(importRoutes.rows, { id: batch.id, ...(change ? { change } : {}), ...(q ? { q } : {}) }, { keep: true })
  const { counts } = batch
  if (batch.state === 'discarded' || counts.new + counts.changed + counts.unchanged === 0) return null
  const label = (field: string) => {
    const how = held.find((one) => one === field)
    return how ? t(`field.${how}`) : (batch.fields.find(({ key }) => key === field)?.label ?? field)
  }
  const before = (row: BatchRow) =>
    Object.entries(row.before).map(([field, was]) =>
      t('fromTo', { field: label(field), before: value(field, was), after: value(field, row.read[field] ?? '') }),
    )
  const all = counts.new + counts.changed + counts.unchanged
  return (
    <Section title={t('rows')} note={t('rowsNote')}>
      <Filters>
        <Segments
          label={t('show')}
          value={change ?? 'all'}
          onChange={(show) => put({ show: show === 'all' ? null : show })}
          options={[
            { value: 'all', label: t('show.all', { count: all }) },
            ...importChanges.map((one) => ({ value: one, label: t(`show.${one}`, { count: counts[one] }) })),
          ]}
        />
        <Input
          type="search"
          className="import-search"
          aria-label={t('search')}
          placeholder={t('search')}
          defaultValue={address.q ?? ''}
          onChange={(event) => put({ q: event.target.value || null }, { replace: true })}
        />
      </Filters>
      <List
        of={rows}
        label={t('rows')}
        empty={<Empty says={t('noRows')} />}
        row={(row) => (
          <Row
            key={row.row + row.name}
            what={
              <>
                {row.name} <Tag tone={tones[row.change]}>{t(`change.${row.change}`)}</Tag>
              </>
            }
            why={
              <>
                {line(row.read)}
                {before(row).map((said) => (
                  <span className="import-before" key={said}>
                    {said}
                  </span>
                ))}
              </>
            }
            day={t('rowNumber', { row: row.row })}
          />
        )}
      />
    </Section>
  )
}
