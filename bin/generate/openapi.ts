import type { House } from '#kernel/house.ts'
import { demoAccess } from '#modules/access/index.ts'
import { buildApp } from '../../src/app.ts'
import { modules } from '../../src/modules.ts'

/** The API as OpenAPI 3.1, from the route tables alone: nothing behind them is opened. */
export async function openapi(): Promise<string> {
  const none = new Proxy({}, { get: () => undefined }) as Omit<House, 'log'>
  const app = await buildApp(none, { modules: [...modules, demoAccess('demo', [])], logLevel: 'silent', health: async () => ({}) })
  await app.ready()
  const text = `${JSON.stringify(app.swagger(), null, 1)}\n`
  await app.close()
  return text
}
