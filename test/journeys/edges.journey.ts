import { expect, it } from 'vitest'
import { palette } from '#web/theme.ts'
import { keep, seriousFindings } from '../browser/page.ts'
import { openDemo } from './demo.ts'

/** What stands at the edges of the product: the door, its documentation, an address that is none, paper, and a server that is gone. */

const demo = await openDemo('2026-11-23T01:00:00Z')

it('the first visit, signed out, leaves no error in the console', async () => {
  const context = await demo.browser.newContext({ baseURL: demo.url, locale: 'zh-CN' })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('console', (line) => line.type() === 'error' && errors.push(line.text()))
  await page.goto('/board')
  await page.locator('[data-persona=director]').waitFor()
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  expect(errors).toEqual([])
  await context.close()
})

it.each([1440, 360])('the documentation and an address that is none are drawn at %i', async (width) => {
  const page = await demo.as('clerk', { width })
  const errors: string[] = []
  page.on('console', (line) => line.type() === 'error' && errors.push(line.text()))
  await page.goto('/api/docs')
  await page.getByRole('link', { name: 'obligations' }).click()
  await page.getByText('/api/obligations/mine', { exact: true }).waitFor()
  await page.goto('/nowhere')
  await page.getByRole('heading', { level: 1, name: '没有这一页' }).waitFor()
  await keep(page, `edge-nowhere-${width}`)
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('link', { name: '回到我的责任' }).click()
  await page.waitForURL(/\/mine$/)
  expect(errors).toEqual([])
})

it('prints in the light palette from a dark screen, with the looking-back band above the heading', async () => {
  const page = await demo.as('clerk', { dark: true })
  await page.goto('/duties?asOf=2026-10-30')
  await page.locator('main h1').waitFor()
  const ink = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--ink'))
  expect(await ink()).toBe(palette.dark.ink)
  await page.emulateMedia({ media: 'print' })
  expect(await ink()).toBe(palette.light.ink)
  const band = await page.locator('.band').boundingBox()
  const heading = await page.locator('main h1').boundingBox()
  expect((band?.y ?? 0) + (band?.height ?? 0)).toBeLessThanOrEqual(heading?.y ?? 0)
  expect(await page.locator('.band').evaluate((element) => getComputedStyle(element).position)).toBe('static')
})

it('opening a thing leaves the list where it was scrolled to', async () => {
  const page = await demo.as('clerk')
  await page.setViewportSize({ width: 1440, height: 500 })
  await page.goto('/acts')
  await page.locator('.row-open').nth(12).scrollIntoViewIfNeeded()
  const before = await page.evaluate(() => window.scrollY)
  expect(before).toBeGreaterThan(100)
  await page.locator('.row-open').nth(12).click()
  await page.waitForURL(/open=/)
  await page.locator('.act-detail').waitFor()
  expect(Math.abs((await page.evaluate(() => window.scrollY)) - before)).toBeLessThan(60)
})

it('a server that is gone is said in words, with another try that works once it is back', async () => {
  const page = await demo.as('clerk')
  await page.goto('/mine')
  await page.locator('main h1').waitFor()
  await page.route('**/api/**', (route) => route.abort('connectionrefused'))
  await page.getByRole('link', { name: '责任清单', exact: true }).first().click()
  const alert = page.getByRole('alert').filter({ hasText: '没有连上服务器' })
  await alert.first().waitFor({ timeout: 30_000 })
  await keep(page, 'edge-server-gone')
  await page.unroute('**/api/**')
  await alert.first().getByRole('button', { name: '再试一次' }).click()
  await page.locator('.row-open').first().waitFor()
})

it('a page that was never opened is no blank one when the server is gone, and comes when it is back', async () => {
  const page = await demo.as('clerk', { width: 360 })
  await page.goto('/mine')
  await page.waitForLoadState('networkidle')
  await page.route('**/*', (route) => route.abort('connectionrefused'))
  await page.locator('.menu-button').click()
  await page.getByRole('link', { name: '倒查' }).last().click()
  const alert = page.getByRole('alert').filter({ hasText: '没有连上服务器' })
  await alert.waitFor({ timeout: 20_000 })
  await keep(page, 'edge-server-gone-phone')
  await page.unroute('**/*')
  await alert.getByRole('button', { name: '再试一次' }).click()
  await alert.waitFor({ state: 'detached' })
  await page.locator('main h1').waitFor()
  expect(new URL(page.url()).pathname).toBe('/trace')
})
