import { Fragment } from 'react'
import { dayOf } from '#web/days.ts'
import { Day, Empty, Light } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import { type NodeOf, Opening, sayDays, sayDetail, type TraceOf } from './node.tsx'
import { words } from './words.ts'

type What = 'issued' | 'since' | 'moved' | 'due' | 'done' | 'recorded'
/** `says`: what happened to the node that day, where it is not the node itself that stands on it. */
type Entry = { day: string; what: What; node: NodeOf; says?: string; later: boolean }
/** On one day: a paper is issued before the duty it makes begins. */
const order: What[] = ['issued', 'since', 'moved', 'done', 'due', 'recorded']
const whats: Partial<Record<NodeOf['kind'], What>> = {
  ...{ sentence: 'issued', directive: 'issued', article: 'since', duty: 'since', finding: 'moved', obligation: 'due', act: 'done' },
  ...{ before: 'moved', after: 'moved', handover: 'moved', unit_now: 'moved' },
}

/** What stands on the line of time: each node on its own day, and an act that was recorded on another day there too. */
export function entriesOf(nodes: readonly NodeOf[], zone: string): Entry[] {
  const entries = nodes.flatMap((node): Entry[] => {
    const what = whats[node.kind]
    const happened = node.moments.map(({ day, says, later }): Entry => ({ day, what: 'moved', node, says, later }))
    if (!what || !node.happenedOn) return happened
    const { later } = node
    const own: Entry = { day: node.happenedOn, what, node, later }
    const recorded = node.recordedAt ? dayOf(node.recordedAt, zone) : null
    const late: Entry[] =
      what === 'done' && recorded && recorded !== node.happenedOn ? [{ day: recorded, what: 'recorded', node, later }] : []
    return [own, ...late, ...happened]
  })
  // A handing over that the obligation itself tells is not told again by who had it.
  const told = (one: Entry) =>
    (one.node.kind === 'before' || one.node.kind === 'after') &&
    entries.some(({ day, says }) => day === one.day && says?.includes(one.node.title.split(' ')[0] ?? ''))
  return entries
    .filter((one) => !told(one))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : order.indexOf(a.what) - order.indexOf(b.what)))
}

/** The same statements on a line of time, with the day one looks at marked on it. */
export function TimeLine({ trace, other, onOpen }: { trace: TraceOf; other: string | null; onOpen: (id: string) => void }) {
  const t = useWords('trace', words)
  const lang = useLang()
  const { zone } = useMe()
  const entries = entriesOf(trace.nodes, zone)
  const left = trace.nodes.filter((node) => !entries.some((entry) => entry.node === node)).length
  if (entries.length === 0) return <Empty says={t('time.empty')} />
  const marked = [trace.day, ...(other === null ? [] : [other])].sort()
  const upTo = (i: number) =>
    entries.filter(({ day }) => (i === 0 || day > (marked[i - 1] ?? '')) && (i === marked.length || day <= (marked[i] ?? '')))
  const one = ({ day, what, node, says, later }: Entry) => (
    <li key={`${node.id} ${what} ${day} ${says ?? ''}`} className={`trace-moment${later ? ' later' : ''}`}>
      <span className="trace-moment-day">
        <Day day={day} />
        <small>{t(`time.${what}`)}</small>
      </span>
      <Opening node={node} onOpen={onOpen} className="trace-moment-what">
        <span className="trace-node-title">
          {node.light && <Light light={node.light} />}
          <span>{node.title}</span>
        </span>
        <small>{says === undefined ? sayDetail(node, trace.day, t, lang, zone) : sayDays(says, trace.day, lang)}</small>
      </Opening>
    </li>
  )
  return (
    <>
      <ol className="card pad trace-time">
        {upTo(0).map(one)}
        {marked.map((day, i) => (
          <Fragment key={day}>
            <li className="trace-moment today">
              <span className="trace-moment-day">
                <Day day={day} />
              </span>
              <span>{t(day === trace.day ? 'time.today' : 'time.other')}</span>
            </li>
            {upTo(i + 1).map(one)}
          </Fragment>
        ))}
      </ol>
      {left > 0 && <p className="note trace-note">{t('time.note', { n: left })}</p>}
    </>
  )
}
