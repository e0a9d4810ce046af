import type { usePages } from '#web/client.ts'
import { Button, Card, Day, Tag } from '#web/kit/index.ts'
import { useLang, useSay } from '#web/words.ts'
import { sayCadence } from '../cadence.ts'
import type { dutyRoutes } from '../contract.ts'
import type { Sort } from '../rules.ts'
import { Holders, Lights, useT } from './parts.tsx'

type Props = {
  pages: ReturnType<typeof usePages<typeof dutyRoutes.list>>
  open: string | undefined
  show: (id: string) => void
  sort: string | undefined
  order: string | undefined
  put: (sort: string, order: string) => void
}
const columns: Sort[] = ['title', 'kind', 'unit', 'due', 'red', 'since']
const downFirst = new Set<string>(['red', 'recorded'])

/** Duties as a table: a column's head sorts by it, once more the other way. */
export function DutyTable({ pages, open, show, sort, order, put }: Props) {
  const t = useT()
  const say = useSay()
  const lang = useLang()
  const by = sort ?? 'recorded'
  const down = (order ?? (downFirst.has(by) ? 'desc' : 'asc')) === 'desc'
  const turn = (column: Sort) => put(column, column === by ? (down ? 'asc' : 'desc') : downFirst.has(column) ? 'desc' : 'asc')
  const names: Partial<Record<Sort, string>> = {
    title: t('table.title'),
    kind: t('table.kind'),
    unit: t('table.holders'),
    due: t('table.cadence'),
    red: t('table.lights'),
    since: t('table.since'),
  }
  return (
    <Card>
      <section className="duty-table-box" aria-label={t('items.table')} tabIndex={-1}>
        <table className="duty-table">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" aria-sort={column === by ? (down ? 'descending' : 'ascending') : 'none'}>
                  <button type="button" onClick={() => turn(column)} title={t('table.sort', { name: names[column] })}>
                    {names[column]}
                    <span aria-hidden="true">{column === by ? (down ? ' ↓' : ' ↑') : ''}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pages.items?.map((duty) => (
              <tr key={duty.id} className={duty.id === open ? 'current' : ''}>
                <th scope="row">
                  <button
                    type="button"
                    className="row-open-plain"
                    onClick={() => show(duty.id)}
                    aria-current={duty.id === open ? 'true' : undefined}
                  >
                    {duty.title}
                  </button>
                  {duty.polarity === 'negative' && <Tag tone="grey">{t('polarity.negative')}</Tag>}
                  {duty.state === 'ended' && <Tag tone="grey">{t('state.ended')}</Tag>}
                </th>
                <td>{t(`kind.${duty.kind}`)}</td>
                <td>
                  <Holders of={duty.holders.slice(0, 3)} />
                  {duty.holders.length > 3 && ` +${duty.holders.length - 3}`}
                </td>
                <td>{sayCadence(duty.rrule, duty.due, lang)}</td>
                <td>
                  <Lights of={duty.lights} />
                </td>
                <td>
                  <Day day={duty.since} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {pages.more && (
        <div className="more">
          <Button onClick={pages.more} loading={pages.fetchingMore}>
            {say('list.more')}
          </Button>
        </div>
      )}
    </Card>
  )
}
