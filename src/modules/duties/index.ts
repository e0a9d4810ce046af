export { assume, extend } from './actions.ts'
export { duties } from './routes.ts'
export { type DutyRow, dutyById, holdersOn, listDuties } from './store.ts'
