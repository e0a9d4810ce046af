import { lazy, Suspense, useSyncExternalStore } from 'react'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Button, Failed, Headline, Loading, Row, Rows, Section, Segments, Tag } from '#web/kit/index.ts'
import { useLang, useWords } from '#web/words.ts'
import { traceRoutes } from '../contract.ts'
import { subjects } from '../rules.ts'
import { folding } from './fold.ts'
import { Graph } from './graph.tsx'
import { TraceList } from './list.tsx'
import type { Start, TraceOf } from './node.tsx'
import { StartPicker } from './start.tsx'
import { TimeLine } from './time.tsx'
import './trace.css'
import { words } from './words.ts'

const Detail = lazy(async () => ({ default: (await import('#modules/obligations/ui/detail.tsx')).ObligationDetail }))

const views = ['graph', 'list', 'time'] as const
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

/** 倒查: from an obligation, a duty, an act or a person, as of the day looked at. */
export default function TracePage() {
  const [{ kind, id }, put] = useAddress('kind', 'id', 'view', 'open', 'q', 'all')
  const subject = subjects.find((one) => one === kind)
  const onStart = (start: Start) => put({ ...start, open: null, q: null, all: null })
  return subject && id ? <Traced kind={subject} id={id} onStart={onStart} /> : <StartPicker onStart={onStart} />
}

function Traced({ kind, id, onStart }: Start & { onStart: (start: Start) => void }) {
  const t = useWords('trace', words)
  const read = useRead(traceRoutes[kind], { id })
  const [, put] = useAddress('kind', 'id', 'open', 'all')
  const again = () => put({ kind: null, id: null, open: null, all: null })
  if (read.data) return <Whole trace={read.data} onStart={onStart} onAgain={again} />
  if (!read.error) return <Loading lines={6} />
  return (
    <>
      <Headline title={t('start')} actions={<Button onClick={again}>{t('again')}</Button>} />
      <Failed error={read.error} retry={() => void read.refetch()} />
    </>
  )
}

function Whole({ trace, onStart, onAgain }: { trace: TraceOf; onStart: (start: Start) => void; onAgain: () => void }) {
  const t = useWords('trace', words)
  const lang = useLang()
  const usual: View = useNarrow() ? 'list' : 'graph'
  const [{ view, open, all }, put] = useAddress('view', 'open', 'all')
  const shown = views.find((one) => one === view) ?? usual
  const onOpen = (id: string) => put({ open: id })
  const day = sayDay(trace.day, lang)
  const fold = folding(trace)
  return (
    <div className="trace">
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
            <Button onClick={onAgain}>{t('again')}</Button>
            <Button onClick={() => window.print()}>{t('print')}</Button>
          </span>
        }
      />
      {trace.nodes.some(({ later }) => later) && <p className="note trace-note">{t('laterNote', { day })}</p>}
      {shown === 'graph' && fold && (
        <p className="note trace-note">
          {!all && t('folded', { count: fold.away })}{' '}
          <Button kind="bare" onClick={() => put({ all: all ? null : '1' }, { replace: true })}>
            {t(all ? 'fold' : 'unfold')}
          </Button>
        </p>
      )}
      {shown === 'graph' && <Graph trace={fold && !all ? fold.trace : trace} onOpen={onOpen} />}
      {shown === 'list' && <TraceList trace={trace} onOpen={onOpen} onStart={onStart} />}
      {shown === 'time' && <TimeLine trace={trace} onOpen={onOpen} />}
      {trace.gaps.length > 0 && (
        <Section title={t('gaps')} note={t('gapsNote')}>
          <Rows label={t('gaps')}>
            {trace.gaps.map(({ code, says }) => (
              <Row key={`${code} ${says}`} what={says} next={<Tag tone="yellow">{t('gap')}</Tag>} />
            ))}
          </Rows>
        </Section>
      )}
      <Suspense fallback={null}>
        <Detail id={open ?? null} onClose={() => put({ open: null })} />
      </Suspense>
    </div>
  )
}
