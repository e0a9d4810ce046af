import type { InputOf } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { must, Refusal, refuse } from '#kernel/errors.ts'
import { type Id, newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { RuleValue } from '#kernel/rulepack.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import type { orgRoutes } from '../contract.ts'
import { gradeRules, gradesOf, type Level, leadingOn, leadingRule } from '../grades.ts'
import { identities, mayEnd, mayVoid, noOverlap, rangeOk, standings, within } from '../rules.ts'
import { workUnitsOn } from '../store/answer.ts'
import type { FactRow } from '../store/office.ts'
import { gradesHeld, postsHeld } from '../store/persons.ts'
import { factHeld, factsHeld, personHeld, unitNames } from '../store/things.ts'
import { changeFact, seedOrg } from '../store/writes.ts'
import { personNamed } from './appointments.ts'
import { factShape } from './shape.ts'
import { unitNamed } from './units.ts'

type Input<K extends keyof typeof orgRoutes> = InputOf<(typeof orgRoutes)[K]>

/** Where a person counts, for permission: their own things, and those of the people in the units one reaches. */
export const standingOf = async (db: Db, ctx: Ctx, person: Id) => ({
  unit: (await workUnitsOn(db, ctx.tenant.id, [person], ctx.day)).get(person) ?? null,
  holder: person,
})

/** Whoever keeps the unit somebody works in keeps what they are; somebody without a post is anybody's who keeps a unit. */
async function mayNote(tx: Tx, ctx: Ctx, person: Id): Promise<void> {
  const { unit } = await standingOf(tx, ctx, person)
  if (unit === null) ctx.may('org.edit')
  else ctx.may('org.edit', { unit })
}

async function factValue(tx: Tx, ctx: Ctx, input: Input<'note'>, range: { since: string; until: string | null }) {
  const value = input.value?.trim() || null
  const wrong = (at: string) => new Refusal('org.fact_value', {}, [{ at }])
  if (input.kind === 'branch') {
    if (!input.unit || value !== null) throw wrong(input.unit ? '/value' : '/unit')
    const branch = await unitNamed(tx, ctx, input.unit, '/unit')
    if (branch.kind !== 'branch') throw wrong('/unit')
    must(within(range, branch))
    return { value: null, unit_id: branch.id, said: branch.name }
  }
  const words: readonly string[] | null = input.kind === 'identity' ? identities : input.kind === 'party' ? standings : null
  if (input.unit) throw wrong('/unit')
  if (value === null || (words && !words.includes(value))) throw wrong('/value')
  return { value, unit_id: null, said: value }
}

/** A new grade, identity, standing or branch from a day; what is open of the kind ends on that day. */
export async function note(tx: Tx, ctx: Ctx, input: Input<'note'>) {
  const range = { since: input.since, until: input.until ?? null }
  must(rangeOk(range))
  const { said, ...what } = await factValue(tx, ctx, input, range)
  const person = await personNamed(tx, ctx, input.person)
  await mayNote(tx, ctx, person.id)
  const held = await factsHeld(tx, ctx.tenant.id, person.id, input.kind)
  const open = held.find((one) => one.until === null && one.since < range.since)
  if (open && open.value === what.value && open.unit_id === what.unit_id) must(refuse('org.nothing', {}, what.unit_id ? '/unit' : '/value'))
  must(
    noOverlap(
      range,
      held.filter((one) => one !== open),
      { who: person.name, name: said },
    ),
  )
  if (open) {
    await changeFact(tx, ctx.tenant.id, open.id, { until: range.since, until_recorded_at: ctx.now })
    await append(tx, ctx, 'fact.ended', open, { until: range.since, before: null })
  }
  const row: FactRow = {
    id: newId(),
    person_id: person.id,
    kind: input.kind,
    ...what,
    ...range,
    recorded_at: ctx.now,
    until_recorded_at: null,
    voided_at: null,
  }
  await seedOrg(tx, ctx.tenant.id, { facts: [row] }, ctx.now)
  await append(tx, ctx, 'fact.noted', row, { person: person.id, kind: row.kind, value: row.value, unit: row.unit_id, ...range })
  return factShape(row, said, ctx, true)
}

async function held(tx: Tx, ctx: Ctx, id: Id) {
  const row = found(await factHeld(tx, ctx.tenant.id, id))
  found(await personHeld(tx, ctx.tenant.id, row.person_id))
  await mayNote(tx, ctx, row.person_id)
  const names = row.unit_id ? await unitNames(tx, ctx.tenant.id, [row.unit_id]) : null
  return { row, unit: row.unit_id ? (names?.get(row.unit_id) ?? null) : null }
}

export async function endFact(tx: Tx, ctx: Ctx, input: Input<'endFact'>) {
  const { row, unit } = await held(tx, ctx, input.id)
  must(mayEnd({ ...row, voided: row.voided_at !== null }, input.until))
  const ended = { until: input.until, until_recorded_at: ctx.now }
  await changeFact(tx, ctx.tenant.id, row.id, ended)
  await append(tx, ctx, 'fact.ended', row, { until: input.until, before: row.until })
  return factShape({ ...row, ...ended }, unit, ctx, true)
}

export async function voidFact(tx: Tx, ctx: Ctx, input: Input<'voidFact'>) {
  const { row, unit } = await held(tx, ctx, input.id)
  must(mayVoid({ voided: row.voided_at !== null }))
  await changeFact(tx, ctx.tenant.id, row.id, { voided_at: ctx.now })
  await append(tx, ctx, 'fact.voided', row)
  return factShape({ ...row, voided_at: ctx.now }, unit, ctx, true)
}

/** A rule's value in force on the day, or nothing where it had not begun: who looks back further than the rules does without them. */
export function ruleThere(ctx: Ctx, key: string): RuleValue[] {
  try {
    return [ctx.rule(key)]
  } catch (error) {
    if (error instanceof Refusal && error.code === 'rule.absent') return []
    throw error
  }
}
const gradesOn = (ctx: Ctx) => gradesOf(gradeRules.flatMap((key) => ruleThere(ctx, key)))
export const ruleShape = (rule: RuleValue, ctx: Ctx) => ({
  document: rule.document[ctx.lang === 'en' ? 1 : 0],
  article: rule.article,
  version: rule.version,
  since: rule.since,
  confidence: rule.confidence,
})

export async function grades(_db: Db, ctx: Ctx, _input: unknown) {
  return { items: gradesOn(ctx).map(({ name, level, rule }) => ({ name, level, rule: ruleShape(rule, ctx) })) }
}

/** 副科级以上 on the day, with what it rests on; null where no rule says from which level on. */
export function leadingShape(ctx: Ctx, levels: readonly Level[], grade: string | null) {
  const [from] = ruleThere(ctx, leadingRule)
  if (!from) return null
  const { rule, ...verdict } = leadingOn({ levels, grade }, gradesOn(ctx), from)
  return { ...verdict, rule: rule && ruleShape(rule, ctx), from: { level: String(from.value) as Level, rule: ruleShape(from, ctx) } }
}

/** Which of these persons are 副科级以上 on the day, and of which neither a level nor a grade is kept that says so (`level` null). */
export async function leadingAmong(db: Db, ctx: Ctx, persons: readonly Id[]): Promise<Map<Id, { leading: boolean; level: Level | null }>> {
  const [from] = ruleThere(ctx, leadingRule)
  if (!from) return new Map()
  const [posts, kept] = await Promise.all([postsHeld(db, ctx.tenant.id, persons, ctx.day), gradesHeld(db, ctx.tenant.id, persons, ctx.day)])
  const held = Map.groupBy(posts, (post) => post.person_id)
  const grades = gradesOn(ctx)
  return new Map(
    persons.map((person) => {
      const levels = (held.get(person) ?? []).flatMap((post) => post.level ?? [])
      const { leading, level } = leadingOn({ levels, grade: kept.get(person) ?? null }, grades, from)
      return [person, { leading, level }]
    }),
  )
}
