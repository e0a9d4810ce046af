import { existsSync } from 'node:fs'
import { mkdir, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keptFolder, packageFolder } from './chromium.ts'

// Only the weights the pages use: every face more is read at each start of the browser.
const faces = [
  ['@expo-google-fonts/noto-serif-sc', ['400Regular', '600SemiBold', '700Bold']],
  ['@expo-google-fonts/noto-sans-sc', ['400Regular', '500Medium', '600SemiBold', '700Bold']],
] as const

const serif = [
  'serif',
  'Songti SC',
  'STSong',
  'SimSun',
  'FangSong',
  'KaiTi',
  'Source Han Serif SC',
  'Noto Serif CJK SC',
  'Georgia',
  'Times New Roman',
]
const sans = [
  'sans-serif',
  'system-ui',
  'PingFang SC',
  'Microsoft YaHei',
  'Source Han Sans SC',
  'Noto Sans CJK SC',
  'Arial',
  'Helvetica',
  'monospace',
]

/**
 * What the browser's surroundings must hold so that Chinese is drawn and named, the same on every machine: a fontconfig file of our own that knows the
 * faces from npm and nothing of the system's, and a locale. Returns environment variables; the folder lies in the temporary directory.
 */
export async function fontSurroundings(): Promise<Record<string, string>> {
  const folder = await keptFolder('fonts', async (into) => {
    await mkdir(join(into, 'cache'))
  })
  const file = join(folder, 'fonts.conf')
  // Written at every start, since the checkout it points into may be another one than last time; renamed, since others may be reading it.
  await writeFile(`${file}.${process.pid}`, fontsConf(join(folder, 'cache')))
  await rename(`${file}.${process.pid}`, file)
  return {
    FONTCONFIG_FILE: file,
    FONTCONFIG_PATH: folder,
    HOME: folder,
    XDG_CACHE_HOME: join(folder, 'cache'),
    ...(await localeSurroundings()),
  }
}

/**
 * A Chinese locale in UTF-8, also on a machine that has none: in a locale that is missing, Chromium calls every download with a Chinese name
 * `download`. Its signs are those of C.UTF-8, which most have; for words and dates Chromium looks at the name alone.
 */
async function localeSurroundings(): Promise<Record<string, string>> {
  const plain = ['/usr/lib/locale/C.utf8', '/usr/lib/locale/C.UTF-8'].find((path) => existsSync(path))
  const locale = { LC_ALL: 'zh_CN.UTF-8', LANG: 'zh_CN.UTF-8' }
  if (!plain) return locale
  return { ...locale, LOCPATH: await keptFolder('locale', (into) => symlink(plain, join(into, 'zh_CN.utf8'))) }
}

function fontsConf(cache: string): string {
  const folders = faces.flatMap(([name, weights]) => weights.map((weight) => join(packageFolder(name), weight)))
  const prefer = (names: readonly string[], face: string) =>
    names.map((name) => `  <alias binding="same"><family>${xml(name)}</family><prefer><family>${face}</family></prefer></alias>`)
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
    '<fontconfig>',
    ...folders.map((folder) => `  <dir>${xml(folder)}</dir>`),
    `  <cachedir>${xml(cache)}</cachedir>`,
    ...prefer(serif, 'Noto Serif SC'),
    ...prefer(sans, 'Noto Sans SC'),
    '</fontconfig>',
    '',
  ].join('\n')
}

const xml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')
