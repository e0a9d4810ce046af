import { dayOf } from '#web/days.ts'
import { Day, Empty, Light } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import { type NodeOf, Opening, sayDetail, type TraceOf } from './node.tsx'
import { words } from './words.ts'

type What = 'issued' | 'since' | 'due' | 'done' | 'recorded'
type Entry = { day: string; what: What; node: NodeOf }
/** On one day: a paper is issued before the duty it makes begins. */
const order: What[] = ['issued', 'since', 'done', 'due', 'recorded']
const whats: Partial<Record<NodeOf['kind'], What>> = { sentence: 'issued', duty: 'since', obligation: 'due', act: 'done' }

/** What stands on the line of time: each node on its own day, and an act that was recorded on another day there too. */
export function entriesOf(nodes: readonly NodeOf[], zone: string): Entry[] {
  const entries = nodes.flatMap((node): Entry[] => {
    const what = whats[node.kind]
    if (!what || !node.happenedOn) return []
    const own: Entry = { day: node.happenedOn, what, node }
    const recorded = node.recordedAt ? dayOf(node.recordedAt, zone) : null
    return what === 'done' && recorded && recorded !== node.happenedOn ? [own, { day: recorded, what: 'recorded', node }] : [own]
  })
  return entries.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : order.indexOf(a.what) - order.indexOf(b.what)))
}

/** The same statements on a line of time, with the day one looks at marked on it. */
export function TimeLine({ trace, onOpen }: { trace: TraceOf; onOpen: (id: string) => void }) {
  const t = useWords('trace', words)
  const lang = useLang()
  const { zone } = useMe()
  const entries = entriesOf(trace.nodes, zone)
  const left = trace.nodes.filter((node) => !entries.some((entry) => entry.node === node)).length
  if (entries.length === 0) return <Empty says={t('time.empty')} />
  const before = entries.filter(({ day }) => day <= trace.day)
  const after = entries.filter(({ day }) => day > trace.day)
  const one = ({ day, what, node }: Entry) => (
    <li key={`${node.id} ${what}`} className={`trace-moment${node.later ? ' later' : ''}`}>
      <span className="trace-moment-day">
        <Day day={day} />
        <small>{t(`time.${what}`)}</small>
      </span>
      <Opening node={node} onOpen={onOpen} className="trace-moment-what">
        <span className="trace-node-title">
          {node.light && <Light light={node.light} />}
          <span>{node.title}</span>
        </span>
        <small>{sayDetail(node, trace.day, t, lang, zone)}</small>
      </Opening>
    </li>
  )
  return (
    <>
      <ol className="card pad trace-time">
        {before.map(one)}
        <li className="trace-moment today">
          <span className="trace-moment-day">
            <Day day={trace.day} />
          </span>
          <span>{t('time.today')}</span>
        </li>
        {after.map(one)}
      </ol>
      {left > 0 && <p className="note trace-note">{t('time.note', { n: left })}</p>}
    </>
  )
}
