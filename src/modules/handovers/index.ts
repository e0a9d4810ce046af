export { carryNext } from './actions/sign.ts'
export { handovers } from './routes.ts'
export { type HandedOver, handedOverOn } from './store/handovers.ts'
