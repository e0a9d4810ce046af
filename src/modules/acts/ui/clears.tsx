import { useState } from 'react'
import { sayPeriod } from '#modules/duties/cadence.ts'
import type { Refused } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Button, type Form, Light, type LightName } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang } from '#web/words.ts'
import { useT } from './happening.tsx'
import { type Given, groupsOf, type Happening, type Proposal, tickedOf } from './said.ts'
import type { useProposals } from './taking.ts'

type Line = { key: string; ids: string[]; title: string; about: string; light: LightName | null; matched: readonly string[] }

/** What is given, then what is proposed, as lines to tick: the same duty of several people is one line. */
function useLines(items: readonly Proposal[], given: readonly Given[]): Line[] {
  const t = useT()
  const lang = useLang()
  const { today } = useMe()
  const say = (day: string) => sayDay(day, lang, { thisYear: today })
  const lineOf = (key: string, own: readonly Proposal[]): Line => {
    const [first] = own as [Proposal]
    const { obligation: one } = first
    const names = own.slice(0, 3).map(({ obligation }) => obligation.holder.name)
    const who = own.length > 3 ? t('clears.many', { names: names.join(t('list.and')), count: own.length }) : names.join(t('list.and'))
    return {
      key,
      ids: own.map(({ obligation }) => obligation.id),
      title: one.title,
      about: [who, sayPeriod(one.period, lang, today), say(one.due)].join(' · '),
      light: own.some(({ obligation }) => obligation.light === 'red') ? 'red' : one.light,
      matched: first.words,
    }
  }
  const first = given.map(({ id, title, due }) => {
    const own = items.find(({ obligation }) => obligation.id === id)
    return own ? lineOf(id, [own]) : { key: id, ids: [id], title, about: due ? say(due) : '', light: null, matched: [] }
  })
  const rest = items.filter(({ obligation }) => !given.some(({ id }) => id === obligation.id))
  return [...first, ...groupsOf(rest).map(({ key, items: own }) => lineOf(key, own))]
}

type ClearsProps = {
  /** The day it was done; '' while that has to be asked. */
  day: string
  form: Form<Happening>
  proposals: ReturnType<typeof useProposals>
  given: readonly Given[]
  refused: Refused | null
}

/** Which obligations it discharges; a line for several people is ticked as one, or opened and ticked one by one. */
export function Clears({ day, form, proposals, given, refused }: ClearsProps) {
  const t = useT()
  const { values, set } = form
  const [opened, setOpened] = useState<string | null>(null)
  const waits = day === '' ? 'field.clearsDay' : 'field.clearsWait'
  const lines = useLines(proposals.items, given)
  const ticked = tickedOf(proposals.items, values.ticks, given)
  const at = refused?.at.find((place) => place.at.startsWith('/discharges/'))
  const refusedId = at ? ticked[Number(at.at.split('/')[2])] : undefined
  const tick = (ids: readonly string[], on: boolean) => set('ticks', { ...values.ticks, ...Object.fromEntries(ids.map((id) => [id, on])) })
  const holderOf = (id: string) => proposals.items.find(({ obligation }) => obligation.id === id)?.obligation.holder.name ?? ''
  return (
    <fieldset className="act-clears">
      <legend>{t('field.clears')}</legend>
      <p className="hint">{t(lines.length > 0 ? 'field.clearsHint' : proposals.settled ? 'field.clearsNone' : waits)}</p>
      <ul>
        {lines.map((line) => {
          const on = line.ids.filter((id) => ticked.includes(id)).length
          const bad = refusedId !== undefined && line.ids.includes(refusedId)
          return (
            <li key={line.key}>
              <label className={bad ? 'refused' : ''}>
                <input
                  type="checkbox"
                  checked={on === line.ids.length}
                  ref={(box) => {
                    if (box) box.indeterminate = on > 0 && on < line.ids.length
                  }}
                  onChange={(event) => tick(line.ids, event.target.checked)}
                />
                {line.light ? <Light light={line.light} /> : <span />}
                <span>
                  <Marked title={line.title} words={line.matched} />
                  {line.about && <small>{line.about}</small>}
                </span>
              </label>
              {line.ids.length > 1 && (
                <div className="act-each">
                  <Button kind="bare" expanded={opened === line.key} onClick={() => setOpened(opened === line.key ? null : line.key)}>
                    {t('clears.each', { on, count: line.ids.length })}
                  </Button>
                  {opened === line.key &&
                    line.ids.map((id) => (
                      <label key={id} className="chip">
                        <input type="checkbox" checked={ticked.includes(id)} onChange={(event) => tick([id], event.target.checked)} />
                        {holderOf(id)}
                      </label>
                    ))}
                </div>
              )}
              {bad && refused && (
                <p className="field-error" role="alert">
                  {at?.message ?? refused.message}
                </p>
              )}
            </li>
          )
        })}
      </ul>
    </fieldset>
  )
}

/** A title with the words of it that were said. */
function Marked({ title, words: said }: { title: string; words: readonly string[] }) {
  const parts: { text: string; hit: boolean; at: number }[] = []
  let at = 0
  for (const word of said) {
    const found = title.indexOf(word, at)
    if (found < 0) continue
    parts.push({ text: title.slice(at, found), hit: false, at }, { text: word, hit: true, at: found })
    at = found + word.length
  }
  parts.push({ text: title.slice(at), hit: false, at: title.length })
  return <>{parts.map((part) => (part.hit ? <mark key={part.at}>{part.text}</mark> : part.text))}</>
}
