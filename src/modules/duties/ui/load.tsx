import { useEffect, useState } from 'react'
import type { InputOf, OkOf } from '#kernel/contract.ts'
import { useAct, useRead } from '#web/client.ts'
import { Button, Go, Tag } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useWords } from '#web/words.ts'
import { dutyRoutes } from '../contract.ts'
import { words } from './load-words.ts'
import './load.css'

type Loads = Omit<OkOf<typeof dutyRoutes.load>, 'first'>
const shownAtMost = 5
const useT = () => useWords('duty-load', words)
const hoursOf = (minutes: number): string => String(Math.round(minutes / 6) / 10)

/** Each person's year with what is added: those above their budget first. */
export function LoadList({ of }: { of: Loads }) {
  const t = useT()
  const [all, setAll] = useState(false)
  const sorted = of.persons.toSorted((a, b) => Number(b.over) - Number(a.over))
  const shown = all ? sorted : sorted.slice(0, shownAtMost)
  return (
    <>
      <p>
        <b>{t('load.sum', { adds: of.adds, hours: hoursOf(of.minutes) })}</b>
      </p>
      <ul className="load-list">
        {shown.map(({ person, has, adds, minutes, budget, over }) => (
          <li key={person.id}>
            {t('load.person', { name: person.name, has, adds, hours: hoursOf(minutes) })}{' '}
            {budget !== null && <Tag tone={over ? 'yellow' : 'plain'}>{t(over ? 'load.over' : 'load.budget', { budget })}</Tag>}
          </li>
        ))}
      </ul>
      {sorted.length > shown.length && (
        <Button kind="bare" onClick={() => setAll(true)}>
          {t('load.more', { count: sorted.length - shown.length })}
        </Button>
      )}
    </>
  )
}

/** What a form would add to each person, asked a moment after it changed; nothing while it says too little. `input` null asks nothing. */
export function LoadPanel({ input }: { input: InputOf<typeof dutyRoutes.load> | null }) {
  const t = useT()
  const { verbs } = useMe()
  const { mutate, data, variables } = useAct(dutyRoutes.load, { invalidates: [] })
  const asked = input === null || !verbs.includes('duty.assign') ? null : JSON.stringify(input)
  useEffect(() => {
    if (asked === null) return
    const timer = setTimeout(() => mutate(JSON.parse(asked)), 400)
    return () => clearTimeout(timer)
  }, [asked, mutate])
  if (!data || asked === null || JSON.stringify(variables) !== asked) return null
  return (
    <section className="load-panel" aria-label={t('load.title')} aria-live="polite">
      <h3>{t('load.title')}</h3>
      {data.persons.length === 0 ? <p className="note">{t('load.none')}</p> : <LoadList of={data} />}
      {data.over && <p className="load-waits">{t('load.waits', { who: data.first.map((one) => one.name).join('、') || t('nobody') })}</p>}
      {data.persons.length > 0 && <p className="note">{t('load.estimate')}</p>}
    </section>
  )
}

/** On one's own page: what waits for one's signature, and what of one's own came back. */
export function ToSign() {
  const t = useT()
  const { verbs, person } = useMe()
  const read = useRead(dutyRoutes.awaiting, { limit: 50 }, { enabled: verbs.includes('duty.assign') })
  if (!read.data) return null
  const sign = read.data.items.filter((one) => one.actions.includes('approve')).length
  const returned = read.data.items.filter((one) => one.state === 'returned' && one.by.id === person?.id).length
  if (sign + returned === 0) return null
  return (
    <section className="card pad to-sign">
      <p>
        <b>{sign > 0 ? t('mine.says', { count: sign }) : t('mine.returned', { count: returned })}</b>
      </p>
      <Go to="/awaiting" kind="soft">
        {t('mine.go')}
      </Go>
    </section>
  )
}
