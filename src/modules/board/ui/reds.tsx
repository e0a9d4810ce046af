import { useState } from 'react'
import { obligationRoutes } from '#modules/obligations/contract.ts'
import { LightWhy } from '#modules/obligations/ui/parts.tsx'
import { useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Button, Due, Row, Rows, Section, Shown } from '#web/kit/index.ts'
import { useLang, useSay, useWords } from '#web/words.ts'
import { type ObligationOf, relationOf } from './drill.tsx'
import type { BoardOf } from './says.ts'
import { words } from './words.ts'

/** The longest overdue: unit, what, since when, and the rule that made it red. */
export function Reds({ board, open, onOpen }: { board: BoardOf; open: string | undefined; onOpen: (id: string) => void }) {
  const t = useWords('board', words)
  return (
    <Section title={t('reds')} note={board.reds.length > 0 ? t('redsNote') : undefined}>
      {board.reds.length === 0 ? (
        <p className="card pad">{t('redsNone')}</p>
      ) : (
        <Rows label={t('reds')}>
          {board.reds.map((one) => (
            <Red key={one.id} one={one} day={board.day} current={open === one.id} onOpen={onOpen} />
          ))}
        </Rows>
      )}
    </Section>
  )
}

function Red({ one, day, current, onOpen }: { one: ObligationOf; day: string; current: boolean; onOpen: (id: string) => void }) {
  const t = useWords('board', words)
  const say = useSay()
  const lang = useLang()
  const [asked, setAsked] = useState(false)
  const said = (of: string) => sayDay(of, lang, { thisYear: day })
  return (
    <Row
      light={one.light}
      what={one.title}
      why={t('redDue', { unit: one.unit.name, day: said(one.due), today: said(day) })}
      day={<Due day={one.due} left={relationOf(one, day, t, said)} />}
      open={() => onOpen(one.id)}
      current={current}
      next={
        <Button onClick={() => setAsked(!asked)} expanded={asked}>
          {say('why.ask')}
        </Button>
      }
      more={asked && <WhyOf id={one.id} />}
    />
  )
}

function WhyOf({ id }: { id: string }) {
  const read = useRead(obligationRoutes.read, { id })
  return (
    <Shown of={read} lines={1}>
      {(whole) => <LightWhy {...whole} />}
    </Shown>
  )
}
