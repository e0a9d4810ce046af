import { accessSync, constants, createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs'
import { lstat, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir, userInfo } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib'

/** A browser that can be started: the program, and what its surroundings must hold for it. */
export type Program = { path: string; env: Record<string, string> }

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']
const places = ['/usr/bin', '/usr/local/bin', '/opt/google/chrome']
const macs = ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']

/**
 * The installed Chromium or Chrome: what CHROME_PATH names, else the first found in PATH and the usual places; undefined when there is none.
 * @throws when CHROME_PATH names something that cannot be run
 */
export function installedBrowser(env: NodeJS.ProcessEnv = process.env): Program | undefined {
  if (env.CHROME_PATH) {
    if (!runs(env.CHROME_PATH)) throw new Error(`CHROME_PATH is "${env.CHROME_PATH}", which is not a program that can be run`)
    return { path: env.CHROME_PATH, env: {} }
  }
  const folders = [...(env.PATH ?? '').split(delimiter).filter(Boolean), ...places]
  const path = [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...macs].find(runs)
  return path ? { path, env: {} } : undefined
}

/**
 * The Chromium that comes from npm, unpacked with its own shared libraries, so that nothing needs to be installed on the machine.
 * Unpacking takes about two seconds and happens once per package version and user.
 * @throws on a platform the package has no program for (it has x64 Linux only)
 */
export async function packagedBrowser(): Promise<Program> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `No Chromium comes from npm for ${process.platform}-${process.arch}: install Chromium or Chrome, or set CHROME_PATH to the program.`,
    )
  }
  const home = packageFolder('@sparticuz/chromium')
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }
  const folder = await keptFolder(`chromium-${version}`, async (into) => {
    await pipeline(
      createReadStream(join(home, 'bin', 'chromium.br'), { highWaterMark: 1 << 22 }),
      createBrotliDecompress({ chunkSize: 1 << 21 }),
      createWriteStream(join(into, 'chromium'), { mode: 0o700 }),
    )
    await untar(brotliDecompressSync(await readFile(join(home, 'bin', 'al2023.tar.br'))), into)
    // The software renderer is looked for beside the program.
    await untar(brotliDecompressSync(await readFile(join(home, 'bin', 'swiftshader.tar.br'))), into)
  })
  const libraries = [join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  return { path: join(folder, 'chromium'), env: { LD_LIBRARY_PATH: libraries } }
}

/** Where an installed npm package lives; `name` is a package the project lists. */
export function packageFolder(name: string): string {
  const start = createRequire(import.meta.url).resolve.paths(name) ?? []
  const found = start.map((folder) => join(folder, name)).find((folder) => existsSync(join(folder, 'package.json')))
  if (!found) throw new Error(`The package ${name} is not installed: run npm ci.`)
  return found
}

/**
 * A folder in the temporary directory that `fill` fills once, kept for later runs. Several processes may ask at the same time: each fills a
 * folder of its own, the first rename wins, so nobody ever sees a half-filled one.
 */
export async function keptFolder(name: string, fill: (into: string) => Promise<void>): Promise<string> {
  const owner = userInfo().uid
  const folder = join(tmpdir(), `zelian-${name}-${owner}`)
  if (await isOurs(folder, owner)) return folder
  const filling = await mkdtemp(`${folder}.`)
  try {
    await fill(filling)
    await rename(filling, folder)
  } catch (error) {
    await rm(filling, { recursive: true, force: true })
    if (!(await isOurs(folder, owner))) throw error
  }
  return folder
}

/** The temporary directory is open to all: a folder another user laid there under our name is refused, since programs are run from it. */
async function isOurs(folder: string, owner: number): Promise<boolean> {
  const stat = await lstat(folder).catch(() => undefined)
  if (!stat) return false
  if (!stat.isDirectory() || (owner >= 0 && (stat.uid !== owner || (stat.mode & 0o022) !== 0))) {
    throw new Error(`${folder} is there but is not a folder of ours alone: remove it.`)
  }
  return true
}

/** Unpacks the files of a plain ustar archive; folders are made as needed, anything but a file or a folder is an error. */
async function untar(archive: Buffer, into: string): Promise<void> {
  const text = (from: number, length: number) =>
    archive
      .toString('utf8', from, from + length)
      .replace(/\0.*$/s, '')
      .trim()
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0; ) {
    const name = text(at, 100)
    const mode = Number.parseInt(text(at + 100, 8), 8)
    const size = Number.parseInt(text(at + 124, 12), 8)
    const kind = text(at + 156, 1)
    if (name.split('/').includes('..') || name.startsWith('/')) throw new Error(`The archive names a place outside itself: ${name}`)
    if (kind === '' || kind === '0') {
      await mkdir(dirname(join(into, name)), { recursive: true })
      await writeFile(join(into, name), archive.subarray(at + 512, at + 512 + size), { mode })
    } else if (kind !== '5') throw new Error(`The archive holds a thing of kind ${kind}: ${name}`)
    at += 512 + Math.ceil(size / 512) * 512
  }
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
