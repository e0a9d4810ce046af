export { endFor } from './actions/changes.ts'
export { pledgeHandover } from './actions/handover.ts'
export { pledgesOf, toSignOf } from './actions/view.ts'
export { pledges } from './routes.ts'
