import { Input } from 'antd'
import { sayDay } from '#web/days.ts'
import { Button } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang } from '#web/words.ts'
import { useT } from './happening.tsx'
import type { Happening, Taken } from './said.ts'

type Set = <K extends keyof Happening>(name: K, value: Happening[K]) => void

/** What the line leaves in doubt, to be answered by a press: which day, which of two of one name. Nothing is recorded before. */
export function Asks({ values, taken, set }: { values: Happening; taken: Taken; set: Set }) {
  const t = useT()
  const lang = useLang()
  const { today } = useMe()
  const { day, names } = taken.asks
  if (!day && names.length === 0) return null
  const pick = (picked: string) => {
    set('answered', day?.said ?? '')
    set('happenedOn', picked)
  }
  return (
    <fieldset className="act-asks">
      <legend className="unseen">{t('ask.label')}</legend>
      {day && (
        <p>
          <b>{t(`ask.${day.why}`, { said: day.said })}</b>
          {day.days.map((one) => (
            <Button key={one} onClick={() => pick(one)}>
              {sayDay(one, lang, { weekday: true, thisYear: today })}
            </Button>
          ))}
          {day.why !== 'future' && (
            <Input
              type="date"
              aria-label={t('field.day')}
              min={day.from ?? undefined}
              max={day.until ?? today}
              value=""
              onChange={(event) => event.target.value && pick(event.target.value)}
            />
          )}
        </p>
      )}
      {names.map(({ said, among }) => (
        <p key={said}>
          <b>{t('ask.who', { said })}</b>
          {among.map(({ person, name, note }) => (
            <Button key={person} onClick={() => set('who', { ...values.who, [said]: person })}>
              {name} · {note}
            </Button>
          ))}
          <Button kind="bare" onClick={() => set('who', { ...values.who, [said]: '' })}>
            {t('ask.none')}
          </Button>
        </p>
      ))}
    </fieldset>
  )
}
