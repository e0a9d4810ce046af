import type { HandoverLine, HandoverPart } from '#kernel/handover.ts'
import { standingOf } from '../store/pledges.ts'
import { endThese } from './changes.ts'

/**
 * 签订: what somebody signed for the post they leave ends on the day, what they have not signed is withdrawn; nobody signs for somebody else. It is kept where they
 * stay in what they signed for.
 */
export const pledgeHandover: HandoverPart = {
  key: 'pledge',
  words: ['责任书和承诺书', 'Pledges'],
  onTheDay: true,
  lines: async (db, ctx, { person }) =>
    (await standingOf(db, ctx, person)).map(
      (row): HandoverLine => ({
        ...{
          id: row.id,
          title: row.title,
          unit: row.unit,
          post: null,
          basis: null,
          rrule: null,
          due: null,
          since: null,
          light: null,
          gone: false,
        },
        ...{ along: null, cause: null, heirs: [], others: [], ways: ['end', 'stay'], first: 'end', hows: [], mark: row.id },
      }),
    ),
  move: async (tx, ctx, { person, day, reason, ending }, moves) => {
    const ids = new Set(moves.flatMap(({ line, way }) => (way === 'end' ? [line.id] : [])))
    if (ids.size > 0) ending.push(...(await endThese(tx, ctx, person, ids, day, reason)))
  },
}
