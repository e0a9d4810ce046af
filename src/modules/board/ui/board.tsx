import { Navigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useAddress } from '#web/address.ts'
import { useLookingBack } from '#web/as-of.ts'
import { useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Button, Empty, Figure, Figures, Go, Headline, Section, Shown, useWhy } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import { boardRoutes } from '../contract.ts'
import { weekOf } from '../week.ts'
import './board.css'
import { Drill } from './drill.tsx'
import { Grid } from './grid.tsx'
import { Own } from './own.tsx'
import { Reds } from './reds.tsx'
import { type BoardOf, boardOf, csvOf, headlineOf, sayRate } from './says.ts'
import { words as sectionWords } from './section-words.ts'
import { words } from './words.ts'

/** Loaded for those who have them. */
const Chase = lazy(async () => ({ default: (await import('./chase.tsx')).Chase }))
const First = lazy(async () => ({ default: (await import('./first.tsx')).First }))
const FirstTile = lazy(async () => ({ default: (await import('./first.tsx')).FirstTile }))
const Burden = lazy(async () => ({ default: (await import('./burden.tsx')).Burden }))
const BurdenTile = lazy(async () => ({ default: (await import('./burden.tsx')).BurdenTile }))
const Week = lazy(async () => ({ default: (await import('./week.tsx')).Week }))
const Detail = lazy(async () => ({ default: (await import('#modules/obligations/ui/detail.tsx')).ObligationDetail }))

/** 态势: what is red and why, by unit and month, of one year, as of the day looked at; what else stands on it depends on who opens it. */
export default function BoardPage() {
  const [{ year, week, open }, put] = useAddress('year', 'week', 'open')
  const { verbs } = useMe()
  const asked = /^20\d\d$/.test(year ?? '') ? Number(year) : undefined
  const reads = verbs.includes('board.read')
  const read = useRead(boardRoutes.read, asked ? { year: asked } : {}, { keep: true, enabled: reads && week === undefined })
  // Ordinary staff have no board: what is theirs stands on their own page.
  if (!reads)
    return <Navigate to="/mine" search={(before: Record<string, unknown>) => ({ asOf: before.asOf as string | undefined })} replace />
  const onOpen = (id: string) => put({ open: id })
  return (
    <>
      {week === undefined ? (
        <Shown of={read} lines={6}>
          {(answer) => <Whole board={boardOf(answer)} open={open} onOpen={onOpen} />}
        </Shown>
      ) : (
        <Suspense fallback={null}>
          <Week asked={week} onOpen={onOpen} />
        </Suspense>
      )}
      <Suspense fallback={null}>
        <Detail id={open ?? null} onClose={() => put({ open: null })} />
      </Suspense>
    </>
  )
}

type Opening = { open: string | undefined; onOpen: (id: string) => void }

function Whole({ board, ...opening }: { board: BoardOf } & Opening) {
  const t = useWords('board', words)
  const ts = useWords('board.sections', sectionWords)
  const lang = useLang()
  const chased = useChased(board.as === 'clerk')
  const has = (section: BoardOf['sections'][number]) => board.sections.includes(section)
  const day = sayDay(board.day, lang, { year: true })
  return (
    <div className="board">
      <Headline
        title={chased ?? (board.units.length === 0 ? t('empty.year', { year: board.year }) : headlineOf(board, t, lang).trim())}
        sub={ts(`sub.${board.as}`, { year: board.year, day })}
        actions={<Tools board={board} />}
      />
      {has('own') && <Own leads={board.as === 'first' || board.as === 'leader'} />}
      <Suspense fallback={null}>
        {has('chase') && <Chase {...opening} />}
        {board.units.length > 0 && board.as !== 'clerk' && <Tiles board={board} />}
        <Reds {...opening} hidesLeaders={board.as !== 'first'} />
        {board.units.length === 0 ? !has('chase') && <Nothing board={board} /> : <Figured board={board} {...opening} />}
        {has('first') && <First year={board.year} />}
        {has('burden') && <Burden />}
      </Suspense>
    </div>
  )
}

/** What there is to chase, in a sentence, for whoever chases. */
function useChased(asked: boolean): string | null {
  const ts = useWords('board.sections', sectionWords)
  const { data } = useRead(boardRoutes.chase, {}, { keep: true, enabled: asked })
  if (!data) return null
  const [red, soon] = [data.units.reduce((n, one) => n + one.red, 0), data.units.reduce((n, one) => n + one.soon, 0)]
  return red + soon === 0 ? ts('chase.headNone') : ts('chase.head', { n: red + soon, red, soon })
}

