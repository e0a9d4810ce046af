import type { OkOf } from '#kernel/contract.ts'
import { sayPeriod } from '#modules/duties/cadence.ts'
import { usePages } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Empty, List, Row } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import { calendarRoutes } from '../contract.ts'
import { words } from './words.ts'

type Move = OkOf<typeof calendarRoutes.turn>['items'][number]

/** Which obligations a turn of the calendar moved, and from which day to which. */
export function Moves({ turn }: { turn: string }) {
  const t = useWords('calendar', words)
  const pages = usePages(calendarRoutes.turn, { id: turn, limit: 50 })
  return (
    <List
      of={pages}
      label={t('turn.title')}
      row={(move) => <MoveRow key={move.id} move={move} />}
      empty={<Empty says={t('move.none')} />}
    />
  )
}

export function MoveRow({ move }: { move: Move }) {
  const t = useWords('calendar', words)
  const lang = useLang()
  const { today } = useMe()
  const say = (day: string) => sayDay(day, lang, { thisYear: today })
  const period = move.period === 'once' ? null : sayPeriod(move.period, lang, today)
  return (
    <Row
      what={[move.title, period].filter(Boolean).join(' · ')}
      why={`${move.unit.name} ${move.holder.name}`}
      day={
        move.due === move.toDue
          ? t('move.warn', { due: say(move.due), from: say(move.warnFrom), to: say(move.toWarnFrom) })
          : t('move.due', { from: say(move.due), to: say(move.toDue) })
      }
      open={{ to: '/mine', search: { open: move.id } }}
    />
  )
}
