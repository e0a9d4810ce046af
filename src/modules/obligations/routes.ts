import { bind } from '#kernel/house.ts'
import { handOver, moveDue, restore, waive } from './actions/change.ts'
import { list, mine, read } from './actions/view.ts'
import { obligationRefusals, obligationRoutes } from './contract.ts'

export const obligations = bind(
  'obligations',
  obligationRoutes,
  { list, mine, read, moveDue, handOver, waive, restore },
  obligationRefusals,
)
