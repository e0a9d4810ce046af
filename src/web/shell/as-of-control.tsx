import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Search } from '../address.ts'
import { useAsOf } from '../as-of.ts'
import { quickDays, sayDay } from '../days.ts'
import { Pop } from '../kit/pop.tsx'
import { useMe } from '../session.ts'
import { useLang, useSay } from '../words.ts'
import { Icon } from './icons.tsx'

/** Turns every page to a day: writes it to the address, or takes it away. Today and what has not come are today. */
function useTurn(): (day: string | null) => void {
  const navigate = useNavigate()
  const { today } = useMe()
  return (day) =>
    void navigate({ to: '.', search: (before: Search) => ({ ...before, asOf: day !== null && day < today ? day : undefined }) })
}

/** 截至: the day the whole product is looked at. */
export function AsOfControl() {
  const say = useSay()
  const lang = useLang()
  const { today } = useMe()
  const asOf = useAsOf()
  const turn = useTurn()
  const shown = asOf === null ? say('asOf.today') : sayDay(asOf, lang, { year: true })
  return (
    <Pop
      className={`as-of${asOf === null ? '' : ' back'}`}
      label={say('asOf.label', { day: shown })}
      face={
        <>
          <span className="as-of-word">{say('asOf.word')}</span> <b>{shown}</b> <Icon name="down" />
        </>
      }
    >
      {(close) => (
        <AsOfPanel
          asOf={asOf}
          today={today}
          turn={(day) => {
            turn(day)
            close()
          }}
        />
      )}
    </Pop>
  )
}

function AsOfPanel({ asOf, today, turn }: { asOf: string | null; today: string; turn: (day: string | null) => void }) {
  const say = useSay()
  const lang = useLang()
  const [typed, setTyped] = useState(asOf ?? '')
  const sound = /^\d{4}-\d{2}-\d{2}$/.test(typed) && typed < today
  return (
    <form
      className="as-of-panel"
      onSubmit={(event) => {
        event.preventDefault()
        if (sound) turn(typed)
      }}
    >
      <label htmlFor="as-of-day">{say('asOf.pick')}</label>
      <div className="as-of-line">
        <input
          id="as-of-day"
          data-first
          className="input"
          type="date"
          max={today}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit" className="go soft" disabled={!sound}>
          {say('asOf.turn')}
        </button>
      </div>
      <ul className="as-of-quick">
        {quickDays(today)
          .filter(({ day }) => day < today)
          .map(({ word, day }) => (
            <li key={word}>
              <button type="button" onClick={() => turn(day)}>
                {say(word)}
                <small>{sayDay(day, lang, { thisYear: today })}</small>
              </button>
            </li>
          ))}
        {asOf !== null && (
          <li>
            <button type="button" onClick={() => turn(null)}>
              {say('asOf.return')}
            </button>
          </li>
        )}
      </ul>
    </form>
  )
}

/** The dark band over every page that looks back. */
export function Band() {
  const say = useSay()
  const lang = useLang()
  const asOf = useAsOf()
  const turn = useTurn()
  if (asOf === null) return null
  return (
    <section className="band" aria-label={say('asOf.band')}>
      <b>{say('asOf.looking', { day: sayDay(asOf, lang, { year: true }) })}</b>
      <span>{say('asOf.means')}</span>
      <button type="button" onClick={() => turn(null)}>
        {say('asOf.return')}
      </button>
    </section>
  )
}
