export { sealings } from './routes.ts'
