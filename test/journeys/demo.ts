import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll } from 'vitest'
import { configOf } from '#kernel/config.ts'
import { buildWeb } from '../../bin/build-web.ts'
import { boot } from '../../src/main.ts'
import { launchBrowser } from '../browser/launch.ts'

export type Demo = {
  url: string
  browser: Browser
  /** Sets the day for the server and for every page opened from now on. */
  setNow: (instant: string) => void
  /** A page signed in as a persona, in Chinese unless told. */
  as: (persona: string, options?: { width?: number; locale?: string; dark?: boolean }) => Promise<Page>
}

/** The whole product with its demo office on a data folder of its own, and a browser. Gone when the file ends. */
export async function openDemo(instant: string): Promise<Demo> {
  const dataDir = await mkdtemp(join(tmpdir(), 'zelian-journey-'))
  let now = new Date(instant)
  const running = await boot({
    dataDir,
    host: '127.0.0.1',
    port: 0,
    demo: true,
    web: await buildWeb(),
    config: { ...configOf({}), logLevel: 'fatal' },
    clock: () => now,
    log: () => {},
  })
  const browser = await launchBrowser()
  const contexts: BrowserContext[] = []
  afterAll(async () => {
    for (const context of contexts) await context.close()
    await browser.close()
    await running.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  return {
    url: running.url,
    browser,
    setNow: (next) => {
      now = new Date(next)
    },
    as: async (persona, { width = 1440, locale = 'zh-CN', dark = false } = {}) => {
      const context = await browser.newContext({
        baseURL: running.url,
        locale,
        timezoneId: 'Asia/Shanghai',
        viewport: { width, height: 900 },
        colorScheme: dark ? 'dark' : 'light',
      })
      contexts.push(context)
      const answer = await context.request.post('/api/demo/sign-in', { data: { persona } })
      if (!answer.ok()) throw new Error(`sign-in as ${persona}: ${answer.status()} ${await answer.text()}`)
      const page = await context.newPage()
      await page.clock.setFixedTime(now)
      return page
    },
  }
}
