import { useRef, useState } from 'react'
import { Light, type LightName } from '#web/kit/index.ts'
import { useLang, useWords } from '#web/words.ts'
import { notOnTime, standOf } from '../rules.ts'
import { type BoardOf, type CellOf, sayCell, sayMonth } from './says.ts'
import { words } from './words.ts'

type GridProps = {
  board: BoardOf
  /** `unit:period` of what is drilled into. */
  open: string | undefined
  onOpen: (unit: string, period: string) => void
}

/**
 * Unit × month as a table one walks with the arrow keys: one cell is in the tab order, Home and End go to the row's ends, Enter opens. Column 0 is
 * the unit for the whole year.
 */
export function Grid({ board, open, onOpen }: GridProps) {
  const t = useWords('board', words)
  const table = useRef<HTMLTableElement>(null)
  const [at, setAt] = useState<[row: number, column: number]>([0, 1])
  const go = (row: number, column: number) => {
    const to: [number, number] = [Math.min(Math.max(row, 0), board.units.length - 1), Math.min(Math.max(column, 0), 12)]
    setAt(to)
    table.current?.querySelector<HTMLElement>(`[data-at="${to.join(' ')}"]`)?.focus()
  }
  const onKey = (event: React.KeyboardEvent) => {
    const [row, column] = at
    const moves: Record<string, [number, number]> = {
      ArrowRight: [row, column + 1],
      ArrowLeft: [row, column - 1],
      ArrowDown: [row + 1, column],
      ArrowUp: [row - 1, column],
      Home: [event.ctrlKey ? 0 : row, 0],
      End: [event.ctrlKey ? board.units.length - 1 : row, 12],
    }
    const to = moves[event.key]
    if (!to) return
    event.preventDefault()
    go(...to)
  }
  const pressed = (row: number, column: number) => ({
    type: 'button' as const,
    'data-at': `${row} ${column}`,
    tabIndex: at[0] === row && at[1] === column ? 0 : -1,
    onFocus: () => setAt([row, column]),
  })
  const most = Math.max(3, ...board.units.flatMap(({ months }) => months.map(notOnTime)))
  return (
    <div className="card board-grid">
      <table ref={table} aria-label={t('gridLabel')} onKeyDown={onKey}>
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">{t('unit')}</span>
            </th>
            {board.units[0]?.months.map(({ month }) => (
              <th scope="col" key={month} className={month === board.day.slice(0, 7) ? 'now' : ''}>
                {sayMonth(month, t)}
              </th>
            ))}
            <th scope="col" title={t('trendNote')}>
              {t('trend')}
            </th>
          </tr>
        </thead>
        <tbody>
          {board.units.map(({ unit, months }, row) => (
            <tr key={unit.id}>
              <th scope="row">
                <button
                  {...pressed(row, 0)}
                  onClick={() => onOpen(unit.id, String(board.year))}
                  title={t('cell.year', { unit: unit.name })}
                  aria-current={open === `${unit.id}:${board.year}` || undefined}
                >
                  {unit.name}
                </button>
              </th>
              {months.map((cell, i) => (
                <td key={cell.month}>
                  <CellButton
                    {...pressed(row, i + 1)}
                    cell={cell}
                    unit={unit.name}
                    open={open === `${unit.id}:${cell.month}`}
                    ahead={cell.month > board.day.slice(0, 7)}
                    onClick={() => onOpen(unit.id, cell.month)}
                  />
                </td>
              ))}
              <td>
                <Spark unit={unit.name} months={months} most={most} until={board.day.slice(0, 7)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type CellProps = React.ComponentProps<'button'> & { cell: CellOf; unit: string; open: boolean; ahead: boolean }

/** Shape, figure and colour; read out as the unit, the month and everything in it. */
function CellButton({ cell, unit, open, ahead, ...button }: CellProps) {
  const t = useWords('board', words)
  const lang = useLang()
  const stand = standOf(cell, ahead)
  const what = sayCell(cell, t, lang)
  const figure = { red: cell.red, yellow: cell.yellow, coming: cell.green, green: 0, grey: 0, none: 0 }[stand]
  return (
    <button {...button} className={`board-cell ${stand}`} aria-current={open || undefined} title={what}>
      <span className="unseen">{t('cell.says', { unit, month: sayMonth(cell.month, t), what })}</span>
      <span className="board-face" aria-hidden="true">
        {stand === 'none' && '·'}
        {stand !== 'none' && stand !== 'coming' && <Light light={stand satisfies LightName} />}
        {figure > 0 && <b>{figure}</b>}
        {cell.late > 0 && <small>{t('cell.lateShort', { n: cell.late })}</small>}
      </span>
    </button>
  )
}

type SparkProps = { unit: string; months: readonly CellOf[]; most: number; until: string }

/** What was not on time, month by month, to the month one looks at; every unit on one scale. */
function Spark({ unit, months, most, until }: SparkProps) {
  const t = useWords('board', words)
  const lang = useLang()
  const past = months.filter(({ month }) => month <= until)
  const list = past.map((cell) => t('trendItem', { month: sayMonth(cell.month, t), n: notOnTime(cell) })).join(lang === 'en' ? ', ' : '、')
  const points = past.map((cell, i) => `${2 + i * 8},${19 - (notOnTime(cell) / most) * 16}`)
  const [x = 0, y = 0] = points.at(-1)?.split(',') ?? []
  return (
    <svg className="board-spark" viewBox="0 0 92 22" width="92" height="22" role="img" aria-label={t('trendSays', { unit, list })}>
      <path className="board-spark-zero" d="M2 19H90" />
      {points.length > 1 && <polyline points={points.join(' ')} />}
      {points.length > 0 && <circle cx={x} cy={y} r="2" />}
    </svg>
  )
}
