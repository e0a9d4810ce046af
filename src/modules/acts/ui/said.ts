import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { actRoutes } from '../contract.ts'
import { type ActKind, dayOnly, kindIn } from '../reading/kinds.ts'
import type { Reading } from '../reading/line.ts'
import type { DayAsk } from '../reading/when.ts'
import type { NameAsk } from '../reading/who.ts'
import type { LateCause, Part } from '../rules.ts'

/** What a person filled in or picked; what is left empty is taken from what the line was read as. Pure. */
export type Happening = {
  what: string
  happenedOn: string
  /** What was asked when the day was picked: the pick answers that and nothing else. '' where the day was set without being asked. */
  answered: string
  beganOn: string
  time: string
  kind: ActKind | ''
  count: string
  doneBy: string
  /** Added to those whom the line names. */
  with: string[]
  /** Named in the line, or of a unit it names, but said to have had no part in it. */
  out: string[]
  /** Who is meant by a name that several bear; '' is none of them. */
  who: Record<string, string>
  parts: Record<string, Part>
  lateCause: LateCause | ''
  /** Only where they differ from what was proposed. */
  ticks: Record<string, boolean>
  reason: string
}
export const blank: Happening = {
  ...{ what: '', happenedOn: '', answered: '', beganOn: '', time: '', kind: '', count: '', doneBy: '', with: [], out: [], who: {} },
  ...{ parts: {}, lateCause: '', ticks: {}, reason: '' },
}

type Around = {
  me: string
  today: string
  /** Whether acts are recorded for others here: whoever chaired, or is named first, is then whom it is recorded for. */
  forOthers: boolean
  membersOf: (unit: string) => readonly string[]
}
export type Taken = {
  what: string
  day: string
  beganOn: string
  time: string
  kind: ActKind
  count: string
  doneBy: string
  with: string[]
  parts: Map<string, Part>
  asks: { day: DayAsk | null; names: NameAsk[] }
}

/** Whom the line says it was done by: who chaired, else who is named at its head; oneself where acts are not recorded for others. */
function doerOf(reading: Reading, { me, forOthers }: Around): string {
  if (!forOthers) return me
  const chairs = reading.people.filter(({ part }) => part === 'chair')
  if (chairs.length === 1 && chairs[0]) return chairs[0].person
  const [first] = reading.people
  const head = first && reading.line.indexOf(reading.what) >= 0 && reading.what.startsWith(reading.line.slice(first.at, first.at + 2))
  return head ? first.person : me
}

/** What will be recorded: what was filled in, else what was read. `reading` null: nothing is read, everything is filled in. */
export function takenOf(values: Happening, reading: Reading | null, around: Around): Taken {
  const chosen = Object.values(values.who).filter((id) => id !== '')
  const read = reading?.people.filter(({ person }) => !values.out.includes(person)) ?? []
  const members = (reading?.units ?? []).flatMap(({ unit }) => around.membersOf(unit)).filter((id) => !values.out.includes(id))
  const doneBy = values.doneBy || (reading ? doerOf(reading, around) : around.me)
  const kind = values.kind || reading?.kind || kindIn(values.what).kind
  const everybody = [...read.map(({ person }) => person), ...chosen, ...members, ...values.with]
  const parts = new Map<string, Part>(read.flatMap(({ person, part }) => (part === 'attend' ? [] : [[person, part] as const])))
  for (const [person, part] of Object.entries(values.parts)) parts.set(person, part)
  const others = [...new Set(everybody)].filter((id) => id !== doneBy)
  for (const person of parts.keys()) if (person !== doneBy && !others.includes(person)) parts.delete(person)
  const picked = values.answered === '' || values.answered === reading?.asks.day?.said ? values.happenedOn : ''
  const day = picked || reading?.day || (reading?.asks.day ? '' : around.today)
  return {
    what: (reading?.what ?? values.what).trim(),
    day,
    beganOn: values.beganOn || (picked === '' || picked === reading?.day ? (reading?.beganOn ?? '') : ''),
    time: dayOnly(kind) ? '' : values.time || (reading?.time ?? ''),
    kind,
    count: values.count || String(reading?.count ?? ''),
    doneBy,
    with: others,
    parts,
    asks: {
      day: picked === '' ? (reading?.asks.day ?? null) : null,
      names: reading?.asks.names.filter(({ said }) => !(said in values.who)) ?? [],
    },
  }
}

/** Whether nothing has to be asked any more, and there is something to record that has happened. */
export const ready = (taken: Taken, today: string): boolean =>
  taken.what !== '' && taken.day !== '' && taken.day <= today && taken.asks.day === null && taken.asks.names.length === 0

export type RecordInput = InputOf<typeof actRoutes.record>
/** What is sent: exactly what was taken, and exactly the obligations chosen. */
export function sentOf(taken: Taken, discharges: readonly string[], lateCause: LateCause | ''): RecordInput {
  const count = Number(taken.count)
  return {
    what: taken.what,
    happenedOn: taken.day,
    ...(taken.beganOn && taken.beganOn < taken.day ? { beganOn: taken.beganOn } : {}),
    ...(taken.time ? { time: taken.time } : {}),
    kind: taken.kind,
    ...(Number.isInteger(count) && count >= 1 ? { count } : {}),
    doneBy: taken.doneBy,
    with: taken.with,
    ...(taken.parts.size > 0 ? { parts: [...taken.parts].map(([person, part]) => ({ person, part })) } : {}),
    ...(lateCause ? { lateCause } : {}),
    discharges: [...discharges],
  }
}

export type Proposal = OkOf<typeof actRoutes.propose>['items'][number]
/** An obligation that is offered whatever is written: the one the form was opened for, or what the corrected act had discharged. */
export type Given = { id: string; title: string; due?: string }

/** What stands ticked, in the order it is shown: what the person said of each, else what was given or is likely. */
export function tickedOf(items: readonly Proposal[], ticks: Happening['ticks'], given: readonly Given[]): string[] {
  const others = items.filter(({ obligation }) => !given.some(({ id }) => id === obligation.id))
  return [
    ...given.filter(({ id }) => ticks[id] ?? true).map(({ id }) => id),
    ...others.filter(({ obligation, likely }) => ticks[obligation.id] ?? likely).map(({ obligation }) => obligation.id),
  ]
}

/** The same duty and period of several people, to be ticked as one: 参加学习例会 · 12 人. */
export type Group = { key: string; items: Proposal[] }
export function groupsOf(items: readonly Proposal[]): Group[] {
  const same = ({ obligation }: Proposal) => `${obligation.becauseId} ${obligation.period}`
  return [...Map.groupBy(items, same)].map(([key, own]) => ({ key, items: own }))
}