/** Unit × month, and what is in the cell that is open. */
function Figured({ board, open, onOpen }: { board: BoardOf } & Opening) {
  const t = useWords('board', words)
  const ts = useWords('board.sections', sectionWords)
  const [{ cell, light }, put] = useAddress('cell', 'light')
  const [unitId, period] = cell?.split(':') ?? []
  const drilled = board.units.find(({ unit }) => unit.id === unitId)?.unit
  const close = () => {
    put({ cell: null, light: null })
    // Back to the cell one came from.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.board-grid [tabindex="0"]')?.focus())
  }
  return (
    <>
      <Section title={board.as === 'clerk' ? ts('chase.ownUnit') : t('grid')} note={t('gridNote')}>
        <Grid board={board} open={cell} onOpen={(unit, of) => put({ cell: `${unit}:${of}`, light: null })} />
      </Section>
      {drilled && period && /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(period) && (
        <Drill
          unit={drilled}
          period={period}
          day={board.day}
          light={light}
          onLight={(of) => put({ light: of }, { replace: true })}
          open={open}
          onOpen={onOpen}
          onClose={close}
        />
      )}
    </>
  )
}

/** The year before and after, export, print: nothing here changes anything. */
function Tools({ board }: { board: BoardOf }) {
  const t = useWords('board', words)
  const ts = useWords('board.sections', sectionWords)
  const { today } = useMe()
  const [, put] = useAddress('year', 'cell', 'open', 'week')
  const show = (year: number) => put({ year: String(year) === today.slice(0, 4) ? null : String(year), cell: null, open: null })
  const save = () => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([csvOf(board, t)], { type: 'text/csv;charset=utf-8' }))
    link.download = t('csvName', { year: board.year, day: board.day })
    link.click()
    // The browser reads the file after the click has been handled.
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  }
  return (
    <span className="board-tools">
      {/* biome-ignore lint/a11y/useSemanticElements: three buttons are no fields of a form */}
      <span className="board-years" role="group" aria-label={t('year.label')}>
        <Button onClick={() => show(board.year - 1)} label={t('year.before', { year: board.year - 1 })}>
          ‹
        </Button>
        <b>{board.year}</b>
        <Button
          onClick={() => show(board.year + 1)}
          label={t('year.before', { year: board.year + 1 })}
          disabled={board.year > Number(today.slice(0, 4))}
        >
          ›
        </Button>
      </span>
      <Button kind="soft" onClick={() => put({ week: weekOf(board.day), cell: null, open: null })}>
        {ts('week.open')}
      </Button>
      <Button onClick={save} disabled={board.units.length === 0}>
        {t('csv')}
      </Button>
      <Button onClick={() => window.print()}>{t('print')}</Button>
    </span>
  )
}

function Tiles({ board: { totals, older, onTimeRate, year, day, sections } }: { board: BoardOf }) {
  const t = useWords('board', words)
  const due = totals.onTime + totals.late + totals.red + older
  const why = useWhy(
    {
      rule: t('rate.rule'),
      inputs: [
        { name: t('rate.onTime'), value: totals.onTime },
        { name: t('rate.late'), value: totals.late },
        { name: t('rate.red'), value: totals.red },
        { name: t('rate.older'), value: older },
        { name: t('rate.waived'), value: totals.waived },
      ],
      sum:
        onTimeRate === null
          ? t('rate.nothing')
          : `${totals.onTime} ÷ (${totals.onTime} + ${totals.late} + ${totals.red} + ${older}) = ${totals.onTime} ÷ ${due} = ${sayRate(onTimeRate)}`,
    },
    t('rate.how'),
  )
  return (
    <>
      <Figures>
        <Figure
          name={`■ ${t('tiles.red')}`}
          value={totals.red}
          note={older > 0 ? t('tiles.redOlder', { n: older }) : t('tiles.redNote')}
          tone={totals.red > 0 ? 'red' : 'plain'}
        />
        <Figure
          name={`▲ ${t('tiles.yellow')}`}
          value={totals.yellow}
          note={t('tiles.yellowNote')}
          tone={totals.yellow > 0 ? 'yellow' : 'plain'}
        />
        <Figure name={t('tiles.rate')} value={sayRate(onTimeRate)} note={onTimeRate === null ? t('tiles.rateNone') : why.button} />
        {sections.includes('first') ? (
          <Suspense fallback={null}>
            <FirstTile year={year} />
            <BurdenTile day={day} />
          </Suspense>
        ) : (
          <>
            <Figure name={`◇ ${t('tiles.waived')}`} value={totals.waived} note={t('tiles.waivedNote')} />
            <Figure name={t('tiles.older')} value={older} note={t('tiles.olderNote', { year })} tone={older > 0 ? 'red' : 'plain'} />
          </>
        )}
      </Figures>
      {why.answer && <div className="board-why">{why.answer}</div>}
    </>
  )
}

/** Nothing due in the year: what to do about it depends on where one stands. */
function Nothing({ board }: { board: BoardOf }) {
  const t = useWords('board', words)
  const { today, verbs } = useMe()
  const lookingBack = useLookingBack()
  if (lookingBack) return <Empty says={t('empty.year', { year: board.year })} hint={t('empty.then')} />
  if (String(board.year) !== today.slice(0, 4) || !verbs.includes('directive.decide')) {
    return <Empty says={t('empty.year', { year: board.year })} hint={t('empty.reach')} />
  }
  return (
    <Empty
      says={t('empty.says')}
      hint={t('empty.hint')}
      action={
        <Go to="/directives" kind="soft">
          {t('empty.go')}
        </Go>
      }
    />
  )
}
