export { discharge, handOver, moveDue, type Owed, owe, reopen, shown, waive, waiveRest, whyOf } from './actions.ts'
export { obligations } from './routes.ts'
export { eventsOf, holdObligations, listObligations, type ObligationRow, obligationById, obligationsByIds, recountTally } from './store.ts'
