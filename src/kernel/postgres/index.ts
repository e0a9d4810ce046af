export { openPostgres, type Postgres, type PostgresWant } from './open.ts'
export { postgresRefusals } from './refusals.ts'
