export { trace } from './routes.ts'
