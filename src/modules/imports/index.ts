export { importing } from './actions/importing.ts'
export { giveUp } from './actions/move.ts'
export { imports } from './routes.ts'
