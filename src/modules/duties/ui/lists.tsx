import { SearchBox } from '#modules/acts/ui/search.tsx'
import { useAddress } from '#web/address.ts'
import { usePages } from '#web/client.ts'
import { Empty, Filters, List, Row, Segments } from '#web/kit/index.ts'
import { dutyRoutes } from '../contract.ts'
import { Branches } from './branches.tsx'
import type { ViewProps } from './duties.tsx'
import { ListSheet } from './list-sheet.tsx'
import { useT } from './parts.tsx'

const kinds = ['unit', 'post', 'person', 'branch'] as const

/** The duty lists there are: of units, posts and persons, and what the branches' should hold. One opens as people print it. */
export function Lists(props: ViewProps) {
  const t = useT()
  const [{ of: asked, list }, put] = useAddress('of', 'list', 'open')
  const of = kinds.find((one) => one === asked) ?? 'unit'
  if (list && of !== 'branch') return <ListSheet {...props} of={of} id={list} close={() => put({ list: null, open: null })} />
  return (
    <>
      <div className="duty-how">
        <Segments
          label={t('lists.of')}
          value={of}
          onChange={(next) => put({ of: next === 'unit' ? '' : next })}
          options={kinds.map((one) => ({ value: one, label: t(`lists.${one}`) }))}
        />
      </div>
      {of === 'branch' ? <Branches {...props} /> : <Index of={of} show={(id) => put({ list: id })} />}
    </>
  )
}

function Index({ of, show }: { of: 'unit' | 'post' | 'person'; show: (id: string) => void }) {
  const t = useT()
  const [{ q }, put] = useAddress('q')
  const pages = usePages(dutyRoutes.lists, { of, ...(q ? { q } : {}), limit: 100 }, { keep: true })
  return (
    <>
      <Filters>
        <SearchBox label={t('lists.q')} q={q ?? ''} put={(next) => put({ q: next }, { replace: true })} />
      </Filters>
      <List
        of={pages}
        label={t(`lists.${of}`)}
        empty={<Empty says={t('lists.empty')} hint={t('lists.emptyHint')} />}
        row={(one) => (
          <Row
            key={one.id}
            what={one.name}
            why={one.note}
            day={one.count > 0 ? t('lists.count', { count: one.count }) : <span className="note">{t('lists.none')}</span>}
            open={() => show(one.id)}
          />
        )}
      />
    </>
  )
}
