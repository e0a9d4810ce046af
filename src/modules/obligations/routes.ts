import { bind } from '#kernel/house.ts'
import { bringForward, handOver, moveDue, restore, waive } from './actions/change.ts'
import { join, split } from './actions/split.ts'
import { list, mine, read } from './actions/view.ts'
import { obligationRefusals, obligationRoutes } from './contract.ts'

export const obligations = bind(
  'obligations',
  obligationRoutes,
  { list, mine, read, moveDue, bringForward, handOver, split, join, waive, restore },
  obligationRefusals,
)
