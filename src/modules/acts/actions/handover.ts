import type { HandoverPart } from '#kernel/handover.ts'
import { awaitingOfPerson } from '../store/handover.ts'

/** 待确认: what was recorded for somebody is confirmed by nobody else, so it is said on the sheet and stays theirs. */
export const confirmationHandover: HandoverPart = {
  key: 'confirmation',
  words: ['待本人确认的记录', 'Records awaiting confirmation'],
  lines: async (db, ctx, { person }) =>
    (await awaitingOfPerson(db, ctx.tenant.id, person)).map((row) => ({
      ...{ id: row.id, title: row.what, unit: { id: row.unit_id, name: row.unit }, post: null, basis: row.by, rrule: null, due: null },
      ...{ since: row.day, light: null, gone: false, along: null, cause: null, heirs: [], others: [], ways: [], hows: [], mark: '' },
    })),
  move: async () => {},
}
