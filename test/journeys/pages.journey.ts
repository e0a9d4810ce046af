import { describe, expect, it } from 'vitest'
import { keep, seriousFindings } from '../browser/page.ts'
import { openDemo } from './demo.ts'

/** Every page in both languages, light and dark, wide and at a phone's width: nothing serious for axe, nothing that overflows, no error. */

const demo = await openDemo('2026-11-23T01:00:00Z')
const paths = ['/mine', '/directives', '/basis', '/basis/add', '/duties', '/acts', '/board', '/trace', '/org', '/org/chart', '/org/import']
const looks = [
  { name: 'wide', width: 1440, locale: 'zh-CN', dark: false },
  { name: 'phone', width: 360, locale: 'zh-CN', dark: true },
  { name: 'english', width: 1280, locale: 'en-US', dark: false },
]

describe.each(looks)('$name', ({ name, ...look }) => {
  it('every page is sound', async () => {
    const page = await demo.as('clerk', look)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (line) => line.type() === 'error' && errors.push(line.text()))
    const [directive] = (await (await page.context().request.get('/api/directives')).json()).items
    const [red] = (await (await page.context().request.get('/api/obligations?light=red')).json()).items
    const [law] = (await (await page.context().request.get('/api/basis')).json()).items
    for (const path of [
      ...paths,
      `/directives/${directive.id}`,
      `/basis/${law.id}?article=3`,
      `/basis/${law.id}/compare`,
      `/trace?kind=obligation&id=${red.id}`,
    ]) {
      await page.goto(path)
      await page.waitForLoadState('networkidle')
      await page.locator('main h1, main h2').first().waitFor()
      await keep(page, `page-${name}${path.replace(/[0-9a-f-]{36}/, 'one').replace(/\W+/g, '-')}`)
      expect(await seriousFindings(page), `${path} ${name}`).toEqual([])
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(over, `${path} ${name} overflows`).toBeLessThanOrEqual(1)
    }
    expect(errors).toEqual([])
  })
})

describe('the front door', () => {
  it('lets a persona in with one click, and nobody without', async () => {
    const context = await demo.browser.newContext({ baseURL: demo.url, locale: 'zh-CN' })
    const page = await context.newPage()
    await page.goto('/board')
    await page
      .getByText(/国家秘密/)
      .first()
      .waitFor()
    await keep(page, 'page-sign-in')
    expect(await seriousFindings(page)).toEqual([])
    await page.locator('[data-persona=director]').click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForURL(/\/board/)
    await context.close()
  })

  it('speaks English when asked to, and remembers', async () => {
    const page = await demo.as('director')
    await page.goto('/mine')
    await page.getByRole('button', { name: /Switch to English/ }).click()
    await page.getByRole('link', { name: 'Board' }).waitFor()
    await page.reload()
    await page.getByRole('link', { name: 'Board' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
  })
})
