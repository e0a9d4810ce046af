import { execFile, spawn } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const project = join(import.meta.dirname, '..')
type Answer = { code: number; out: string; err: string }

const run = (program: string, args: string[], env: NodeJS.ProcessEnv, cwd = tmpdir()): Promise<Answer> =>
  new Promise((resolve) => {
    execFile(program, args, { env, cwd }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err }),
    )
  })

describe('the command line', () => {
  const zelian = (args: string[], env: NodeJS.ProcessEnv = {}) =>
    run(process.execPath, [join(import.meta.dirname, 'zelian.ts'), ...args], env)

  test('says its version and its commands, each language first for its readers', async () => {
    const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string }
    expect(await zelian(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' })
    const [english, chinese] = [await zelian([]), await zelian(['help'], { LANG: 'zh_CN.UTF-8' })]
    for (const { code, out } of [english, chinese])
      for (const word of ['start', 'test', 'check', 'bench', 'directive', 'calendar'])
        expect([code, out]).toEqual([0, expect.stringContaining(word)])
    const order = ({ out }: Answer) => out.indexOf('启动') < out.indexOf('start server')
    expect([order(english), order(chinese)]).toEqual([false, true])
  })

  test('meets an unknown command with the nearest one', async () => {
    expect(await zelian(['strat'])).toEqual({
      code: 2,
      out: '',
      err: 'zelian: cli.command: There is no command “strat”. Did you mean “./zelian start”?\n',
    })
    expect(await zelian(['constructor'], { LANG: 'zh_CN' })).toMatchObject({
      code: 2,
      err: 'zelian: cli.command: 没有“constructor”这个命令。请看 ./zelian help。\n',
    })
  })
})

/** The launcher alone in a folder of its own, with stand-ins for npm (which counts its runs) and node (which says how it was called). */
describe('the launcher', () => {
  let base: string
  let home: string
  let env: NodeJS.ProcessEnv
  const node = (version: string) =>
    `#!/bin/sh\nif [ "$1" = --version ]; then echo v${version}; else shift; printf '%s|' "$(pwd -P)" "$@"; fi\n`
  const program = (path: string, text: string) => {
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, text, { mode: 0o755 })
  }
  const installs = () => (existsSync(join(base, 'installs')) ? readFileSync(join(base, 'installs'), 'utf8').trim().split('\n').length : 0)
  const pinned = `node_modules/node-linux-${process.arch}/bin/node`

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'zelian-launcher-'))
    home = join(base, 'a home')
    mkdirSync(join(home, 'bin'), { recursive: true })
    copyFileSync(join(project, 'zelian'), join(home, 'zelian'))
    writeFileSync(join(home, 'package-lock.json'), '{}')
    program(join(base, 'tools', 'node'), node('20.1.0'))
    writeFileSync(join(base, 'node24'), node('24.1.0'), { mode: 0o755 })
    program(
      join(base, 'tools', 'npm'),
      `#!/bin/sh\nif [ "$1" != ci ]; then echo "npm $* on $(node --version)"; exit 0; fi
      echo "$(pwd -P)" >>"${base}/installs"; echo installing; sleep 0.3; [ ! -f "${base}/broken" ] || exit 7
      rm -rf node_modules; mkdir -p "${join(pinned, '..')}"; cp "${base}/node24" ${pinned}\n`,
    )
    env = { PATH: `${join(base, 'tools')}:/usr/bin:/bin`, HOME: base }
  })
  afterEach(() => rmSync(base, { recursive: true, force: true }))
  const start = (...args: string[]) => run(join(home, 'zelian'), args, env, base)

  test('installs once, again when the lockfile changes, and keeps stdout for the command', async () => {
    expect(await start('help', 'two words', '')).toEqual({
      code: 0,
      out: `${base}|help|two words||`,
      err: expect.stringContaining('installing'),
    })
    expect(await start('help')).toEqual({ code: 0, out: `${base}|help|`, err: '' })
    expect(installs()).toBe(1)
    writeFileSync(join(home, 'package-lock.json'), '{"more": 1}')
    expect((await start()).code).toBe(0)
    expect(installs()).toBe(2)
    expect(existsSync(join(home, '.zelian'))).toBe(false)
  })

  test('two at once: one installs, the other waits', async () => {
    const both = await Promise.all([start('one'), start('two')])
    expect(both.map(({ code, out }) => [code, out])).toEqual([
      [0, `${base}|one|`],
      [0, `${base}|two|`],
    ])
    expect(installs()).toBe(1)
  })

  test('what npm itself installed after the lockfile serves; what is older does not', async () => {
    program(join(home, pinned), node('24.1.0'))
    const note = join(home, 'node_modules', '.package-lock.json')
    writeFileSync(note, '{}')
    utimesSync(join(home, 'package-lock.json'), 1000, 1000)
    expect([(await start()).code, installs()]).toEqual([0, 0])
    rmSync(join(home, 'node_modules', '.zelian-stamp'))
    utimesSync(note, 500, 500)
    expect([(await start()).code, installs()]).toEqual([0, 1])
  })

  test('a lock whose holder has died is passed over, with its number or without', async () => {
    const gone = spawn('/bin/true')
    await new Promise((resolve) => gone.once('exit', resolve))
    const lock = join(home, '.zelian', 'install.lock')
    mkdirSync(lock, { recursive: true })
    writeFileSync(join(lock, `pid.${gone.pid}`), '')
    expect([(await start()).code, installs(), existsSync(lock)]).toEqual([0, 1, false])
    rmSync(join(home, 'node_modules'), { recursive: true })
    mkdirSync(lock, { recursive: true })
    expect([(await start()).code, installs(), existsSync(lock)]).toEqual([0, 2, false])
  })

  test('through links, from anywhere', async () => {
    symlinkSync('a home/zelian', join(base, 'first'))
    symlinkSync(join(base, 'first'), join(base, 'second'))
    expect(await run(join(base, 'second'), ['help'], env, '/')).toMatchObject({ code: 0, out: '/|help|' })
  })

  test('npm runs on the pinned Node; an install that failed does not keep npm from mending it', async () => {
    expect(await start('npm', 'ls', '--all')).toMatchObject({ code: 0, out: 'npm ls --all on v24.1.0\n' })
    rmSync(join(home, 'node_modules'), { recursive: true })
    writeFileSync(join(base, 'broken'), '')
    expect(await start('help')).toMatchObject({ code: 1, out: '', err: expect.stringContaining('npm ci answered 7') })
    expect(await start('npm', 'install')).toMatchObject({ code: 0, out: 'npm install on v20.1.0\n' })
    expect(existsSync(join(home, '.zelian'))).toBe(false)
  })

  test('says what is missing, in both languages: no Node, one too old to install, none that can run it', async () => {
    const says = async (text: string) => {
      const { code, out, err } = await start('help')
      expect([code, out, err]).toEqual([1, '', expect.stringMatching(new RegExp(`\\p{Script=Han}[^]*${text}`, 'u'))])
    }
    writeFileSync(join(base, 'tools', 'node'), node('18.0.0'), { mode: 0o755 })
    await says('The first start needs Node.js 20')
    writeFileSync(join(base, 'tools', 'node'), node('20.0.0'), { mode: 0o755 })
    writeFileSync(join(base, 'node24'), '#!/bin/sh\nexit 127\n')
    chmodSync(join(base, 'node24'), 0o755)
    await says('no bundled Node 24')
    writeFileSync(join(base, 'tools', 'node'), node('25.0.0'), { mode: 0o755 })
    expect(await start('help')).toMatchObject({ code: 0, out: `${base}|help|` })
  })
})
