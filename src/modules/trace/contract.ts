import { Type } from 'typebox'
import { asOf, Day, Fields, FileBytes, Id, Instant, Maybe, route, Word } from '#kernel/contract.ts'
import type { Refusals } from '#kernel/errors.ts'
import { lights } from '#modules/obligations/rules.ts'
import { layers, nodeKinds, subjects } from './rules.ts'

/** Something that happened to a node on a day. `later`: recorded after the day one looks at. */
const Moment = Type.Object({ day: Day, says: Type.String(), later: Type.Boolean() })

/** One statement of the trace, with the thing it can be opened at. */
export const Node = Type.Object({
  id: Type.String(),
  layer: Word(layers),
  kind: Word(nodeKinds),
  title: Type.String(),
  detail: Type.String(),
  /** What to open: a directive at a sentence, a law at an article (`at`), a duty, an obligation, an act, a person, a unit. */
  ref: Maybe(
    Type.Object({
      kind: Type.String(),
      id: Id,
      start: Type.Optional(Type.Integer()),
      end: Type.Optional(Type.Integer()),
      at: Type.Optional(Type.String()),
    }),
  ),
  light: Maybe(Word(lights)),
  /** The day it stands on in time: issued, in force since, due, done. */
  happenedOn: Maybe(Day),
  recordedAt: Maybe(Instant),
  /** Recorded after the day one looks at: shown grey, with the day it came. */
  later: Type.Boolean(),
  /** It is there and is not for whoever looks: nothing of it but its day is said. */
  hidden: Type.Boolean(),
  moments: Type.Array(Moment),
})
export const Edge = Type.Object({ from: Type.String(), to: Type.String(), later: Type.Boolean() })

export const Trace = Type.Object({
  day: Day,
  subject: Type.Object({ kind: Word(subjects), id: Id, title: Type.String() }),
  nodes: Type.Array(Node),
  edges: Type.Array(Edge),
  /** Of what it starts from, within what one may see: how many obligations there are by light, and how many are drawn. Null where it starts from one. */
  owed: Maybe(
    Type.Object({
      red: Type.Integer(),
      yellow: Type.Integer(),
      green: Type.Integer(),
      grey: Type.Integer(),
      drawn: Type.Integer(),
    }),
  ),
  /** What the data does not say: nobody in charge that day, a duty without a holder, no basis; and what was left out of the drawing, and why. */
  gaps: Type.Array(Type.Object({ code: Type.String(), says: Type.String() })),
})

const ofOne = (zh: string, en: string, kind: string) =>
  route('GET', `/trace/${kind}/:id`, { may: 'trace.read', says: [zh, en], query: Fields(asOf), ok: Trace })

export const traceRoutes = {
  obligation: ofOne('从一个应尽事项倒查', 'Trace back from an obligation', 'obligations'),
  duty: ofOne('从一项责任倒查', 'Trace back from a duty', 'duties'),
  act: ofOne('从一条纪实倒查', 'Trace back from an act', 'acts'),
  person: ofOne('从一个人倒查', 'Trace back from a person', 'persons'),
  directive: route('GET', '/trace/directives/:id', {
    may: 'trace.read',
    says: [
      '从一份部署往下查；给出位置（UTF-16）就只查那一句',
      'Trace down from a directive; from one sentence where its place (UTF-16) is given',
    ],
    query: Fields({ ...asOf, start: Type.Optional(Type.Integer({ minimum: 0, maximum: 400_000 })) }),
    ok: Trace,
  }),
  unit: ofOne('从一个机构倒查：哪些红了、是谁的', 'Trace back from a unit: what went red there, and whose it is', 'units'),
  cause: ofOne('从一个问题或其他事由倒查', 'Trace back from a finding or another cause', 'causes'),
  file: route('GET', '/trace/files/:id', {
    may: 'trace.read',
    says: ['倒查结果导出 .xlsx；给出另一天就并列两天', 'The trace as .xlsx; two days side by side where another is given'],
    query: Fields({
      ...asOf,
      kind: Type.Optional(Word(subjects)),
      beside: Type.Optional(Day),
      start: Type.Optional(Type.Integer({ minimum: 0, maximum: 400_000 })),
    }),
    ok: FileBytes,
  }),
}

export const traceRefusals: Refusals = {
  'trace.unknown_then': [404, '到 {day} 为止，这里还没有它的记录。', 'Nothing of it had been recorded by {day}.'],
}
