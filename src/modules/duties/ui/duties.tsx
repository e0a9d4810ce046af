import { useState } from 'react'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/client.ts'
import { Act, Headline, Segments, Shown, Split } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { dutyRoutes } from '../contract.ts'
import { AddDuty, type Preset } from './add.tsx'
import { DutyDetail } from './detail.tsx'
import { First } from './first.tsx'
import { Gaps } from './gaps.tsx'
import { Items } from './items.tsx'
import { Lists } from './lists.tsx'
import { useT } from './parts.tsx'
import { Tree } from './tree.tsx'

const views = ['items', 'lists', 'tree', 'first', 'gaps'] as const
type View = (typeof views)[number]

/** What every view of the page is given: the open duty, how to open one, and how to write one down. */
export type ViewProps = { open: string | undefined; show: (id: string) => void; add: ((preset?: Preset) => void) | null }

/** 责任清单: who answers for what. One by one, as lists of units, posts and persons, as a tree, the first responsible's own, and what is missing. */
export default function DutiesPage() {
  const t = useT()
  const { verbs } = useMe()
  const [{ view: asked, open }, put] = useAddress('view', 'open')
  const [adding, setAdding] = useState<Preset | null>(null)
  const counted = useRead(dutyRoutes.gaps, { limit: 1 })
  const count = (...kinds: string[]) =>
    counted.data?.counts.filter((one) => kinds.length === 0 || kinds.includes(one.kind)).reduce((sum, one) => sum + one.count, 0) ?? 0
  const without = count('nobody', 'vacant')
  const view: View = views.find((one) => one === asked) ?? 'items'
  const add = verbs.includes('duty.add') ? (preset: Preset = {}) => setAdding(preset) : null
  const show = (id: string) => put({ open: id })
  const props: ViewProps = { open, show, add }
  return (
    <>
      <Headline
        title={without > 0 ? t('head.gaps', { count: without }) : t('head.title')}
        sub={t('head.sub')}
        actions={
          add && (
            <Act kind="main" onClick={() => add()}>
              {t('head.add')}
            </Act>
          )
        }
      />
      <div className="duty-views">
        <Segments
          label={t('view')}
          value={view}
          onChange={(next) => put({ view: next === 'items' ? '' : next, open: null })}
          options={views.map((one) => ({
            value: one,
            label: one === 'gaps' && count() > 0 ? t('view.gapsCount', { count: count() }) : t(`view.${one}`),
          }))}
        />
      </div>
      <Split
        of={open}
        label={t('head.title')}
        onClose={() => put({ open: null })}
        detail={open ? <Opened id={open} show={show} add={add} /> : null}
      >
        {view === 'items' && <Items {...props} />}
        {view === 'lists' && <Lists {...props} />}
        {view === 'tree' && <Tree {...props} />}
        {view === 'first' && <First {...props} />}
        {view === 'gaps' && <Gaps {...props} />}
      </Split>
      <AddDuty preset={adding} onClose={() => setAdding(null)} show={show} />
    </>
  )
}

function Opened({ id, show, add }: { id: string; show: ViewProps['show']; add: ViewProps['add'] }) {
  const read = useRead(dutyRoutes.read, { id })
  return (
    <Shown of={read}>{(duty) => <DutyDetail key={`${duty.id} ${duty.state} ${duty.version}`} duty={duty} show={show} add={add} />}</Shown>
  )
}
