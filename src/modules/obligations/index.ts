export { type Burden, burdenOn } from './actions/burden.ts'
export { handOver, moveDue, waive } from './actions/change.ts'
export { obligationHandover } from './actions/handover.ts'
export { type Replan, replan } from './actions/replan.ts'
export { discharge, type Owed, owe, reopen, waiveRest } from './actions/settle.ts'
export { listMoved, planUnder, previewOf, recompute } from './actions/turn.ts'
export { shown, shownAll } from './actions/view.ts'
export { obligations } from './routes.ts'
export {
  countOpenIn,
  type EventRow,
  eventsOf,
  holdObligations,
  listObligations,
  type ObligationRow,
  obligationsByIds,
  obligationsOn,
  openOf,
  openOfAll,
} from './store/read.ts'
export { recountTally } from './store/tally.ts'
export { countMoved } from './store/turn.ts'
