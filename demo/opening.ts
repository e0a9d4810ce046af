import type { ProposalView } from '#modules/directives/contract.ts'
import { accept, add, aside, merge, read } from '#modules/directives/index.ts'
import { assume, change, decompose } from '#modules/duties/index.ts'
import { directiveText, directiveTitle } from './directive.ts'
import { branchOf, ordinary, posts, holdersOf as staffOf } from './office.ts'
import { accepted, findings, merged, aside as putAside } from './paper.ts'
import { clerk, holderOf, instant, type Stage, together } from './stage.ts'
import { type DutyOf, standing } from './year.ts'

type Holder = { unit: string; post: string | null; person: string | null }

const unitOf = (post: string): string => posts.find((one) => one.key === post)?.unit ?? post.split('.')[0] ?? post

function holdersOf({ office }: Stage, holders: DutyOf['holders']): Holder[] {
  if (holders === 'staff in branch')
    return ordinary.flatMap((one) => {
      const branch = branchOf[one.unit]
      return branch ? staffOf(one).map((person) => ({ unit: office.unit(branch), post: null, person: office.person(person) })) : []
    })
  const keys = holders === 'staff in unit' ? ordinary.filter((one) => staffOf(one).length > 0).map((one) => one.key) : holders
  return keys.map((key) => ({ unit: office.unit(unitOf(key)), post: office.post(key), person: null }))
}

/** Which aspect of the first responsible's list a duty belongs to (rules `first.aspect.…`). */
const aspectOf: Readonly<Record<string, string>> = {
  'first.deploy': 'deploy',
  'first.ask': 'ask',
  'first.coordinate': 'coordinate',
  'first.case': 'oversee',
}

/** 负面清单: what is not to be done, standing, so that nothing is owed for it by a day. */
const negative: readonly { title: string; posts: readonly string[] }[] = [
  { title: '不得违规插手工程招投标和设备采购', posts: ['office.director', 'leaders.deputy1', 'leaders.deputy2', 'works.head'] },
  { title: '不得先减免易地建设费、后补手续', posts: ['permits.head'] },
  { title: '不得化整为零规避集体决策', posts: ['finance.head'] },
]

/** Writes down the standing list in the first working days. Returns duty id → key. */
export async function assumeStanding(stage: Stage, start: string): Promise<Map<string, string>> {
  const day = stage.calendar.nextWorkingDayOnOrAfter(`${start.slice(0, 8)}04`)
  const plain = { body: '', polarity: 'positive' as const, parent: null, basis: null, due: null, since: start }
  const made = await together(
    standing.map(({ key, title, kind, measure, rrule, holders }, i) => async () => {
      const ctx = stage.ctx(clerk, instant(day, 9 * 60 + i * 4))
      const { id } = await assume(stage.tx, ctx, {
        ...{ ...plain, title, kind, measure, rrule, holders: holdersOf(stage, holders) },
        aspect: aspectOf[key] ?? null,
        attend: key === 'staff.study',
      })
      return [id, key] as const
    }),
  )
  const evening = stage.ctx(clerk, instant(day, 17 * 60))
  for (const { title, posts } of negative)
    await assume(stage.tx, evening, {
      ...{ ...plain, title, kind: 'dual', polarity: 'negative', measure: null, rrule: null },
      holders: holdersOf(stage, posts),
    })
  return new Map(made)
}

/** An errand (督办件) for the head of a unit, due on a day. Returns the duty's id. */
export async function assumeErrand(
  stage: Stage,
  at: Date,
  errand: { post: string; title: string },
  since: string,
  due: string,
): Promise<string> {
  const plain = {
    body: '',
    kind: 'task' as const,
    polarity: 'positive' as const,
    measure: '办结后记一笔',
    parent: null,
    basis: null,
    rrule: null,
  }
  const { id } = await assume(stage.tx, stage.ctx(clerk, at), {
    ...plain,
    // What was chased is confirmed by whoever is in charge.
    confirm: 'superior',
    title: `督办：${errand.title}`,
    since,
    due,
    holders: holdersOf(stage, [errand.post]),
  })
  return id
}

