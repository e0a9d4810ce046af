import { lazy, Suspense } from 'react'
import { useAddress } from '#web/address.ts'
import { useLookingBack } from '#web/as-of.ts'
import { useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Button, Empty, Figure, Figures, Go, Headline, Section, Shown, useWhy } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import { boardRoutes } from '../contract.ts'
import './board.css'
import { Drill } from './drill.tsx'
import { Grid } from './grid.tsx'
import { Reds } from './reds.tsx'
import { type BoardOf, boardOf, csvOf, headlineOf, sayRate } from './says.ts'
import { words } from './words.ts'

const Detail = lazy(async () => ({ default: (await import('#modules/obligations/ui/detail.tsx')).ObligationDetail }))

/** 态势: what is red and why, by unit and month, of one year, as of the day looked at. */
export default function BoardPage() {
  const [{ year }] = useAddress('year')
  const asked = /^20\d\d$/.test(year ?? '') ? Number(year) : undefined
  const read = useRead(boardRoutes.read, asked ? { year: asked } : {}, { keep: true })
  return (
    <Shown of={read} lines={6}>
      {(answer) => <Whole board={boardOf(answer)} />}
    </Shown>
  )
}

function Whole({ board }: { board: BoardOf }) {
  const t = useWords('board', words)
  const lang = useLang()
  const [{ cell, light, open }, put] = useAddress('cell', 'light', 'open')
  const [unitId, period] = cell?.split(':') ?? []
  const drilled = board.units.find(({ unit }) => unit.id === unitId)?.unit
  const close = () => {
    put({ cell: null, light: null })
    // Back to the cell one came from.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.board-grid [tabindex="0"]')?.focus())
  }
  return (
    <div className="board">
      <Headline
        title={board.units.length === 0 ? t('empty.year', { year: board.year }) : headlineOf(board, t, lang).trim()}
        sub={t('sub', { year: board.year, day: sayDay(board.day, lang, { year: true }) })}
        actions={<Tools board={board} />}
      />
      {board.units.length === 0 ? (
        <Nothing board={board} />
      ) : (
        <>
          <Tiles board={board} />
          <Section title={t('grid')} note={t('gridNote')}>
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
              onOpen={(id) => put({ open: id })}
              onClose={close}
            />
          )}
        </>
      )}
      <Reds open={open} onOpen={(id) => put({ open: id })} hidesLeaders={board.as !== 'first'} />
      <Suspense fallback={null}>
        <Detail id={open ?? null} onClose={() => put({ open: null })} />
      </Suspense>
    </div>
  )
}

/** The year before and after, export, print: nothing here changes anything. */
function Tools({ board }: { board: BoardOf }) {
  const t = useWords('board', words)
  const { today } = useMe()
  const [, put] = useAddress('year', 'cell', 'open')
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
      <Button onClick={save} disabled={board.units.length === 0}>
        {t('csv')}
      </Button>
      <Button onClick={() => window.print()}>{t('print')}</Button>
    </span>
  )
}

function Tiles({ board: { totals, older, onTimeRate, year } }: { board: BoardOf }) {
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
        <Figure name={`■ ${t('tiles.red')}`} value={totals.red} note={t('tiles.redNote')} tone={totals.red > 0 ? 'red' : 'plain'} />
        <Figure
          name={`▲ ${t('tiles.yellow')}`}
          value={totals.yellow}
          note={t('tiles.yellowNote')}
          tone={totals.yellow > 0 ? 'yellow' : 'plain'}
        />
        <Figure name={t('tiles.rate')} value={sayRate(onTimeRate)} note={onTimeRate === null ? t('tiles.rateNone') : why.button} />
        <Figure name={`◇ ${t('tiles.waived')}`} value={totals.waived} note={t('tiles.waivedNote')} />
        <Figure name={t('tiles.older')} value={older} note={t('tiles.olderNote', { year })} tone={older > 0 ? 'red' : 'plain'} />
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
