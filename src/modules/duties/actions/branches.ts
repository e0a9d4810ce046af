import type { InputOf } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import type { Id } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { RuleValue } from '#kernel/rulepack.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import { branchSizes, hasCommittee, officeOn } from '#modules/org/index.ts'
import { proposedFor } from '../branch.ts'
import type { dutyRoutes } from '../contract.ts'
import { firstTitles } from '../store/branches.ts'
import { assumeAll } from './assume.ts'

type Routes = typeof dutyRoutes
type Input<K extends keyof Routes> = InputOf<Routes[K]>

/** The items of a branch's list: rules `branch.list.…`, in the order of `branch.lists`. */
const itemsOf = (ctx: Ctx): RuleValue[] =>
  String(ctx.rule('branch.lists').value)
    .split(' ')
    .map((key) => ctx.rule(`branch.list.${key}`))

async function branchesOn(db: Db, ctx: Ctx) {
  const [office, sizes] = await Promise.all([officeOn(db, ctx.tenant.id, ctx.day), branchSizes(db, ctx.tenant.id, ctx.day)])
  const units = office.units.filter((unit) => unit.kind === 'branch')
  const carried = Map.groupBy(
    await firstTitles(
      db,
      ctx,
      units.map((unit) => unit.id),
    ),
    (row) => row.unit,
  )
  const from = ctx.rule('branch.committee_from')
  const persons = new Map(office.persons.map((person) => [person.id, person.name]))
  return units.map((unit) => {
    const full = sizes.get(unit.id)?.full ?? 0
    const committee = hasCommittee(full, from)
    const posts = office.posts.filter((post) => post.unit_id === unit.id)
    const there = new Map((carried.get(unit.id) ?? []).map((row) => [row.title, row.id]))
    const items = proposedFor(itemsOf(ctx), posts, committee).map(({ rule, post }) => ({
      key: rule.key,
      title: rule.says?.[0] ?? rule.key,
      rrule: String(rule.value),
      role: rule.role ?? 'branch_secretary',
      rule: {
        key: rule.key,
        document: rule.document[ctx.lang === 'en' ? 1 : 0],
        article: rule.article,
        version: rule.version,
        confidence: rule.confidence,
      },
      post: post
        ? {
            id: post.id,
            name: post.name,
            persons: office.appointments
              .filter((one) => one.post_id === post.id)
              .map((one) => ({ id: one.person_id, name: persons.get(one.person_id) ?? '' })),
          }
        : null,
      duty: there.get(rule.says?.[0] ?? '') ?? null,
    }))
    return {
      id: unit.id,
      name: unit.name,
      full,
      committee,
      from: Number(from.value),
      rule: {
        key: from.key,
        document: from.document[ctx.lang === 'en' ? 1 : 0],
        article: from.article,
        version: from.version,
        confidence: from.confidence,
      },
      items,
      actions: !ctx.lookingBack && ctx.can('duty.add', { unit: unit.id }) ? ['accept'] : [],
    }
  })
}

/** The branches of the day, each with how many full members it has, whether it has a committee, and what its lists should hold by the rules. */
export async function branches(db: Db, ctx: Ctx) {
  return { items: await branchesOn(db, ctx) }
}

export async function branch(db: Db, ctx: Ctx, input: { id: Id }) {
  return found((await branchesOn(db, ctx)).find((one) => one.id === input.id))
}

/** Takes items of a branch's proposed list as duties, with the day they begin. What the branch carries already is refused, not doubled. */
export async function acceptBranch(tx: Tx, ctx: Ctx, input: Input<'acceptBranch'>) {
  const one = await branch(tx, ctx, { id: input.id })
  ctx.may('duty.add', { unit: one.id })
  const chosen = input.keys.map((key, n) => {
    const place = [{ at: `/keys/${n}` }]
    const item = one.items.find((it) => it.key === key)
    if (!item) throw new Refusal('duty.branch_unknown', { key }, place)
    if (item.duty) throw new Refusal('duty.branch_carried', { title: item.title }, place)
    if (!item.post) throw new Refusal('duty.branch_no_post', { name: one.name }, place)
    return { ...item, post: item.post }
  })
  await append(tx, ctx, 'duty.branch_accepted', one, { keys: input.keys, full: one.full, committee: one.committee })
  await assumeAll(
    tx,
    ctx,
    chosen.map((item) => ({
      title: item.title,
      body: `依据${item.rule.document}${item.rule.article}`,
      kind: 'branch',
      polarity: 'positive' as const,
      measure: null,
      parent: null,
      basis: null,
      rrule: item.rrule,
      due: null,
      since: input.since ?? ctx.today,
      holders: [{ unit: one.id, post: item.post.id, person: null }],
    })),
    (n) => `/keys/${n}`,
  )
  return branch(tx, ctx, { id: one.id })
}
