export { assume, assumeAll, extend } from './actions/assume.ts'
export { holdersOn } from './actions/holders.ts'
export { duties } from './routes.ts'
export { countHeldIn, dutyById, listDuties } from './store/duties.ts'
