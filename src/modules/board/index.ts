export { board } from './routes.ts'
