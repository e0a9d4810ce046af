import { bind } from '#kernel/house.ts'
import { ask, confirm, confirmations, object, toConfirm } from './actions/confirm.ts'
import { correct, list, propose, read, reading, record, withdraw } from './actions.ts'
import { actRefusals, actRoutes } from './contract.ts'

export const acts = bind(
  'acts',
  actRoutes,
  { list, reading, propose, confirmations, toConfirm, confirm, object, ask, read, record, correct, withdraw },
  actRefusals,
)
