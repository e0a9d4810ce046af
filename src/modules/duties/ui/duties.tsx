import { useState } from 'react'
import type { InputOf } from '#kernel/contract.ts'
import { useOffice } from '#modules/acts/ui/office.ts'
import { SearchBox } from '#modules/acts/ui/search.tsx'
import { dutyKinds } from '#modules/obligations/contract.ts'
import { useAddress } from '#web/address.ts'
import { usePages, useRead } from '#web/client.ts'
import {
  Act,
  Button,
  Card,
  Choice,
  Empty,
  Failed,
  Filters,
  Go,
  Headline,
  Loading,
  Pick,
  Rows,
  Section,
  Shown,
  Split,
} from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useSay } from '#web/words.ts'
import { dutyRoutes } from '../contract.ts'
import { dutyStates } from '../rules.ts'
import { AddDuty } from './add.tsx'
import { DutyDetail } from './detail.tsx'
import { type DutyOk, DutyRow, isGap, useT } from './parts.tsx'

const filterNames = ['kind', 'state', 'unit', 'person', 'q', 'directive'] as const
type Filter = Partial<Record<(typeof filterNames)[number], string | undefined>>
type ListInput = Omit<InputOf<typeof dutyRoutes.list>, 'after'>

/** What of the address the list is asked with; a word that is none is left out. */
function inputOf(filter: Filter): ListInput {
  const kind = dutyKinds.find((one) => one === filter.kind)
  const state = dutyStates.find((one) => one === filter.state)
  return {
    ...(kind ? { kind } : {}),
    ...(state ? { state } : {}),
    ...(filter.unit ? { unit: filter.unit } : {}),
    ...(filter.person ? { person: filter.person } : {}),
    ...(filter.q ? { q: filter.q } : {}),
    ...(filter.directive ? { directive: filter.directive } : {}),
    limit: 100,
  }
}

/** 责任清单: who answers for what, by kind, with one duty open beside the list. */
export default function DutiesPage() {
  const t = useT()
  const { verbs } = useMe()
  const [address, put] = useAddress(...filterNames, 'open')
  const { open, ...filter } = address
  const [adding, setAdding] = useState(false)
  const pages = usePages(dutyRoutes.list, inputOf(filter), { keep: true })
  const filtered = Object.values(filter).some(Boolean)
  const gaps = pages.items?.filter((duty) => duty.state === 'active' && duty.holders.some(isGap)).length ?? 0
  const mayAdd = verbs.includes('duty.add')
  const show = (id: string) => put({ open: id })
  return (
    <>
      <Headline
        title={gaps > 0 ? t('head.gaps', { count: gaps }) : t('head.title')}
        sub={t('head.sub')}
        actions={
          mayAdd && (
            <Act kind="main" onClick={() => setAdding(true)}>
              {t('head.add')}
            </Act>
          )
        }
      />
      <FilterBar filter={filter} put={put} filtered={filtered} />
      <Split of={open} label={t('head.title')} onClose={() => put({ open: null })} detail={open ? <Opened id={open} /> : null}>
        <Grouped
          pages={pages}
          open={open}
          show={show}
          empty={<Nothing filtered={filtered} {...(mayAdd ? { add: () => setAdding(true) } : {})} />}
        />
      </Split>
      <AddDuty open={adding} onClose={() => setAdding(false)} show={show} />
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

function Opened({ id }: { id: string }) {
  const read = useRead(dutyRoutes.read, { id })
  return <Shown of={read}>{(duty) => <DutyDetail key={`${duty.id} ${duty.state}`} duty={duty} />}</Shown>
}

type Put = (change: Filter & { open?: string | null }, options?: { replace?: boolean }) => void

function FilterBar({ filter, put, filtered }: { filter: Filter; put: Put; filtered: boolean }) {
  const t = useT()
  const office = useOffice()
  return (
    <Filters>
      <SearchBox label={t('filter.q')} q={filter.q ?? ''} put={(q) => put({ q }, { replace: true })} />
      <Choice
        label={t('filter.kind')}
        none={t('filter.kind')}
        options={dutyKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        value={filter.kind ?? ''}
        onChange={(kind) => put({ kind })}
      />
      <Choice
        label={t('filter.state')}
        none={t('filter.state')}
        options={dutyStates.map((state) => ({ value: state, label: t(`state.${state}`) }))}
        value={filter.state ?? ''}
        onChange={(state) => put({ state })}
      />
      <Choice
        label={t('filter.unit')}
        none={t('filter.unit')}
        options={office.units}
        value={filter.unit ?? ''}
        onChange={(unit) => put({ unit })}
      />
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
