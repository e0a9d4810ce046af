import type { Db } from '#kernel/db.ts'
import type { HandoverLine, HandoverPart } from '#kernel/handover.ts'
import type { Id } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import type { Ctx } from '#kernel/scope.ts'
import { ownHand } from '#modules/acts/rules.ts'
import { placesOf } from '#modules/org/index.ts'
import { lightOf, type Recount } from '../rules.ts'
import { changeObligations } from '../store/change.ts'
import { openOfPerson, owedAlready } from '../store/handover.ts'
import { obligationsByIds } from '../store/read.ts'
import { count, recounts } from './settle.ts'

async function openLines(db: Db, ctx: Ctx, { person, day }: { person: Id; day: string }): Promise<HandoverLine[]> {
  const rows = await openOfPerson(db, ctx.tenant.id, person, day)
  // A signature is owed by one's own hand: it passes to nobody, and ends with the pledge it belongs to.
  const passing = rows.filter((row) => !ownHand.includes(row.because))
  return passing.map((row) => {
    const light = lightOf({ state: 'open', due: row.due, warnFrom: row.warn_from }, ctx.today)
    return {
      id: row.id,
      title: row.title,
      unit: { id: row.unit_id, name: row.unit },
      post: null,
      basis: row.ground,
      rrule: null,
      due: row.due,
      since: row.opens,
      light: light === 'grey' ? null : light,
      gone: row.gone,
      along: null,
      cause: row.because_id,
      heirs: [],
      others: [],
      // What has not begun by the day ends with a duty that ends; what has begun is somebody's to do.
      ways: row.opens >= day ? ['to', 'stay', 'end'] : ['to', 'stay'],
      hows: [],
      mark: [row.due, row.unit_id].join(' '),
    }
  })
}

/**
 * 应尽事项: what is still open on the day passes to whoever takes it over, with its day as it is. Who owes the same already does not owe it twice: the giver's is
 * waived and says why. Ends with the tally.
 */
export const obligationHandover: HandoverPart = {
  key: 'obligation',
  words: ['未办结的应尽事项', 'Open obligations'],
  onTheDay: true,
  lines: openLines,
  move: async (tx, ctx, { person, day, reason, ending: also }, moves) => {
    const passing = moves.flatMap(({ line, way, to }) => (way === 'to' && to ? [{ id: line.id, to }] : []))
    const ending = [...also, ...moves.flatMap(({ line, way }) => (way === 'end' ? [line.id] : []))]
    const rows = new Map(
      (
        await obligationsByIds(
          tx,
          ctx.tenant.id,
          passing.map((one) => one.id),
        )
      ).map((row) => [row.id, row]),
    )
    const open = passing.filter(({ id }) => rows.get(id)?.state === 'open' && rows.get(id)?.holder_id === person)
    const twice = await owedAlready(tx, ctx.tenant.id, open)
    const placeOf = await placesOf(
      tx,
      ctx,
      open.map(({ id, to }) => ({ person: to, unit: rows.get(id)?.unit_id ?? '' })),
      day,
    )
    const whole = open.filter(({ id, to }) => !twice.has(`${id} ${to}`))
    const groups = Map.groupBy(whole, ({ id, to }) => `${to} ${placeOf(to, rows.get(id)?.unit_id ?? '')}`)
    const changes: Recount[] = []
    const base = { from: 'open', effectiveAt: ctx.now, reason } as const
    for (const [key, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const [holder = '', unit = ''] = key.split(' ')
      const ids = group.map((one) => one.id)
      changes.push(...recounts(await changeObligations(tx, ctx, ids, { ...base, to: 'open', event: 'handed_over', holder, unit })))
    }
    const same = open.flatMap(({ id, to }) => (twice.has(`${id} ${to}`) ? [id] : []))
    const waived = await changeObligations(tx, ctx, [...same, ...ending], { ...base, to: 'waived', event: 'waived' })
    changes.push(...recounts(waived))
    if (changes.length === 0) return
    await append(
      tx,
      ctx,
      'obligation.handed_over_with',
      { id: person },
      { day, passed: whole.map(({ id, to }) => ({ id, to })), waived: waived.map((one) => one.id) },
    )
    count(tx, ctx, changes)
  },
}
