import { lazy, Suspense, useSyncExternalStore } from 'react'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Button, Failed, Headline, Loading, Row, Rows, Section, Segments, Tag } from '#web/kit/index.ts'
import { useLang, useWords } from '#web/words.ts'
import { beside, marksOf } from '../beside.ts'
import { traceRoutes } from '../contract.ts'
import { subjects } from '../rules.ts'
import { folding } from './fold.ts'
import { Graph } from './graph.tsx'
import { TraceList } from './list.tsx'
import { type Start, sayDays, type TraceOf } from './node.tsx'
import { Report } from './report.tsx'
import { StartPicker } from './start.tsx'
import { TimeLine } from './time.tsx'
import { Tools } from './tools.tsx'
import './trace.css'
import { inOrder, TwoDays } from './two-days.tsx'
import { words } from './words.ts'

const Detail = lazy(async () => ({ default: (await import('#modules/obligations/ui/detail.tsx')).ObligationDetail }))

const views = ['graph', 'list', 'time', 'report'] as const
type View = (typeof views)[number]

const narrow = typeof window === 'undefined' ? null : window.matchMedia('(width <= 640px)')
const useNarrow = () =>
  useSyncExternalStore(
    (hear) => {
      narrow?.addEventListener('change', hear)
      return () => narrow?.removeEventListener('change', hear)
    },
    () => narrow?.matches ?? false,
  )

/** A graph of more boxes than this is not what one wants to see first. */
const readable = 48
/** What was left out of the drawing or looked at instead; the other gaps are missing in the records. */
const notes: readonly string[] = ['trace.more', 'trace.more_duties', 'trace.outside', 'trace.unit_not_yet']

const places = ['kind', 'id', 'at', 'view', 'open', 'q', 'all', 'beside', 'only'] as const

/** 倒查: from an obligation, a duty, an act, a person, a directive, a unit or a finding, as of the day looked at; with another day beside it where one is given. */
export default function TracePage() {
  const [{ kind, id, at }, put] = useAddress(...places)
  const subject = subjects.find((one) => one === kind)
  const onStart = (start: Start) => put({ at: null, ...start, open: null, q: null, all: null, only: null })
  if (!subject || !id) return <StartPicker onStart={onStart} />
  return <Traced start={{ kind: subject, id, ...(at === undefined || subject !== 'directive' ? {} : { at }) }} onStart={onStart} />
}

/** The trace as of the day in the address, or of another. */
function useTrace({ kind, id, at }: Start, day: string | undefined, enabled = true) {
  const asked = { id, ...(day === undefined ? {} : { asOf: day }), ...(at === undefined ? {} : { start: Number(at) }) }
  return useRead(traceRoutes[kind], asked, { enabled, keep: false })
}

function Traced({ start, onStart }: { start: Start; onStart: (start: Start) => void }) {
  const t = useWords('trace', words)
  const [{ beside: other }, put] = useAddress(...places)
  const read = useTrace(start, undefined)
  const second = useTrace(start, other, other !== undefined)
  const again = () => put({ kind: null, id: null, at: null, open: null, all: null, beside: null, only: null })
  const failed = read.error ?? (other === undefined ? null : second.error)
  if (failed)
    return (
      <>
        <Headline
          title={t('start')}
          actions={
            <>
              {read.data && <Button onClick={() => put({ beside: null })}>{t('besideEnd')}</Button>}
              <Button onClick={again}>{t('again')}</Button>
            </>
          }
        />
        <Failed error={failed} retry={() => void (read.error ? read : second).refetch()} />
      </>
    )
  if (!read.data || (other !== undefined && !second.data)) return <Loading lines={6} />
  const two = other !== undefined && second.data && second.data.day !== read.data.day ? second.data : null
  return <Whole trace={read.data} other={two} start={start} onStart={onStart} onAgain={again} />
}

type WholeProps = { trace: TraceOf; other: TraceOf | null; start: Start; onStart: (start: Start) => void; onAgain: () => void }

