export { assume, extend } from './actions.ts'
export { duties } from './routes.ts'
export { countHeldIn, dutyById, holdersOn, listDuties } from './store.ts'
