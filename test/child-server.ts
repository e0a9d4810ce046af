import { configOf } from '#kernel/config.ts'
import { boot } from '../src/main.ts'

/** The real server in a process of its own, for tests that kill it: `node test/child-server.ts DATA`. Prints its address. */
const running = await boot({
  dataDir: process.argv[2] ?? '',
  host: '127.0.0.1',
  port: 0,
  demo: false,
  web: undefined,
  config: { ...configOf({}), logLevel: 'fatal' },
  log: () => {},
})
process.stdout.write(`${JSON.stringify({ url: running.url })}\n`)
process.once('SIGTERM', () => void running.close().then(() => process.exit(0)))
