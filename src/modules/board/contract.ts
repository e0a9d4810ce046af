import { Type } from 'typebox'
import { asOf, Day, Fields, Maybe, route } from '#kernel/contract.ts'
import { Named, Obligation } from '#modules/obligations/contract.ts'

const Counts = {
  red: Type.Integer(),
  yellow: Type.Integer(),
  green: Type.Integer(),
  onTime: Type.Integer(),
  late: Type.Integer(),
  waived: Type.Integer(),
}

/** Of each count its twelve months, January first: what is due in them. `green` is open and not yet warned. */
const Twelve = Type.Array(Type.Integer(), { minItems: 12, maxItems: 12 })
const Year = Type.Object({ red: Twelve, yellow: Twelve, green: Twelve, onTime: Twelve, late: Twelve, waived: Twelve })

export const Board = Type.Object({
  day: Day,
  year: Type.Integer(),
  totals: Type.Object(Counts),
  /** Open and overdue from before the year. */
  older: Type.Integer(),
  /** On time ÷ (on time + late + overdue, older ones too); what was waived does not count. Null when nothing was done or overdue yet. */
  onTimeRate: Maybe(Type.Number()),
  units: Type.Array(Type.Object({ unit: Named, line: Type.String(), counts: Year })),
  /** The longest overdue, at most 20. */
  reds: Type.Array(Obligation),
})

export const boardRoutes = {
  read: route('GET', '/board', {
    may: 'board.read',
    says: ['态势：单位 × 月份', 'The board: unit × month'],
    query: Fields({ ...asOf, year: Type.Optional(Type.Integer({ minimum: 2000, maximum: 2200 })) }),
    ok: Board,
  }),
}
