export { type Live, newCalendars } from './actions/live.ts'
export { carryTurn, openTurn, turnJob, unended } from './actions/turn.ts'
export { calendar } from './routes.ts'
