export { assume, extend } from './actions.ts'
export { duties } from './routes.ts'
export { dutyById, holdersOn, listDuties } from './store.ts'
