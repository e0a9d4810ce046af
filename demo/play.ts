import { addDays } from '#kernel/calendar/index.ts'
import { correct, record, withdraw } from '#modules/acts/index.ts'
import { handOver, moveDue, waive } from '#modules/obligations/index.ts'
import type { Change, Doing, Year } from './doings.ts'
import type { Owing } from './fates.ts'
import { assumeErrand } from './opening.ts'
import type { Chance } from './random.ts'
import { holderOf, instant, owingsOf, recorderOf, type Stage, together } from './stage.ts'
import { wordsOf } from './words.ts'
import { errands, urgent } from './year.ts'

/** A short task during the year; its obligation gets its id when it is written down. */
export type Errand = { owing: Owing; of: (typeof errands)[number] }
type Step = { at: Date; touches: readonly Owing[]; run: (at: Date) => Promise<unknown> }

/** The hour of a day at which something is written down, in minutes. */
const hour = (chance: Chance, ...words: string[]) => chance.whole(9 * 60, 17 * 60 + 30, 'hour', ...words)
const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

function recording(stage: Stage, chance: Chance, doing: Doing): Step[] {
  const { tx, office, calendar } = stage
  const by = recorderOf(doing.doer)
  const words = wordsOf(doing.owings, chance)
  const minutes = hour(chance, doing.doer, doing.on, words)
  const input = (on: string) => ({
    what: words,
    happenedOn: on,
    time: clock(Math.max(9 * 60, minutes - 60)),
    doneBy: office.person(doing.doer),
    with: doing.with.map(office.person),
    discharges: doing.owings.map((one) => one.id),
  })
  const at = instant(doing.recordOn, minutes)
  const touches = doing.owings
  if (doing.twist === null) return [{ at, touches, run: (now) => record(tx, stage.ctx(by, now), input(doing.on)) }]
  const made = { id: '' }
  const keep = async (now: Date, on: string) => {
    made.id = (await record(tx, stage.ctx(by, now), input(on))).id
  }
  if (doing.twist === 'corrected') {
    const right = calendar.addWorkingDays(doing.on, -1)
    const seen = calendar.addWorkingDays(doing.recordOn, chance.whole(1, 4, 'seen', words))
    const reason = `日期记错了，应为${Number(right.slice(5, 7))}月${Number(right.slice(8))}日`
    return [
      { at, touches, run: (now) => keep(now, doing.on) },
      { at: instant(seen, 10 * 60), touches, run: (now) => correct(tx, stage.ctx(by, now), { ...input(right), id: made.id, reason }) },
    ]
  }
  const first = calendar.addWorkingDays(doing.on, -3)
  return [
    { at: instant(first, minutes), touches, run: (now) => keep(now, first) },
    {
      at: instant(calendar.addWorkingDays(first, 1), 9 * 60),
      touches,
      run: (now) => withdraw(tx, stage.ctx(by, now), { id: made.id, reason: '误记：记的是上一期的事' }),
    },
    { at, touches, run: (now) => record(tx, stage.ctx(by, now), input(doing.on)) },
  ]
}

function changing(stage: Stage, change: Change): Step {
  const { tx, office } = stage
  const { owing, on, reason } = change
  const by = office.inCharge(owing.unit, on)
  const at = instant(on, 15 * 60)
  const touches = [owing]
  if (change.kind === 'waive') return { at, touches, run: (now) => waive(tx, stage.ctx(by, now), { id: owing.id, reason }) }
  if (change.kind === 'move')
    return { at, touches, run: (now) => moveDue(tx, stage.ctx(by, now), { id: owing.id, due: change.due, reason }) }
  const to = { person: office.person(change.to), unit: office.unit(owing.unit) }
  return { at, touches, run: (now) => handOver(tx, stage.ctx(by, now), { id: owing.id, ...to, reason }) }
}

function assuming(stage: Stage, { owing, of }: Errand): Step {
  const at = instant(owing.opens, 8 * 60 + 40)
  const run = async (now: Date) => {
    const duty = await assumeErrand(stage, now, of, owing.opens, owing.due)
    const [made] = await owingsOf(stage, new Map([[duty, owing.duty]]), now, duty)
    if (!made) throw new Error(`nobody owes ${of.title}`)
    owing.id = made.id
  }
  return { at, touches: [owing], run }
}

/**
 * The errands of the year, one about every three weeks, and those of these days: one of the works that is overdue, and `near` that are due
 * today or in the next two working days.
 */
export function errandsOf(
  { calendar }: Stage,
  chance: Chance,
  start: string,
  today: string,
  near: number,
): { past: Errand[]; open: Errand[] } {
  const make = (list: typeof errands, nth: number, since: string, due: string): Errand => {
    const index = nth % list.length
    const of = list[index] as (typeof errands)[number]
    const [unit = ''] = of.post.split('.')
    const duty = list === errands ? `errand.${index}` : `urgent.${index}`
    return { of, owing: { id: '', duty, unit, holder: holderOf(of.post), period: 'once', opens: since, warnFrom: due, due } }
  }
  const past: Errand[] = []
  const last = addDays(today, -24)
  for (let day = addDays(start, 34), nth = 0; day < last; day = addDays(day, chance.whole(16, 25, 'errand', day)), nth += 1) {
    const since = calendar.nextWorkingDayOnOrAfter(day)
    past.push(make(errands, nth, since, calendar.addWorkingDays(since, 12)))
  }
  const yesterday = addDays(today, -1)
  const overdue = make(urgent, 0, calendar.addWorkingDays(today, -13), calendar.addWorkingDays(today, -2))
  const open = Array.from({ length: near }, (_, i) =>
    make(urgent, 1 + i, calendar.addWorkingDays(today, -12 + (i % 3)), calendar.addWorkingDays(yesterday, 1 + (i % 3))),
  )
  return { past: past.filter((one) => one.owing.due < today), open: [overdue, ...open] }
}

/** Steps in their order, in groups of at most a dozen of which no two touch the same obligation. */
function grouped(steps: readonly Step[]): Step[][] {
  const groups: Step[][] = []
  let touched = new Set<Owing>()
  for (const step of steps) {
    const last = groups.at(-1)
    if (last && last.length < 12 && step.touches.every((owing) => !touched.has(owing))) last.push(step)
    else {
      groups.push([step])
      touched = new Set()
    }
    for (const owing of step.touches) touched.add(owing)
  }
  return groups
}

/** Plays the year in the order of its instants, by the same actions that people use. */
export async function play(stage: Stage, chance: Chance, year: Year, list: readonly Errand[]): Promise<void> {
  const steps = [
    ...list.map((one) => assuming(stage, one)),
    ...year.changes.map((one) => changing(stage, one)),
    ...year.doings.flatMap((one) => recording(stage, chance, one)),
  ].sort((a, b) => a.at.getTime() - b.at.getTime())
  for (const group of grouped(steps))
    await together(
      group.map(
        ({ at, run }) =>
          () =>
            run(at),
      ),
    )
}
