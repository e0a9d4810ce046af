import { Type } from 'typebox'
import { Actions, Day, Fields, Id, Maybe, paged, pageOf, route, Text, Word } from '#kernel/contract.ts'
import { Named } from '#modules/obligations/contract.ts'
import { sealingStates } from './rules.ts'

export const Sealing = Type.Object({
  id: Id,
  occasion: Type.String(),
  unit: Named,
  keeper: Named,
  due: Day,
  state: Word(sealingStates),
  /** How it stands, in words: how many and where the keys are, or why they stay in service. */
  note: Maybe(Type.String()),
  actions: Actions,
})
const query = paged({ state: Type.Optional(Word(sealingStates)) })

export const sealingRoutes = {
  list: route('GET', '/sealings', { may: 'sealing.read', says: ['公车封存', 'Sealed cars'], query, ok: pageOf(Sealing) }),
  ask: route('POST', '/sealings', {
    may: 'sealing.ask',
    says: ['布置节前封存', 'Ask for cars to be sealed before a holiday'],
    body: Fields({ occasion: Text(1, 40), unit: Id, keeper: Id, due: Day }),
    ok: Sealing,
  }),
  seal: route('POST', '/sealings/:id/seal', {
    may: 'sealing.seal',
    says: ['登记封存，同时记一条履责纪实', 'Record that they are sealed: an act is recorded with it'],
    body: Fields({ on: Day, note: Text(2, 120) }),
    ok: Sealing,
  }),
  excuse: route('POST', '/sealings/:id/excuse', {
    may: 'sealing.ask',
    says: ['因工作需要留用，写明理由', 'Keep them in service, with the reason'],
    body: Fields({ note: Text(2, 120) }),
    ok: Sealing,
  }),
}
