#!/usr/bin/env node
import { randomBytes } from 'node:crypto'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import packageJson from '../package.json' with { type: 'json' }
import { cliRefusals, columns, langOf, nearest, padded } from '../src/cli/args.ts'
import { keepYoungSpaceSmall } from '../src/cli/memory.ts'
import { kernelRefusals, say } from '../src/kernel/errors.ts'
import { postgresRefusals } from '../src/kernel/postgres/refusals.ts'

// What was compiled once is not compiled again: a third of the time of a start. Where the folder cannot be written, everything works as before.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/zelian'))

type Command = { usage: string; zh: string; en: string; run: (args: string[]) => Promise<number> }

const commands: Record<string, Command> = {
  start: {
    usage: 'start [--demo] [--port N] [--data DIR]',
    zh: '启动服务和数据库',
    en: 'start server and database',
    run: async (args) => {
      keepYoungSpaceSmall()
      return (await import('../src/cli/start.ts')).start(args)
    },
  },
  directive: {
    usage: 'directive outline FILE [--org ORG.xlsx]',
    zh: '读出部署的提纲与责任建议',
    en: 'outline and proposed duties of a text',
    run: async (args) => (await import('../src/cli/directive.ts')).directive(args),
  },
  org: {
    usage: 'org import FILE --dry-run',
    zh: '试读花名册：机构、人员和问题',
    en: 'how a roster is understood',
    run: async (args) => (await import('../src/cli/org.ts')).org(args),
  },
  basis: {
    usage: 'basis read FILE',
    zh: '读出法规的章、条、款、项',
    en: 'chapters and articles of a law',
    run: async (args) => (await import('../src/cli/basis.ts')).basis(args),
  },
  act: {
    usage: 'act read "LINE" [--org ROSTER.xlsx]',
    zh: '试读一句话：哪天、谁、什么事',
    en: 'how a line of plain words is read',
    run: async (args) => (await import('../src/cli/act.ts')).act(args),
  },
  calendar: {
    usage: 'calendar add DAY 15wd | import FILE',
    zh: '推算工作日，导入放假通知',
    en: 'count working days, import a notice',
    run: async (args) => (await import('../src/cli/calendar.ts')).calendar(args),
  },
  test: {
    usage: 'test [--database-only] [NAME …]',
    zh: '运行测试',
    en: 'run the tests',
    run: async (args) => (await import('../src/cli/test.ts')).test(args),
  },
  check: {
    usage: 'check [--fast]',
    zh: '全部检查，含测试',
    en: 'all checks, tests included',
    run: async (args) => (await import('../src/cli/check.ts')).check(args),
  },
  bench: {
    usage: 'bench NAME',
    zh: '测量速度与内存',
    en: 'measure speed and memory',
    run: async (args) => (await import('../src/cli/bench.ts')).bench(args),
  },
  npm: {
    usage: 'npm …',
    zh: '以随附的 Node 运行 npm',
    en: 'run npm on the bundled Node',
    run: async () => {
      process.stderr.write('./zelian npm …\n')
      return 2
    },
  },
  help: { usage: 'help', zh: '本说明', en: 'this page', run: async () => help() },
}

const lang = langOf(process.env)

function help(): number {
  const rows = Object.values(commands)
  const width = Math.max(...rows.map(({ usage }) => usage.length))
  const lead = Math.max(...rows.map(({ zh, en }) => columns(lang === 'en' ? en : zh)))
  const title =
    lang === 'en'
      ? ['The responsibility chain for clean governance.', '党风廉政建设责任制']
      : ['党风廉政建设责任制', 'The responsibility chain for clean governance.']
  const lines = rows.map(
    ({ usage, zh, en }) => `  ${padded(usage, width)}  ${lang === 'en' ? `${padded(en, lead)}  ${zh}` : `${padded(zh, lead)}  ${en}`}`,
  )
  const json = lang === 'en' ? 'start, directive, org, basis and bench take --json' : 'start、directive、org、basis、bench 可加 --json'
  process.stdout.write(`责廉 Zelian ${packageJson.version} · ${title.join(' · ')}\n\n./zelian\n${lines.join('\n')}\n\n${json}\n`)
  return 0
}

const line = (code: string, text: string) => process.stderr.write(`zelian: ${code}: ${text}\n`)

async function main([name = 'help', ...args]: string[]): Promise<number> {
  if (name === '--version' || name === '-v') {
    process.stdout.write(`${packageJson.version}\n`)
    return 0
  }
  const command = Object.hasOwn(commands, name)
    ? commands[name]
    : ['--help', '-h'].includes(name) || args.includes('--help')
      ? commands.help
      : undefined
  if (command) return command.run(args)
  const meant = nearest(name, Object.keys(commands))
  const hint = {
    'zh-CN': meant ? `是否想用“./zelian ${meant}”？` : '请看 ./zelian help。',
    en: meant ? ` Did you mean “./zelian ${meant}”?` : ' See ./zelian help.',
  }
  line('cli.command', say(cliRefusals, { code: 'cli.command', params: { given: name } }, lang) + hint[lang])
  return 2
}

/** One line with a code for whatever a command did not foresee; a refusal in its own words. */
function explain(error: unknown): number {
  if (process.env.ZELIAN_DEBUG === '1') console.error(error)
  const { code, params, message } = (error ?? {}) as { code?: string; params?: Record<string, string | number>; message?: string }
  const known = { ...kernelRefusals, ...postgresRefusals, ...cliRefusals }
  if (code && known[code]) {
    line(code, say(known, { code, params: params ?? {} }, lang))
    return code.startsWith('cli.') ? 2 : 1
  }
  const reason = (message || String(error)).split('\n')[0] ?? ''
  const more = lang === 'en' ? '(ZELIAN_DEBUG=1 shows where)' : '（设 ZELIAN_DEBUG=1 可见出处）'
  line(code ?? `error.${randomBytes(3).toString('hex')}`, `${reason} ${more}`)
  return 1
}

// `./zelian … | head` closes our stdout early: that is an end, not a fault
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

process.exitCode = await main(process.argv.slice(2)).catch(explain)
// what is still printed is printed; what was left open does not keep a finished command alive
setTimeout(() => process.exit(), 3000).unref()
