import { readFileSync } from 'node:fs'
import Fastify from 'fastify'
import { type Connection, openPool } from '#kernel/db.ts'

/** The reference: the same statement behind a Fastify route with a response schema and nothing else: no session, no row policy, no actions. */
const { connection, statement, parameters } = JSON.parse(readFileSync(0, 'utf8')) as {
  connection: Connection
  statement: string
  parameters: string[]
}
const pool = openPool(connection, 16)
const app = Fastify()
const text = { type: 'string' }
const row = Object.fromEntries(
  [
    'id',
    'because',
    'because_id',
    'kind',
    'title',
    'period',
    'holder_id',
    'holder',
    'unit_id',
    'unit',
    'opens',
    'warn_from',
    'due',
    'state',
  ].map((key) => [key, text]),
)
const response = { 200: { type: 'object', properties: { items: { type: 'array', items: { type: 'object', properties: row } } } } }
app.get('/list', { schema: { response } }, async () => ({ items: await pool.unsafe(statement, parameters, { prepare: true }) }))
await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`${JSON.stringify({ url: app.listeningOrigin })}\n`)
