import type { InputOf } from '#kernel/contract.ts'
import type { Tx } from '#kernel/db.ts'
import { must, refuse } from '#kernel/errors.ts'
import { newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import type { orgRoutes } from '../contract.ts'
import { mayClose, nameFree, rangeOk, twoIn, usuallyExclusive, within } from '../rules.ts'
import type { PostRow } from '../store/office.ts'
import { holdersEver, postBlockers, postHeld, postSiblings } from '../store/things.ts'
import { changePost, seedOrg } from '../store/writes.ts'
import { editing, postShape } from './shape.ts'
import { afterLast, unitNamed } from './units.ts'

type Input<K extends keyof typeof orgRoutes> = InputOf<(typeof orgRoutes)[K]>

export async function addPost(tx: Tx, ctx: Ctx, input: Input<'addPost'>) {
  const unit = await unitNamed(tx, ctx, input.unit, '/unit')
  ctx.may('org.edit', { unit: unit.id })
  const range = { since: input.since, until: input.until ?? null }
  must(rangeOk(range))
  must(within(range, unit))
  const siblings = await postSiblings(tx, ctx.tenant.id, unit.id, null)
  const post: PostRow = {
    id: newId(),
    unit_id: unit.id,
    name: input.name.trim(),
    aliases: (input.aliases ?? []).map((alias) => alias.trim()),
    roles: input.roles ?? [],
    exclusive: input.exclusive ?? usuallyExclusive(input.roles ?? []),
    level: input.level ?? null,
    sort: input.sort ?? afterLast(siblings),
    ...range,
  }
  must(nameFree(post, siblings))
  await seedOrg(tx, ctx.tenant.id, { posts: [post] }, ctx.now)
  await append(tx, ctx, 'post.added', post, { unit: unit.id, roles: post.roles, exclusive: post.exclusive, level: post.level, ...range })
  return postShape(post, editing(ctx))
}

/** A post is corrected, not dated: one that becomes another post is ended and a new one added. */
export async function editPost(tx: Tx, ctx: Ctx, input: Input<'editPost'>) {
  const post = found(await postHeld(tx, ctx.tenant.id, input.id))
  ctx.may('org.edit', { unit: post.unit_id })
  const fields = {
    name: input.name?.trim() ?? post.name,
    aliases: input.aliases?.map((alias) => alias.trim()) ?? post.aliases,
    roles: input.roles ?? post.roles,
    exclusive: input.exclusive ?? post.exclusive,
    level: input.level === undefined ? post.level : input.level,
    sort: input.sort ?? post.sort,
  }
  const after: PostRow = { ...post, ...fields }
  if (JSON.stringify(after) === JSON.stringify(post)) must(refuse('org.nothing'))
  must(nameFree(after, await postSiblings(tx, ctx.tenant.id, post.unit_id, post.id)))
  if (after.exclusive && !post.exclusive) {
    const two = twoIn(await holdersEver(tx, ctx.tenant.id, post.id))
    if (two) must(refuse('org.two_in', { name: post.name, who: two[0].person, other: two[1].person }, '/exclusive'))
  }
  await changePost(tx, ctx.tenant.id, post.id, fields)
  const { exclusive, level } = after
  await append(tx, ctx, 'post.corrected', post, {
    roles: after.roles,
    exclusive,
    level,
    sort: after.sort,
    renamed: after.name !== post.name,
  })
  return postShape(after, editing(ctx))
}

export async function endPost(tx: Tx, ctx: Ctx, input: Input<'endPost'>) {
  const post = found(await postHeld(tx, ctx.tenant.id, input.id))
  ctx.may('org.edit', { unit: post.unit_id })
  if (post.until === input.until) must(refuse('org.nothing', {}, '/until'))
  const blockers = input.until === null ? [] : await postBlockers(tx, ctx.tenant.id, post.id, input.until)
  must(mayClose(post, input.until, blockers, ctx.lang))
  const after = { ...post, until: input.until }
  must(within(after, await unitNamed(tx, ctx, post.unit_id, '/unit')))
  must(nameFree(after, await postSiblings(tx, ctx.tenant.id, post.unit_id, post.id)))
  await changePost(tx, ctx.tenant.id, post.id, { until: input.until })
  await append(tx, ctx, input.until === null ? 'post.reopened' : 'post.ended', post, { until: input.until })
  return postShape(after, editing(ctx))
}
