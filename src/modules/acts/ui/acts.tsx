import type { OkOf } from '#kernel/contract.ts'
import { useAddress } from '#web/address.ts'
import { usePages, useRead } from '#web/client.ts'
import { dayOf, sayDay } from '#web/days.ts'
import { Act, Button, Choice, Due, Empty, Filters, Headline, List, Pick, Row, Shown, Split } from '#web/kit/index.ts'
import { useRecord } from '#web/record.ts'
import { useMe } from '#web/session.ts'
import { useLang } from '#web/words.ts'
import { actRoutes } from '../contract.ts'
import { type ActKind, actKinds } from '../reading/kinds.ts'
import { ActDetail } from './detail.tsx'
import { ActTags, useKinds, useT } from './happening.tsx'
import { useOffice } from './office.ts'
import { SearchBox } from './search.tsx'

export type ActOk = OkOf<typeof actRoutes.read>
const filterNames = ['person', 'unit', 'kind', 'confirmation', 'from', 'until', 'q', 'obligation'] as const
type Filter = Partial<Record<(typeof filterNames)[number], string | undefined>>

/** 履责纪实: what was done, filtered from the address, with one act open beside the list. */
export default function ActsPage() {
  const t = useT()
  const record = useRecord()
  const [address, put] = useAddress(...filterNames, 'open')
  const { open, ...filter } = address
  const input = inputOf(filter)
  const pages = usePages(actRoutes.list, input, { keep: true })
  const filtered = Object.keys(input).length > 0
  return (
    <>
      <Headline
        title={t('head.title')}
        sub={t('head.sub')}
        actions={
          record && (
            <Act kind="main" onClick={() => record()}>
              {t('record.title')}
            </Act>
          )
        }
      />
      <FilterBar filter={filter} put={put} filtered={filtered} />
      <Split
        of={open}
        label={t('head.title')}
        onClose={() => put({ open: null })}
        detail={open ? <Opened id={open} show={(id) => put({ open: id })} /> : null}
      >
        <List
          of={pages}
          label={t('head.title')}
          row={(act) => <ActRow key={act.id} act={act} current={act.id === open} open={() => put({ open: act.id })} />}
          empty={
            <Empty
              says={t(filtered ? 'empty.filtered' : 'empty.says')}
              hint={t(filtered ? 'empty.filteredHint' : 'empty.hint')}
              action={!filtered && record && <Act onClick={() => record()}>{t('record.title')}</Act>}
            />
          }
        />
      </Split>
    </>
  )
}

/** The filter of the address as it is asked; a word that is none is left out. */
function inputOf({ kind, confirmation, ...plain }: Filter) {
  return {
    ...(Object.fromEntries(Object.entries(plain).filter(([, value]) => value)) as Omit<Filter, 'kind' | 'confirmation'>),
    ...(isKind(kind) ? { kind } : {}),
    ...(confirmation === 'awaiting' || confirmation === 'objected' ? ({ confirmation } as const) : {}),
  }
}
const isKind = (word: string | undefined): word is ActKind => actKinds.some((kind) => kind === word)

type Put = (change: Filter & { open?: string | null }, options?: { replace?: boolean }) => void

function FilterBar({ filter, put, filtered }: { filter: Filter; put: Put; filtered: boolean }) {
  const t = useT()
  const office = useOffice()
  const options = useKinds()
  const { today } = useMe()
  return (
    <Filters>
      <SearchBox label={t('filter.q')} q={filter.q ?? ''} put={(q) => put({ q }, { replace: true })} />
      <Pick
        label={t('filter.person')}
        placeholder={t('filter.person')}
        options={office.persons}
        value={filter.person ?? null}
        onChange={(person) => put({ person: person ?? '' })}
      />
      <Choice
        label={t('filter.unit')}
        none={t('filter.unit')}
        options={office.units}
        value={filter.unit ?? ''}
        onChange={(unit) => put({ unit })}
      />
      <Choice
        label={t('filter.kind')}
        none={t('filter.kind')}
        options={options}
        value={filter.kind ?? ''}
        onChange={(kind) => put({ kind })}
      />
      <Choice
        label={t('filter.confirmation')}
        none={t('filter.confirmation')}
        options={(['awaiting', 'objected'] as const).map((value) => ({ value, label: t(`filter.${value}`) }))}
        value={filter.confirmation ?? ''}
        onChange={(confirmation) => put({ confirmation })}
      />
      <label>
        {t('filter.from')}
        <input
          className="input"
          type="date"
          max={today}
          value={filter.from ?? ''}
          onChange={(event) => put({ from: event.target.value })}
        />
      </label>
      <label>
        {t('filter.until')}
        <input
          className="input"
          type="date"
          max={today}
          value={filter.until ?? ''}
          onChange={(event) => put({ until: event.target.value })}
        />
      </label>
      {filter.obligation && <span className="tag accent">{t('filter.obligation')}</span>}
      {filtered && (
        <Button kind="bare" onClick={() => put(Object.fromEntries(filterNames.map((name) => [name, ''])))}>
          {t('filter.clear')}
        </Button>
      )}
    </Filters>
  )
}

function ActRow({ act, current, open }: { act: ActOk; current: boolean; open: () => void }) {
  const t = useT()
  const lang = useLang()
  const { today, zone } = useMe()
  const recordedOn = dayOf(act.recordedAt, zone)
  const about = [
    act.doneBy.name,
    act.recordedBy.id === act.doneBy.id ? null : t('act.for', { by: act.recordedBy.name }),
    act.unit.name,
    act.with.length > 0
      ? t('act.with', {
          names: act.with
            .slice(0, 3)
            .map(({ name }) => name)
            .join(t('list.and')),
        })
      : null,
    act.with.length > 3 ? t('act.withMany', { count: act.with.length }) : null,
    act.state !== 'recorded' ? null : act.discharges.length > 0 ? t('act.clears', { count: act.discharges.length }) : t('act.none'),
  ]
  return (
    <Row
      what={<span className={act.state === 'recorded' ? '' : 'act-gone'}>{act.what}</span>}
      why={about.filter(Boolean).join(' · ')}
      day={
        <Due
          day={act.happenedOn}
          left={recordedOn === act.happenedOn ? null : `${t('fact.recorded')} ${sayDay(recordedOn, lang, { thisYear: today })}`}
        />
      }
      next={<ActTags act={act} />}
      open={open}
      current={current}
    />
  )
}

function Opened({ id, show }: { id: string; show: (id: string) => void }) {
  const read = useRead(actRoutes.read, { id })
  return <Shown of={read}>{(act) => <ActDetail key={`${act.id} ${act.state}`} act={act} show={show} />}</Shown>
}
