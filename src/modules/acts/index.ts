export { acts } from './routes.ts'
export { actById, actsOf, type ActRow, listActs } from './store.ts'
