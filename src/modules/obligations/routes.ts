import { bind } from '#kernel/house.ts'
import { handOver, list, mine, moveDue, read, restore, waive } from './actions.ts'
import { obligationRefusals, obligationRoutes } from './contract.ts'

export const obligations = bind(
  'obligations',
  obligationRoutes,
  { list, mine, read, moveDue, handOver, waive, restore },
  obligationRefusals,
)
