import { type SaidDay, sayDay, sayInstant } from '../days.ts'
import { useMe } from '../session.ts'
import { useLang, useSay } from '../words.ts'

/** A day as people say it: 11月23日, Nov 23; with the year when it is another one. */
export function Day({ day, ...options }: { day: string } & SaidDay) {
  const lang = useLang()
  const { today } = useMe()
  return (
    <time className="day" dateTime={day}>
      {sayDay(day, lang, { thisYear: today, ...options })}
    </time>
  )
}

/** An instant, to the minute: when something was recorded. */
export function Moment({ at }: { at: string }) {
  const lang = useLang()
  const { zone } = useMe()
  return (
    <time className="day" dateTime={at}>
      {sayInstant(at, lang, zone)}
    </time>
  )
}

/**
 * A due day and how far it is: 11月27日 over 还有 3 个工作日. `left` is in working days, negative when it has passed; a text is written as it is.
 * Left out, the day stands alone.
 */
export function Due({ day, left }: { day: string; left?: number | string | null }) {
  const say = useSay()
  const { today } = useMe()
  const relation =
    typeof left === 'string'
      ? left
      : left === undefined || left === null
        ? null
        : left < 0
          ? say('due.late', { count: -left })
          : say(left === 0 ? 'due.now' : 'due.left', { count: left })
  return (
    <span className="due">
      <b>{day === today ? say('due.today') : <Day day={day} />}</b>
      {relation && <span>{relation}</span>}
    </span>
  )
}
