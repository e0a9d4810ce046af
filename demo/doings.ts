import { addDays, daysBetween, later } from '#kernel/calendar/index.ts'
import type { Done, Fates, Owing, Today } from './fates.ts'

/** Turns fates into what people did: acts, of which one may settle several obligations, and the few things that went otherwise. Pure. */

/** One act: who did it with whom, what it settles, when it was done and when written down. */
export type Doing = { owings: Owing[]; doer: string; with: string[]; on: string; recordOn: string; twist: 'corrected' | 'withdrawn' | null }
export type Change =
  | { kind: 'waive'; owing: Owing; on: string; reason: string }
  | { kind: 'move'; owing: Owing; on: string; due: string; reason: string }
  | { kind: 'hand over'; owing: Owing; on: string; to: string; reason: string }
export type Year = { doings: Doing[]; changes: Change[] }

/** The second finding goes to another person of the unit after a while. */
const handed = 'finding.1'

const waivable: readonly { duty: string; reason: string }[] = [
  { duty: 'signals.upkeep', reason: '本期没有新签和到期的运维合同' },
  { duty: 'civil.lease', reason: '租赁合同统一换签，本期并入下期核对' },
  { duty: 'teaching.short', reason: '人员集中参加市里布展，本期免做' },
]

const plain = (one: Done) => !one.late && !one.backfilled

/** Takes the first of a list that answers, out of the list. */
function take(list: Done[], fits: (one: Done) => boolean): Done | undefined {
  const at = list.findIndex(fits)
  return at < 0 ? undefined : list.splice(at, 1)[0]
}

/** A few waived with a reason, one due day moved; what they concern leaves `done` or changes its day. */
function changesOf(done: Done[], { today, calendar, chance }: Today): Change[] {
  const changes: Change[] = []
  for (const { duty, reason } of waivable) {
    const begunBy = (one: Done) => calendar.addWorkingDays(one.owing.opens, 20) < today
    const periods = done.filter((one) => one.owing.duty === duty && begunBy(one)).map((one) => one.owing.period)
    const period = periods.length > 0 ? chance.pick(periods, 'waived', duty) : null
    const one = take(done, ({ owing }) => owing.duty === duty && owing.period === period)
    if (one) changes.push({ kind: 'waive', owing: one.owing, on: calendar.addWorkingDays(one.owing.opens, 15), reason })
  }
  const old = (one: Done) => plain(one) && daysBetween(one.owing.due, today) > 25
  const movable = [
    (one: Done) => one.owing.duty === 'personnel.tenure',
    (one: Done) => one.owing.duty.startsWith('errand.'),
    (one: Done) => one.owing.duty === 'general.dispatch',
  ]
  const moved = movable.flatMap((fits) => done.filter((one) => old(one) && fits(one)))[0]
  if (moved) {
    const { due } = moved.owing
    changes.push({
      kind: 'move',
      owing: moved.owing,
      on: calendar.addWorkingDays(due, -2),
      due: calendar.addWorkingDays(due, 10),
      reason: '上级的配套意见还没下发，等到了再定',
    })
    moved.on = calendar.addWorkingDays(due, 4)
    moved.recordOn = moved.on
  }
  return changes
}

/** One handed over: whoever takes it settles it, unless it is open still. */
function handOverOf(fates: { done: Done[]; open: readonly Owing[] }, { calendar }: Today, successor: string): Change[] {
  const done = fates.done.find((one) => one.owing.duty === handed)
  const owing = done?.owing ?? fates.open.find((one) => one.duty === handed)
  if (!owing) return []
  const on = calendar.addWorkingDays(owing.opens, 12)
  owing.holder = successor
  if (done) {
    done.on = later(done.on, calendar.addWorkingDays(on, 2))
    done.recordOn = later(done.recordOn, done.on)
  }
  return [{ kind: 'hand over', owing, on, to: successor, reason: '原责任人抽调到市里专班，由接手人继续整改' }]
}

