import { join, resolve } from 'node:path'
import { configOf } from '#kernel/config.ts'
import { buildWeb } from '../../bin/build-web.ts'
import { boot } from '../main.ts'
import { langOf, readArgs } from './args.ts'

/** `start [--demo] [--port N] [--host H] [--data DIR] [--json]`: everything, until TERM or INT. With --json one line says where. */
export async function start(args: string[]): Promise<number> {
  const given = readArgs(args, { demo: 'flag', port: 'number', host: 'text', data: 'text', json: 'flag' }, 0)
  const began = performance.now()
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const stopped = new Promise<string>((done) => {
    process.once('SIGTERM', () => done('SIGTERM'))
    process.once('SIGINT', () => done('SIGINT'))
  })
  const config = configOf(process.env)
  const web = await buildWeb({ log: say })
  const running = await boot({
    dataDir: resolve(given.data ?? join(import.meta.dirname, '../../.zelian')),
    host: given.host ?? '127.0.0.1',
    port: given.port ?? 8200,
    demo: given.demo,
    web,
    config: { ...config, logLevel: process.env.ZELIAN_LOG ?? 'warn' },
    log: say,
  })
  const seconds = Math.round((performance.now() - began) / 100) / 10
  if (given.json)
    process.stdout.write(
      `${JSON.stringify({ url: running.url, metrics: running.metricsUrl, demo: given.demo, seconds, pid: process.pid })}\n`,
    )
  else if (langOf(process.env) === 'en')
    say(`责廉 Zelian is at ${running.url}${given.demo ? ' (demo office, fictional)' : ''} · ${seconds} s · Ctrl+C ends it`)
  else say(`责廉 Zelian 已启动：${running.url}${given.demo ? '（虚构的示例单位）' : ''} · ${seconds} 秒 · 按 Ctrl+C 结束`)
  await stopped
  await running.close()
  return 0
}
