import { type Browser, chromium } from 'playwright-core'
import { installedBrowser, type Program, packagedBrowser } from './chromium.ts'
import { fontSurroundings } from './fonts.ts'

// Nothing of the browser's own may reach for the network: a journey sees the page under test and nothing else. The sandbox is left out since it
// cannot be had as root nor in most containers, and the only pages opened are our own.
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
]

/**
 * A headless browser with a new empty profile: the installed Chromium or Chrome, else the one from npm with its own libraries. Chinese is drawn
 * with the faces from npm. Whoever launches closes.
 * @throws when CHROME_PATH is wrong, or when neither can be started
 */
export async function launchBrowser(): Promise<Browser> {
  const installed = installedBrowser()
  if (installed) {
    try {
      return await start(installed)
    } catch (error) {
      if (process.env.CHROME_PATH) throw error
      console.warn(`${installed.path} did not start; the Chromium from npm is taken instead.`)
    }
  }
  return start(await packagedBrowser())
}

async function start(program: Program): Promise<Browser> {
  const { HOME, ...fonts } = await fontSurroundings()
  // A user without a home of their own (a service account) still gets one that can be written.
  const env = { ...definedOnly(process.env), ...fonts, ...program.env, HOME: HOME ?? '' }
  return chromium.launch({ executablePath: program.path, headless: true, args: flags, env, timeout: 60_000 })
}

const definedOnly = (env: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