/** The speech is pasted, read, and for the most part decided on within the week. Returns what was made: id → key. */
export async function takeSpeech(stage: Stage, year: number): Promise<Map<string, string>> {
  const { tx, office, calendar } = stage
  const issuedOn = calendar.nextWorkingDayOnOrAfter(`${year}-01-10`)
  const { id } = await add(tx, stage.ctx(clerk, instant(issuedOn, 16 * 60)), {
    title: directiveTitle(year),
    kind: 'speech',
    issuedOn,
    speakerPost: office.post('office.director'),
    text: directiveText(year),
  })
  const { proposals } = await read(tx, stage.ctx(clerk, instant(issuedOn, 16 * 60 + 1)), { id })
  const named = (at: string, type: ProposalView['type']) => proposals.find((one) => one.type === type && one.text.includes(at))
  const next = calendar.addWorkingDays(issuedOn, 1)
  let minute = 9 * 60
  const later = () => {
    minute += 6
    return stage.ctx(clerk, instant(next, minute))
  }
  const keys = new Map<string, string>()

  for (const { at, into } of merged) {
    const one = named(at, 'duty')
    const other = named(into, 'duty')
    if (one && other && one.id !== other.id) await merge(tx, later(), { id: one.id, into: other.id })
  }
  const takings = accepted.flatMap((one) => {
    const proposal = named(one.at, 'duty')
    if (!proposal) return []
    const { title, kind, measure, rrule } = one
    const due = one.due === null ? null : `${year}-${one.due}`
    const input = { id: proposal.id, title, kind, measure, rrule, due, polarity: 'positive' as const, since: issuedOn }
    return [{ key: one.key, ctx: later(), input: { ...input, holders: holdersOf(stage, one.holders) } }]
  })
  const puttings = findings.flatMap((one, i) => {
    const proposal = named(one.at, 'finding')
    if (!proposal) return []
    const owner = { unit: office.unit(unitOf(one.post)), person: office.person(holderOf(one.post)) }
    return [{ key: `finding.${i}`, ctx: later(), input: { id: proposal.id, title: one.title, ...owner, due: `${year}-${one.due}` } }]
  })
  await together(
    [...takings, ...puttings].map(({ key, ctx, input }) => async () => {
      const { proposals: changed } = await accept(tx, ctx, input)
      for (const { made } of changed) if (made) keys.set(made, key)
    }),
  )
  let left = 2
  for (const { at, reason } of putAside) {
    const proposal = named(at, 'duty')
    if (!proposal || left === 0) continue
    left -= 1
    await aside(tx, later(), { id: proposal.id, reason })
  }
  await carryDown(stage, keys, next)
  return keys
}

/** Two heads break their risk points down to persons, the others have not yet; what is the first responsible's gets its aspect. */
async function carryDown(stage: Stage, keys: ReadonlyMap<string, string>, day: string): Promise<void> {
  const { tx, office } = stage
  const ctx = stage.ctx(clerk, instant(day, 17 * 60))
  const idOf = (key: string) => [...keys].find(([, one]) => one === key)?.[0]
  const [risks, lead] = [idOf('heads.risks'), idOf('first.lead')]
  const part = (post: string, title: string) => ({
    ...{ title, rrule: null, due: null, since: day },
    holders: [{ unit: office.unit(unitOf(post)), post: office.post(post), person: null }],
  })
  if (risks)
    await decompose(tx, ctx, {
      id: risks,
      parts: [
        part('works.staff1', '工程科：项目变更和签证环节的风险点'),
        part('works.staff2', '工程科：竣工验收环节的风险点'),
        part('finance.staff1', '规划财务科：资金支付环节的风险点'),
      ],
    })
  if (lead) await change(tx, ctx, { id: lead, since: day, reason: '归入第一责任人清单', aspect: 'members' })
}
