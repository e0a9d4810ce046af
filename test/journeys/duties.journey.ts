import { describe, expect, it } from 'vitest'
import { keep, seriousFindings } from '../browser/page.ts'
import { openDemo } from './demo.ts'

/** The views of duties, wide and on a phone: sound for axe, nothing that overflows; a duty broken down, changed and compared by hand and by keyboard. */

const demo = await openDemo('2026-11-23T01:00:00Z')
const views = ['', '?as=table', '?view=lists', '?view=lists&of=person', '?view=lists&of=branch', '?view=tree', '?view=first', '?view=gaps']
const looks = [
  { name: 'wide', width: 1440, locale: 'zh-CN', dark: false },
  { name: 'phone', width: 360, locale: 'zh-CN', dark: true },
  { name: 'english', width: 1280, locale: 'en-US', dark: false },
]

describe.each(looks)('$name', ({ name, ...look }) => {
  it('every view is sound', async () => {
    const page = await demo.as('clerk', look)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (line) => line.type() === 'error' && errors.push(line.text()))
    const api = page.context().request
    const { items } = await (await api.get('/api/duties/lists?of=unit&limit=200')).json()
    const works = items.find((one: { name: string }) => one.name === '工程科')
    const risks = (await (await api.get(`/api/duties?q=${encodeURIComponent('重排廉政风险点')}`)).json()).items[0]
    for (const view of [...views, `?view=lists&list=${works.id}`, `?open=${risks.id}`]) {
      await page.goto(`/duties${view}`)
      await page.waitForLoadState('networkidle')
      await page.locator('main h1').first().waitFor()
      const called = view.replace(/[0-9a-f-]{36}/, 'one').replace(/\W+/g, '-')
      await keep(page, `duties-${name}${called}`)
      expect(await seriousFindings(page), `${view} ${name}`).toEqual([])
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(over, `${view} ${name} overflows`).toBeLessThanOrEqual(1)
    }
    expect(errors).toEqual([])
  })
})

describe('a clerk', () => {
  it('walks the tree by arrows, breaks a duty down, and undoes it', async () => {
    const page = await demo.as('clerk')
    await page.goto('/duties?view=tree&kind=task')
    const risks = page.getByRole('treeitem', { name: /重排廉政风险点/ })
    await risks.focus()
    expect(await risks.getAttribute('aria-expanded')).toBe('false')
    await page.keyboard.press('ArrowRight')
    await page.getByRole('treeitem', { name: /竣工验收环节/ }).waitFor()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent ?? '')).toContain('环节的风险点')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent ?? '')).toContain('重排廉政风险点')
    await page.keyboard.press('Enter')
    await page.getByText(/还没有承接：/).waitFor()
    await page.getByRole('button', { name: '分解', exact: true }).click()
    const part = page.getByRole('group', { name: /^第 1 份/ })
    await part.getByRole('combobox', { name: '责任人' }).fill('姚婷')
    await page.keyboard.press('Enter')
    // The whole was due in March: its part gets a day of its own.
    await part.getByLabel('到期日').fill('2026-12-18')
    await page.getByRole('button', { name: '分解为 1 份' }).click()
    await page.getByText('已分解为 1 份').waitFor()
    await page.getByRole('button', { name: '撤销', exact: true }).click()
    await page.waitForLoadState('networkidle')
  })

  it('changes a duty from a day on, sees both versions side by side, and the list prints', async () => {
    const page = await demo.as('clerk')
    const api = page.context().request
    const duty = (await (await api.get(`/api/duties?q=${encodeURIComponent('随机抽查在建工程')}`)).json()).items[0]
    await page.goto(`/duties?open=${duty.id}`)
    await page.getByRole('button', { name: '修改', exact: true }).click()
    await page.getByLabel('做到什么').fill('每月抽查 2 处，当月公开')
    await page.getByLabel('为什么改').fill('上级明确抽查数量')
    await page.getByRole('button', { name: '生成新的版本' }).click()
    await page.getByText('已改为第 2 版').waitFor()
    await page.getByRole('button', { name: '对照', exact: true }).first().click()
    await page.locator('.duty-compare ins').first().waitFor()
    await keep(page, 'duties-compare')
    expect(await seriousFindings(page)).toEqual([])
    const { items } = await (await api.get('/api/duties/lists?of=unit&limit=200')).json()
    const works = items.find((one: { name: string }) => one.name === '工程科')
    await page.goto(`/duties?view=lists&list=${works.id}`)
    await page.getByRole('heading', { name: '工程科责任清单' }).waitFor()
    await page.emulateMedia({ media: 'print' })
    await keep(page, 'duties-print', { fullPage: true })
    await page.emulateMedia({ media: 'screen' })
    const file = page.waitForEvent('download')
    await page.getByRole('link', { name: '导出表格' }).click()
    expect((await file).suggestedFilename()).toMatch(/^工程科责任清单.*\.xlsx$/)
  })
})
