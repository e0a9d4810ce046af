import type { InputOf } from '#kernel/contract.ts'
import { useOffice } from '#modules/acts/ui/office.ts'
import { SearchBox } from '#modules/acts/ui/search.tsx'
import { dutyKinds } from '#modules/obligations/contract.ts'
import { useAddress } from '#web/address.ts'
import { usePages } from '#web/client.ts'
import { Act, Button, Card, Choice, Empty, Failed, Filters, Go, Loading, Pick, Rows, Section, Segments } from '#web/kit/index.ts'
import { useSay } from '#web/words.ts'
import { dutyRoutes } from '../contract.ts'
import { dutyStates, polarities, sorts } from '../rules.ts'
import type { ViewProps } from './duties.tsx'
import { type DutyOk, DutyRow, useT } from './parts.tsx'
import { DutyTable } from './table.tsx'

const filterNames = ['kind', 'polarity', 'state', 'unit', 'person', 'q', 'directive'] as const
type Filter = Partial<Record<(typeof filterNames)[number], string | undefined>>
type ListInput = Omit<InputOf<typeof dutyRoutes.list>, 'after'>

/** What of the address the list is asked with; a word that is none is left out. */
function inputOf(filter: Filter, sort: string | undefined, order: string | undefined): ListInput {
  const kind = dutyKinds.find((one) => one === filter.kind)
  const polarity = polarities.find((one) => one === filter.polarity)
  const state = dutyStates.find((one) => one === filter.state)
  const by = sorts.find((one) => one === sort)
  return {
    ...(kind ? { kind } : {}),
    ...(polarity ? { polarity } : {}),
    ...(state ? { state } : {}),
    ...(filter.unit ? { unit: filter.unit } : {}),
    ...(filter.person ? { person: filter.person } : {}),
    ...(filter.q ? { q: filter.q } : {}),
    ...(filter.directive ? { directive: filter.directive } : {}),
    ...(by ? { sort: by } : {}),
    ...(order === 'asc' || order === 'desc' ? { order } : {}),
    limit: 100,
  }
}

/** All duties: under the headings of their kinds, or as a table that sorts. */
export function Items({ open, show, add }: ViewProps) {
  const t = useT()
  const [{ sort, order, as, ...filter }, put] = useAddress(...filterNames, 'sort', 'order', 'as')
  const table = as === 'table'
  const pages = usePages(dutyRoutes.list, inputOf(filter, table ? sort : undefined, table ? order : undefined), { keep: true })
  const filtered = Object.values(filter).some(Boolean)
  return (
    <>
      <FilterBar filter={filter} put={put} filtered={filtered} />
      <div className="duty-how">
        <Segments
          label={t('items.how')}
          value={table ? 'table' : 'rows'}
          onChange={(next) => put({ as: next === 'table' ? next : '', sort: '', order: '' })}
          options={[
            { value: 'rows', label: t('items.rows') },
            { value: 'table', label: t('items.table') },
          ]}
        />
      </div>
      {table && pages.items && pages.items.length > 0 ? (
        <DutyTable pages={pages} open={open} show={show} sort={sort} order={order} put={(by, way) => put({ sort: by, order: way })} />
      ) : (
        <Grouped pages={pages} open={open} show={show} empty={<Nothing filtered={filtered} {...(add ? { add: () => add() } : {})} />} />
      )}
    </>
  )
}

function Nothing({ filtered, add }: { filtered: boolean; add?: () => void }) {
  const t = useT()
  if (filtered) return <Empty says={t('empty.filtered')} hint={t('empty.filteredHint')} />
  return (
    <Empty
      says={t('empty.says')}
      hint={t('empty.hint')}
      action={
        <>
          <Go to="/directives" kind="soft">
            {t('empty.directives')}
          </Go>
          {add && <Act onClick={add}>{t('head.add')}</Act>}
        </>
      }
    />
  )
}

type GroupedProps = {
  pages: ReturnType<typeof usePages<typeof dutyRoutes.list>>
  open: string | undefined
  show: (id: string) => void
  empty: React.ReactNode
}

/** The list under the headings of its kinds. */
function Grouped({ pages, open, show, empty }: GroupedProps) {
  const t = useT()
  const say = useSay()
  if (!pages.items) return pages.error ? <Failed error={pages.error} retry={pages.refetch} /> : <Loading lines={5} />
  if (pages.items.length === 0) return <Card>{empty}</Card>
  const groups = Map.groupBy(pages.items, (duty: DutyOk) => duty.kind)
  return (
    <>
      {dutyKinds.map((kind) => {
        const own = groups.get(kind)
        return (
          own && (
            <Section key={kind} title={t(`kind.${kind}`)} note={t('sec.count', { count: own.length })}>
              <Rows label={t(`kind.${kind}`)}>
                {own.map((duty) => (
                  <DutyRow key={duty.id} duty={duty} current={duty.id === open} open={() => show(duty.id)} />
                ))}
              </Rows>
            </Section>
          )
        )
      })}
      {pages.more && (
        <div className="more">
          <Button onClick={pages.more} loading={pages.fetchingMore}>
            {say('list.more')}
          </Button>
        </div>
      )}
    </>
  )
}

type Put = (change: Filter, options?: { replace?: boolean }) => void

function FilterBar({ filter, put, filtered }: { filter: Filter; put: Put; filtered: boolean }) {
  const t = useT()
  const office = useOffice()
  const choice = (name: 'kind' | 'polarity' | 'state' | 'unit', options: { value: string; label: string }[]) => (
    <Choice
      label={t(`filter.${name}`)}
      none={t(`filter.${name}`)}
      options={options}
      value={filter[name] ?? ''}
      onChange={(value) => put({ [name]: value })}
    />
  )
  return (
    <Filters>
      <SearchBox label={t('filter.q')} q={filter.q ?? ''} put={(q) => put({ q }, { replace: true })} />
      {choice(
        'kind',
        dutyKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
      )}
      {choice(
        'polarity',
        polarities.map((one) => ({ value: one, label: t(`polarity.${one}.list`) })),
      )}
      {choice(
        'state',
        dutyStates.map((state) => ({ value: state, label: t(`state.${state}`) })),
      )}
      {choice('unit', office.units)}
      <Pick
        label={t('filter.person')}
        placeholder={t('filter.person')}
        options={office.persons}
        value={filter.person ?? null}
        onChange={(person) => put({ person: person ?? '' })}
      />
      {filter.directive && <span className="tag accent">{t('filter.directive')}</span>}
      {filtered && (
        <Button kind="bare" onClick={() => put(Object.fromEntries(filterNames.map((name) => [name, ''])))}>
          {t('filter.clear')}
        </Button>
      )}
    </Filters>
  )
}
