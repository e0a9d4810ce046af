export { sweepEvidence } from './actions/remove.ts'
export { evidence } from './routes.ts'
