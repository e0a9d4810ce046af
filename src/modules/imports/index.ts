export { importing } from './actions/importing.ts'
export { imports } from './routes.ts'
