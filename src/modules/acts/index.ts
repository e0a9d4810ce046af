export { acts } from './routes.ts'
export { type ActRow, actById, actsOf, listActs } from './store.ts'
