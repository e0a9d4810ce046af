export { carryNext } from './actions/sign.ts'
export { handovers } from './routes.ts'
export { type HandedOver, handedOverOf } from './store/handovers.ts'
