export { correct, record, withdraw } from './actions.ts'
export { acts } from './routes.ts'
export { type ActRow, actById, actsOf, readableActs } from './store.ts'
