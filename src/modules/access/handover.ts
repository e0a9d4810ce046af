import type { HandoverPart } from '#kernel/handover.ts'
import type { RoleName } from './rules.ts'
import { grantsReaching } from './store.ts'

const roleWords: Record<RoleName, readonly [zh: string, en: string]> = {
  leader: ['领导', 'leader'],
  clerk: ['综合科', 'general office'],
  supervisor: ['监督', 'supervision'],
  staff: ['一般人员', 'staff'],
}

/** 授权: said on the sheet and moved by nobody here. Whoever grants takes it back: to hand over work is not to grant a right. */
export const grantHandover: HandoverPart = {
  key: 'grant',
  words: ['系统授权', 'Grants'],
  lines: async (db, ctx, { person, day }) =>
    (await grantsReaching(db, ctx.tenant.id, person, day)).map((row) => ({
      ...{
        id: row.id,
        title: roleWords[row.role][ctx.lang === 'en' ? 1 : 0],
        unit: row.unit,
        post: null,
        basis: row.ground,
        rrule: null,
        due: null,
      },
      ...{ since: row.since, light: null, gone: false, along: null, cause: null, heirs: [], others: [], ways: [], hows: [], mark: '' },
    })),
  move: async () => {},
}
