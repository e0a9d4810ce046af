import { bind } from '#kernel/house.ts'
import { assign, edit, list, open, read, recall, send, withdraw } from './actions/run.ts'
import { confirm, confirmFor, object } from './actions/sign.ts'
import { handoverRefusals, handoverRoutes } from './contract.ts'

export const handovers = bind(
  'handovers',
  handoverRoutes,
  { list, read, open, edit, assign, send, recall, withdraw, confirm, confirmFor, object },
  handoverRefusals,
)
