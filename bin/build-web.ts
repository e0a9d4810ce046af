import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const root = join(import.meta.dirname, '..')

/** Where things are; a test gives folders of its own. */
export type WebFolders = { root: string; dist: string }
type BuildOptions = { force?: boolean; log?: (line: string) => void; folders?: WebFolders; bundle?: (out: string) => Promise<void> }

/** Parts of a module that never reach the browser. */
const server = /\/(?:store|actions|routes|index)(?:\.ts$|\/)|\.test\.tsx?$|\/fixtures\//

/** A hash over everything the application is made from: pages, shell, contracts, rules, the packages' versions and how it is built. */
export async function sourcesHash(from: string = root): Promise<string> {
  const paths = globSync(['src/web/**', 'src/modules/**', 'src/kernel/*.ts'], { cwd: from })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.\w+$/.test(path) && !server.test(path))
    .sort()
  const hash = createHash('sha256')
  for (const path of [...paths, 'package-lock.json', 'vite.config.ts', 'bin/build-web.ts']) {
    const bytes = await readFile(join(from, path)).catch((error: NodeJS.ErrnoException) =>
      error.code === 'EISDIR' || error.code === 'ENOENT' ? '' : Promise.reject(error),
    )
    hash.update(`${path}\n${bytes.length}\n`).update(bytes)
  }
  return hash.digest('hex')
}

/**
 * The folder of the built web application, built first when its sources are others than those of the last build (or `force`). In a child process,
 * so that the server does not keep the bundler's memory; beside the old folder and then moved, so that nobody meets half of it; one at a time
 * over all processes.
 * @throws Error with what the bundler said
 */
export async function buildWeb({ force = false, log = () => undefined, folders, bundle = runVite }: BuildOptions = {}): Promise<string> {
  const { root: from, dist } = folders ?? { root, dist: join(root, 'dist') }
  const web = join(dist, 'web')
  const stamp = join(web, '.stamp')
  const hash = await sourcesHash(from)
  const fresh = async () => !force && (await readFile(stamp, 'utf8').catch(() => '')) === hash
  if (await fresh()) return web
  await mkdir(dist, { recursive: true })
  const release = await alone(join(dist, '.web.lock'), log)
  try {
    if (await fresh()) return web
    const began = performance.now()
    log('正在生成网页（仅首次或改动后）… building the web application')
    const next = join(dist, `.web-${process.pid}`)
    await bundle(next)
    await compressed(next)
    await writeFile(join(next, '.stamp'), hash)
    const old = join(dist, `.web-old-${process.pid}`)
    if (existsSync(web)) await rename(web, old)
    await rename(next, web)
    await rm(old, { recursive: true, force: true })
    log(`网页已生成 web application built in ${((performance.now() - began) / 1000).toFixed(1)} s`)
    return web
  } finally {
    await rm(join(dist, `.web-${process.pid}`), { recursive: true, force: true })
    await release()
  }
}

function runVite(out: string): Promise<void> {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const args = [vite, 'build', '--config', join(root, 'vite.config.ts'), '--outDir', out, '--logLevel', 'warn']
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const said: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => said.push(part))
  child.stderr.on('data', (part: Buffer) => said.push(part))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`vite build: ${Buffer.concat(said).toString('utf8').trim()}`)),
    )
  })
}

const zipped = promisify(gzip)
const brotlied = promisify(brotliCompress)

/** A `.gz` and a `.br` beside whatever is text and worth it. */
async function compressed(folder: string): Promise<void> {
  const files = globSync('**/*.{js,css,html,svg,json}', { cwd: folder })
  await Promise.all(
    files.map(async (file) => {
      const path = join(folder, file)
      const bytes = await readFile(path)
      if (bytes.length < 1000) return
      await writeFile(`${path}.gz`, await zipped(bytes, { level: 9 }))
      await writeFile(`${path}.br`, await brotlied(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }))
    }),
  )
}

/** Waits until no other living process builds; returns what lets the next one in. A lock whose process is gone does not count. */
async function alone(lock: string, log: (line: string) => void): Promise<() => Promise<void>> {
  for (let waited = 0; ; waited += 1) {
    try {
      const file = await open(lock, 'wx')
      await file.writeFile(String(process.pid))
      await file.close()
      return () => rm(lock, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = Number(await readFile(lock, 'utf8').catch(() => 'gone'))
    // An empty file is one that is being written this very moment, unless it stays so.
    if (!lives(holder) && (holder > 0 || waited > 20)) await rm(lock, { force: true })
    else if (waited === 0) log('另一个进程正在生成网页，稍候… another process is building the web application')
    if (waited > 3000) throw new Error(`${lock} is held by process ${holder} for five minutes`)
    await wait(100)
  }
}

function lives(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

if (import.meta.main) {
  await buildWeb({ force: process.argv.includes('--force'), log: (line) => console.log(line) })
}
