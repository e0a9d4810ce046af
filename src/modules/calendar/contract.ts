import { Type } from 'typebox'
import { Actions, asOf, Day, Fields, Id, Instant, Maybe, paged, route, Text, Word } from '#kernel/contract.ts'
import { Named } from '#modules/obligations/contract.ts'
import { sources } from './rules.ts'

const Summary = {
  year: Type.Integer(),
  daysOff: Type.Integer(),
  restDaysWorked: Type.Integer(),
  workingDays: Type.Integer(),
  holidays: Type.Array(Type.Object({ name: Type.String(), off: Type.Array(Day), work: Type.Array(Day) })),
}
export const Year = Type.Object({
  ...Summary,
  name: Type.String(),
  source: Word(sources),
  papers: Type.Array(Type.String()),
  by: Maybe(Type.String()),
  recordedAt: Maybe(Instant),
})

/** From when open obligations are counted again under other working days, until all are. */
export const Turn = Type.Object({
  id: Id,
  name: Type.String(),
  years: Type.Array(Type.String()),
  /** Obligations whose due day or first yellow day moved. */
  moved: Type.Integer(),
  by: Maybe(Type.String()),
  beganAt: Instant,
  /** Empty while it is under way. */
  endedAt: Maybe(Instant),
})

const Move = Type.Object({
  id: Id,
  title: Type.String(),
  period: Type.String(),
  holder: Named,
  unit: Named,
  due: Day,
  warnFrom: Day,
  toDue: Day,
  toWarnFrom: Day,
})

const notice = {
  /** The notice as published, or JSON `{year, days: [{name, date, isOffDay}]}`. */
  text: Text(1, 200_000),
  year: Type.Optional(Type.Integer({ minimum: 1949, maximum: 2999 })),
}
const example = {
  text: '一、元旦：2027年1月1日（周五）至3日（周日）放假，共3天。',
  year: 2027,
}

export const calendarRoutes = {
  read: route('GET', '/calendar', {
    may: 'calendar.read',
    says: ['工作日历：各年安排和由此重算的到期日', 'The working calendar: its years, and what was counted again because of it'],
    query: Fields(asOf),
    ok: Type.Object({ today: Day, years: Type.Array(Year), turns: Type.Array(Turn), actions: Actions }),
  }),
  preview: route('POST', '/calendar/preview', {
    may: 'calendar.import',
    says: ['先看：导入一年的放假安排会动到什么', 'What importing a year’s notice would move, before it happens'],
    body: Fields(notice),
    ok: Type.Object({
      ...Summary,
      name: Type.String(),
      papers: Type.Array(Type.String()),
      /** What is in force for the year now, if anything. */
      replaces: Maybe(Type.Object({ name: Type.String(), source: Word(sources) })),
      /** Days that are worked now and would not be, or the other way round. */
      changes: Type.Array(Type.Object({ day: Day, works: Type.Boolean(), name: Type.String() })),
      /** Open obligations whose due day, or only whose first yellow day, would move, and the first of them. */
      due: Type.Integer(),
      warned: Type.Integer(),
      moves: Type.Array(Move),
    }),
    example,
  }),
  import: route('POST', '/calendar', {
    may: 'calendar.import',
    says: ['导入一年的放假安排，未到期的随即重算', 'Import a year’s notice; what is open is counted again at once'],
    body: Fields({ ...notice, name: Type.Optional(Text(1, 120)) }),
    ok: Type.Object({ id: Id, year: Type.Integer(), name: Type.String(), turn: Maybe(Turn) }),
    example,
  }),
  turn: route('GET', '/calendar/turns/:id', {
    may: 'calendar.read',
    says: ['一次重算：动了哪些到期日', 'One turn of the calendar: which due days it moved'],
    query: paged({}),
    ok: Type.Object({ turn: Turn, items: Type.Array(Move), next: Maybe(Type.String()) }),
  }),
}
