import { useEffect, useState } from 'react'
import { earlier } from '#kernel/calendar/index.ts'
import { useRead } from '#web/client.ts'
import { useMe } from '#web/session.ts'
import { actRoutes } from '../contract.ts'
import { readLine } from '../reading/line.ts'
import { readWhen } from '../reading/when.ts'
import { useOffice } from './office.ts'
import { type Happening, type Taken, takenOf } from './said.ts'

/** What is written, read in the office as of the day it names, with what the person picked instead. `reads` false: nothing is read. */
export function useTaking(values: Happening, reads: boolean, enabled = true) {
  const { person, today, roles } = useMe()
  const when = reads ? readWhen(values.what, today) : null
  const named = values.happenedOn || when?.day || today
  const office = useOffice(enabled, earlier(named, today))
  const reading = reads ? readLine(values.what, today, () => office.ground) : null
  const taken = takenOf(values, reading, {
    me: person?.id ?? '',
    today,
    forOthers: roles.includes('clerk'),
    membersOf: (unit) => office.groups.find(({ value }) => value === `unit ${unit}`)?.members ?? [],
  })
  return { office, reading, taken }
}

/** A value a moment after it last changed. */
function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value)
  const text = JSON.stringify(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as T), ms)
    return () => clearTimeout(timer)
  }, [text, ms])
  return settled
}

/** What is asked of the server to learn which obligations something would discharge. */
export function askedOf(taken: Taken) {
  const chair = [...taken.parts].filter(([, part]) => part === 'chair').map(([person]) => person)
  return {
    happenedOn: taken.day,
    ...(taken.what ? { what: taken.what } : {}),
    ...(taken.doneBy ? { doneBy: taken.doneBy } : {}),
    ...(taken.with.length > 0 ? { with: taken.with.join(',') } : {}),
    ...(chair.length > 0 ? { chair: chair.join(',') } : {}),
  }
}

/** The obligations that what is written would discharge, asked a moment after the last key. `settled`: the answer is to exactly what stands there. */
export function useProposals(taken: Taken, enabled = true) {
  const { today } = useMe()
  const asked = askedOf(taken)
  const settled = useSettled(asked, 280)
  const possible = enabled && settled.happenedOn !== '' && settled.happenedOn <= today
  const read = useRead(actRoutes.propose, settled, { enabled: possible, keep: true })
  const fresh = !read.isFetching && !read.isPlaceholderData && read.data !== undefined
  return {
    items: enabled ? (read.data?.items ?? []) : [],
    late: enabled && (read.data?.late ?? false),
    settled: JSON.stringify(settled) === JSON.stringify(asked) && fresh,
  }
}
