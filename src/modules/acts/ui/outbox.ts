import { call, Refused } from '#web/client.ts'
import { actRoutes } from '../contract.ts'
import type { RecordInput } from './said.ts'

/**
 * Acts that were written down while nothing answered. They are kept in this browser, for each person apart, and sent once the line is back, each
 * under the one key with which it was first tried: what did arrive then is answered now, and not written twice.
 */
export type Unsent = {
  key: string
  /** When it was written down, an instant. */
  at: string
  input: RecordInput
  /** What the person said of the obligations where what it would discharge had not been seen yet; null: `input.discharges` is what was chosen. */
  ticks: Record<string, boolean> | null
  /** Why the server would not take it. */
  refused: string | null
}

const place = (person: string) => `zelian.unsent.${person}`
const hearers = new Set<() => void>()
/** Tells when something was kept, sent or dropped, in this tab or another. */
export function hearUnsent(hear: () => void): () => void {
  const other = (event: StorageEvent) => event.key?.startsWith('zelian.unsent.') && hear()
  hearers.add(hear)
  window.addEventListener('storage', other)
  return () => {
    hearers.delete(hear)
    window.removeEventListener('storage', other)
  }
}

const none: Unsent[] = []
let seen: { text: string | null; list: Unsent[] } = { text: null, list: none }
/** What is kept for a person, in the order it was written; the same list as long as nothing changed. */
export function unsentOf(person: string): Unsent[] {
  const text = localStorage.getItem(place(person))
  if (text === seen.text) return seen.list
  try {
    seen = { text, list: text === null ? none : (JSON.parse(text) as Unsent[]) }
  } catch {
    seen = { text, list: none }
  }
  return seen.list
}

function put(person: string, list: readonly Unsent[]): void {
  if (list.length === 0) localStorage.removeItem(place(person))
  else localStorage.setItem(place(person), JSON.stringify(list))
  for (const hear of hearers) hear()
}
const change = (person: string, key: string, to: Partial<Unsent>) =>
  put(
    person,
    unsentOf(person).map((one) => (one.key === key ? { ...one, ...to } : one)),
  )

export const keepUnsent = (person: string, one: Unsent): void =>
  put(person, [...unsentOf(person).filter(({ key }) => key !== one.key), one])
export const dropUnsent = (person: string, key: string): void =>
  put(
    person,
    unsentOf(person).filter((one) => one.key !== key),
  )

/** What waits for the line; what was refused waits for the person. */
export const waiting = (list: readonly Unsent[]): Unsent[] => list.filter(({ refused }) => refused === null)

/** Matches what was never matched, and keeps the outcome before anything is sent: a second try must say the same as the first. */
async function settled(person: string, one: Unsent): Promise<RecordInput> {
  const { ticks } = one
  if (ticks === null) return one.input
  const { what, happenedOn, doneBy } = one.input
  const chair = one.input.parts?.find(({ part }) => part === 'chair')?.person
  const asked = { what, happenedOn, ...(doneBy ? { doneBy } : {}), ...(chair ? { chair } : {}), with: (one.input.with ?? []).join(',') }
  const { items } = await call(actRoutes.propose, asked, { asOf: null })
  const discharges = items.filter(({ obligation, likely }) => ticks[obligation.id] ?? likely).map(({ obligation }) => obligation.id)
  const input = { ...one.input, discharges }
  change(person, one.key, { input, ticks: null })
  return input
}

let busy = false
/** Sends what waits, one after the other; stops where nothing answers or nobody is signed in. Returns the titles each sent one discharged. */
export async function sendUnsent(person: string): Promise<{ what: string; titles: string[] }[]> {
  if (busy) return []
  busy = true
  const sent: { what: string; titles: string[] }[] = []
  try {
    for (const one of waiting(unsentOf(person))) {
      const input = await settled(person, one)
      const act = await call(actRoutes.record, input, { key: one.key, asOf: null })
      dropUnsent(person, one.key)
      sent.push({ what: act.what, titles: act.discharges.map(({ title }) => title) })
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const [one] = waiting(unsentOf(person))
    // A session that ended and a server that is busy are no answer to the act.
    if (one && ![0, 401, 429, 503].includes(error.status)) {
      change(person, one.key, { refused: error.message })
      busy = false
      return [...sent, ...(await sendUnsent(person))]
    }
  } finally {
    busy = false
  }
  return sent
}
