export { correct, record, withdraw } from './actions.ts'
export { acts } from './routes.ts'
export { type ActRow, actById, actsOf, listActs } from './store.ts'