/** Study sessions: one act of the branch's secretary for everyone who was there, and for the members' meeting held beside it. */
function sessions(done: Done[], secretaryOf: (unit: string) => string): Doing[] {
  const study = done.filter((one) => one.owing.duty === 'staff.study')
  return [...Map.groupBy(study, ({ owing, on, recordOn }) => `${owing.unit} ${owing.period} ${on} ${recordOn}`).values()].flatMap(
    (group) => {
      const [first] = group
      if (!first) return []
      const { unit, period } = first.owing
      const doer = secretaryOf(unit)
      const meeting = take(
        done,
        (one) => one.owing.duty === 'branch.meeting' && one.owing.unit === unit && one.owing.period === period && plain(one),
      )
      const owings = [...(meeting ? [meeting.owing] : []), ...group.map((one) => one.owing)]
      const others = [...new Set(group.map((one) => one.owing.holder))].filter((name) => name !== doer)
      return [{ owings, doer, with: others, on: first.on, recordOn: first.recordOn, twist: null }]
    },
  )
}

/** Of the leadership those the first responsible talked with in a quarter: each in turn is not reached in one of them. */
const members = ['沈国安', '高秀兰', '罗文斌'] as const
const talkedWith = ({ duty, due }: Owing): string[] =>
  duty === 'first.lead' ? members.filter((_, i) => i !== Math.floor((Number(due.slice(5, 7)) - 1) / 3) % members.length) : []

const alone = (one: Done): Doing => ({
  owings: [one.owing],
  doer: one.owing.holder,
  with: talkedWith(one.owing),
  on: one.on,
  recordOn: one.recordOn,
  twist: null,
})

/** Neighbouring things of one person, in time, often are one act: a meeting that settles the month's two items. */
function joined(list: readonly Done[], { chance }: Today): Doing[] {
  const doings: Doing[] = []
  for (const own of Map.groupBy(list, (one) => one.owing.holder).values()) {
    let last: Doing | null = null
    for (const one of own.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))) {
      const near = last !== null && plain(one) && daysBetween(last.on, one.on) <= 6 && last.owings.every((owing) => owing.due >= one.on)
      if (last && near && last.owings.length < 3 && chance.of('joined', one.owing.duty, one.owing.holder, one.owing.period) < 0.6) {
        last.owings.push(one.owing)
        last.with = [...new Set([...last.with, ...talkedWith(one.owing)])]
        last.on = one.on
        last.recordOn = later(last.recordOn, one.recordOn)
        continue
      }
      const doing = alone(one)
      doings.push(doing)
      last = plain(one) ? doing : null
    }
  }
  return doings
}

/** Three that were corrected and one that was first written down by mistake, withdrawn, and done again. */
function twist(doings: readonly Doing[], { today, calendar, chance }: Today): void {
  const rank = (one: Doing) => chance.of('twist', one.doer, one.on)
  const fit = doings
    .filter((one) => one.owings.length === 1 && one.recordOn <= addDays(today, -12) && (one.owings[0]?.due ?? '') >= one.on)
    .filter((one) => (one.owings[0]?.opens ?? '') <= calendar.addWorkingDays(one.on, -4))
    .sort((a, b) => rank(a) - rank(b))
  fit.slice(0, 4).forEach((one, i) => {
    one.twist = i === 0 ? 'withdrawn' : 'corrected'
  })
}

/** The year as people lived it. `successor` takes over what is handed over; `secretaryOf` names a branch's secretary. */
export function yearOf(fates: Fates, at: Today, people: { successor: string; secretaryOf: (unit: string) => string }): Year {
  const done = fates.done.map((one) => ({ ...one }))
  const changes = [...changesOf(done, at), ...handOverOf({ done, open: fates.open }, at, people.successor)]
  const meetings = sessions(done, people.secretaryOf)
  const changed = new Set(changes.map((one) => one.owing))
  const rest = done.filter((one) => one.owing.duty !== 'staff.study')
  const short = (one: Done) => /^(errand|finding)\./.test(one.owing.duty) || changed.has(one.owing)
  const doings = [
    ...joined(
      rest.filter((one) => !short(one)),
      at,
    ),
    ...rest.filter(short).map(alone),
    ...meetings,
  ]
  twist(
    doings.filter((one) => !one.owings.some((owing) => changed.has(owing))),
    at,
  )
  return { doings, changes }
}
