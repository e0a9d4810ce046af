export { resolveCitations } from './actions/cite.ts'
export { tie } from './actions/duties.ts'
export { keepLaw } from './actions/keep.ts'
export { basis } from './routes.ts'