function Whole({ trace, other, start, onStart, onAgain }: WholeProps) {
  const t = useWords('trace', words)
  const lang = useLang()
  const tight = useNarrow()
  const wide = (folding(trace)?.trace ?? trace).nodes.length > readable
  const usual: View = tight || wide || other !== null ? 'list' : 'graph'
  const [{ view, open, all }, put] = useAddress(...places)
  const shown = views.find((one) => one === view) ?? usual
  const onOpen = (id: string) => put({ open: id })
  const day = sayDay(trace.day, lang)
  const { owed } = trace
  return (
    <div className={`trace${shown === 'report' ? ' reporting' : ''}`}>
      <Headline
        title={t('title', { title: trace.subject.title })}
        sub={t('sub', { day })}
        actions={
          <span className="trace-tools">
            <Segments
              label={t('view.label')}
              options={views.map((one) => ({ value: one, label: t(`view.${one}`) }))}
              value={shown}
              onChange={(one) => put({ view: one === usual ? null : one }, { replace: true })}
            />
            <Tools trace={trace} start={start} onAgain={onAgain} />
          </span>
        }
      />
      <div className="trace-views">
        {owed && owed.red + owed.yellow + owed.green + owed.grey > 0 && (
          <p className="note trace-note">{t('counts', { ...owed, all: owed.red + owed.yellow + owed.green + owed.grey })}</p>
        )}
        {trace.nodes.some(({ later }) => later) && <p className="note trace-note">{t('laterNote', { day })}</p>}
        {shown === 'graph' &&
          (other ? (
            <TwoGraphs trace={trace} other={other} onOpen={onOpen} />
          ) : (
            <Folding trace={trace} all={all !== undefined} onAll={(one) => put({ all: one ? '1' : null }, { replace: true })}>
              {(drawn) => <Graph trace={drawn} onOpen={onOpen} />}
            </Folding>
          ))}
        {shown === 'list' &&
          (other ? <TwoDays {...named(trace, other)} onOpen={onOpen} /> : <TraceList trace={trace} onOpen={onOpen} onStart={onStart} />)}
        {shown === 'time' && <TimeLine trace={trace} other={other?.day ?? null} onOpen={onOpen} />}
        {shown !== 'report' && trace.gaps.length > 0 && (
          <Section title={t('gaps')} note={t('gapsNote')}>
            <Rows label={t('gaps')}>
              {trace.gaps.map(({ code, says }) => (
                <Row
                  key={`${code} ${says}`}
                  what={sayDays(says, trace.day, lang)}
                  next={notes.includes(code) ? <Tag>{t('gapNote')}</Tag> : <Tag tone="yellow">{t('gap')}</Tag>}
                />
              ))}
            </Rows>
          </Section>
        )}
      </div>
      <Report trace={trace} other={other} />
      <Suspense fallback={null}>
        <Detail id={open ?? null} onClose={() => put({ open: null })} />
      </Suspense>
    </div>
  )
}

function named(trace: TraceOf, other: TraceOf) {
  const [first, second] = inOrder(trace, other)
  return { first, second }
}

type FoldingProps = { trace: TraceOf; all: boolean; onAll: (all: boolean) => void; children: (drawn: TraceOf) => React.ReactNode }

/** A wide graph is drawn without its green ones at first. */
function Folding({ trace, all, onAll, children }: FoldingProps) {
  const t = useWords('trace', words)
  const fold = folding(trace)
  return (
    <>
      {fold && (
        <p className="note trace-note">
          {!all && t('folded', { count: fold.away })}{' '}
          <Button kind="bare" onClick={() => onAll(!all)}>
            {t(all ? 'fold' : 'unfold')}
          </Button>
        </p>
      )}
      {children(fold && !all ? fold.trace : trace)}
    </>
  )
}

/** Both days drawn, one above the other: what differs is marked in both. */
function TwoGraphs({ trace, other, onOpen }: { trace: TraceOf; other: TraceOf; onOpen: (id: string) => void }) {
  const lang = useLang()
  const [first, second] = inOrder(trace, other)
  const pairs = beside(first.nodes, second.nodes)
  return [first, second].map((one, i) => (
    <Section key={one.day} title={sayDay(one.day, lang, { year: true })}>
      <Graph trace={folding(one)?.trace ?? one} marks={marksOf(pairs, i === 0 ? 'before' : 'after')} onOpen={onOpen} />
    </Section>
  ))
}
