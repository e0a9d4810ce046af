import type { Db, Tx } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import { type Handing, type HandoverLine, type HandoverMove, type HandoverPart, handedOn } from '#kernel/handover.ts'
import type { Id } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { without } from '#modules/org/holding.ts'
import { holdersOf, placesOf, postsLeaving } from '#modules/org/index.ts'
import { dutiesLeaving, endSeat, heldByName, insertSeat, renameSeat, type Seat, seatsHeld } from '../store/handover.ts'
import { personNames } from '../store/holders.ts'
import { lockDuty } from '../store/writes.ts'

/**
 * Every duty that somebody holds past a day, by name or through a post they leave. What is held through a post goes along with the post; what begins on the day or
 * later belongs to where they go, and stays.
 */
async function dutyLines(db: Db, ctx: Ctx, { person, day }: { person: Id; day: string }): Promise<HandoverLine[]> {
  const posts = await postsLeaving(db, ctx.tenant.id, person, day)
  const ids = posts.map((one) => one.post_id)
  const [rows, answering] = await Promise.all([dutiesLeaving(db, ctx, person, ids, day), holdersOf(db, ctx.tenant.id, ids, day, null)])
  const inPost = Map.groupBy(
    answering.filter((one) => one.since <= day && one.person_id !== person),
    (one) => one.post_id,
  )
  const names = await personNames(db, ctx.tenant.id, [...new Set(answering.map((one) => one.person_id))])
  return rows.map((row) => {
    const own = posts.find((one) => one.post_id === row.post_id) ?? posts.find((one) => one.unit_id === row.unit_id) ?? posts[0]
    const gone = row.gone || (row.post_id !== null && own?.gone === true)
    const sharing = (row.post_id ? (inPost.get(row.post_id) ?? []) : []).map((one) => ({
      id: one.person_id,
      name: names.get(one.person_id) ?? '',
    }))
    const coming = row.since >= day
    return {
      id: row.id,
      title: row.title,
      unit: { id: row.unit_id, name: row.unit },
      post: row.post_id ? { id: row.post_id, name: row.post ?? '' } : null,
      basis: row.directive,
      rrule: row.rrule,
      due: row.due,
      since: row.since,
      light: null,
      gone,
      along: own && !own.gone && !coming ? `appointment ${own.id}` : null,
      cause: row.duty_id,
      heirs: sharing,
      others: [...new Set([...sharing.map((one) => one.name), ...row.others])],
      ways: coming ? ['to', 'stay'] : ['to', 'stay', 'end'],
      ...(coming ? { first: 'stay' as const } : {}),
      hows: [],
      mark: [row.version, row.unit_id, row.post_id ?? '', row.until ?? ''].join(' '),
    }
  })
}

/**
 * Whether a duty held through a post goes to whoever answers for the post from the day on anyway. A duty shared by everybody in a post is put under nobody's name:
 * `duty.post_shared`.
 */
async function withPost(tx: Tx, ctx: Ctx, { person, day }: Handing, seat: Seat, line: HandoverLine, to: Id | null): Promise<boolean> {
  if (!seat.post_id) return false
  const then = (await holdersOf(tx, ctx.tenant.id, [seat.post_id], day, null)).filter((one) => one.person_id !== person)
  if (then.some((one) => one.person_id === to && one.since <= day)) return true
  if (then.some((one) => one.since <= day))
    throw new Refusal('duty.post_shared', { title: line.title, post: line.post?.name ?? '' }, [{ at: `/lines/duty ${line.id}` }])
  return false
}

async function passSeat(tx: Tx, ctx: Ctx, handing: Handing, seat: Seat, move: HandoverMove, unit: Id | null): Promise<void> {
  const { person, day } = handing
  const to = move.way === 'stay' ? person : move.to
  if (await withPost(tx, ctx, handing, seat, move.line, to)) return
  const { giver, successor } = handedOn(seat, day)
  if (to && unit && giver === null) await renameSeat(tx, ctx.tenant.id, seat.id, { unit, person: to })
  else if (giver && successor) {
    await endSeat(tx, ctx, seat.id, day)
    const own = to && unit ? await heldByName(tx, ctx.tenant.id, seat.duty_id, unit, to) : []
    if (to && unit)
      for (const range of without(successor, own))
        await insertSeat(tx, ctx, { duty: seat.duty_id, unit, person: to, ...range, instead: seat.id })
  }
  await append(tx, ctx, 'duty.handed_over', { id: seat.duty_id }, { holder: seat.id, from: person, to, until: day, reason: handing.reason })
}

/** 责任事项: what is held through a post follows the post; what is held by name, or taken out of a post, is held by another name from the day on. */
export const dutyHandover: HandoverPart = {
  key: 'duty',
  words: ['责任事项', 'Duties'],
  lines: dutyLines,
  move: async (tx, ctx, handing, moves) => {
    // The post has moved; by name, what stays stays.
    const own = moves.filter(({ line, way, along }) => (line.post ? !along : way !== 'stay'))
    if (own.length === 0) return
    for (const id of [...new Set(own.flatMap((one) => one.line.cause ?? []))].sort()) await lockDuty(tx, ctx.tenant.id, id)
    const seats = new Map(
      (
        await seatsHeld(
          tx,
          ctx.tenant.id,
          own.map((one) => one.line.id),
        )
      ).map((seat) => [seat.id, seat]),
    )
    const takers = own.flatMap((one) => {
      const person = one.way === 'stay' ? handing.person : one.to
      const seat = seats.get(one.line.id)
      return person && seat ? [{ person, unit: seat.unit_id }] : []
    })
    const placeOf = await placesOf(tx, ctx, takers, handing.day)
    for (const move of own) {
      const seat = seats.get(move.line.id)
      const to = move.way === 'stay' ? handing.person : move.to
      if (seat) await passSeat(tx, ctx, handing, seat, move, to && placeOf(to, seat.unit_id))
    }
  },
}
