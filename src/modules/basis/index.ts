export { resolveCitations } from './actions/cite.ts'
export { basis } from './routes.ts'
