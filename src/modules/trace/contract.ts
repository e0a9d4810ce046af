import { Type } from 'typebox'
import { asOf, Day, Fields, Id, Instant, Maybe, route, Word } from '#kernel/contract.ts'
import type { Refusals } from '#kernel/errors.ts'
import { lights } from '#modules/obligations/rules.ts'
import { layers, nodeKinds, subjects } from './rules.ts'

/** One statement of the trace, with the thing it can be opened at. */
export const Node = Type.Object({
  id: Type.String(),
  layer: Word(layers),
  kind: Word(nodeKinds),
  title: Type.String(),
  detail: Type.String(),
  /** What to open: a directive's sentence, a duty, an obligation, an act, a person. */
  ref: Maybe(Type.Object({ kind: Type.String(), id: Id, start: Type.Optional(Type.Integer()), end: Type.Optional(Type.Integer()) })),
  light: Maybe(Word(lights)),
  /** The day it stands on in time: issued, in force since, due, done. */
  happenedOn: Maybe(Day),
  recordedAt: Maybe(Instant),
  /** Recorded after the day one looks at: shown grey, with the day it came. */
  later: Type.Boolean(),
})
export const Edge = Type.Object({ from: Type.String(), to: Type.String(), later: Type.Boolean() })

export const Trace = Type.Object({
  day: Day,
  subject: Type.Object({ kind: Word(subjects), id: Id, title: Type.String() }),
  nodes: Type.Array(Node),
  edges: Type.Array(Edge),
  /** What the data does not say: nobody in charge that day, a duty without a holder, no basis. */
  gaps: Type.Array(Type.Object({ code: Type.String(), says: Type.String() })),
})

const ofOne = (zh: string, en: string, kind: string) =>
  route('GET', `/trace/${kind}/:id`, { may: 'trace.read', says: [zh, en], query: Fields(asOf), ok: Trace })

export const traceRoutes = {
  obligation: ofOne('从一个应尽事项倒查', 'Trace back from an obligation', 'obligations'),
  duty: ofOne('从一项责任倒查', 'Trace back from a duty', 'duties'),
  act: ofOne('从一条纪实倒查', 'Trace back from an act', 'acts'),
  person: ofOne('从一个人倒查', 'Trace back from a person', 'persons'),
}

export const traceRefusals: Refusals = {
  'trace.unknown_then': [404, '到 {day} 为止，这里还没有它的记录。', 'Nothing of it had been recorded by {day}.'],
}
