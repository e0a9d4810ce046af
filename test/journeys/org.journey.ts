import { describe, expect, it } from 'vitest'
import { keep, seriousFindings } from '../browser/page.ts'
import { openDemo } from './demo.ts'

/** The office as it is: two departments become one, a person's grade is noted, the chart is looked at and printed, back and today. */

const demo = await openDemo('2026-11-23T01:00:00Z')

describe('the office as it is', () => {
  it('notes what a person is, and says who counts as a leader and why', async () => {
    const page = await demo.as('clerk')
    await page.goto('/org?view=persons&q=石磊')
    await page.getByRole('button', { name: /石磊/ }).click()
    await page.getByRole('button', { name: '记人事信息' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('职级').fill('四级主任')
    await sheet.getByRole('option', { name: '四级主任科员 乡科级副职' }).click()
    await keep(page, 'org-note')
    await sheet.getByRole('button', { name: '保存' }).click()
    await page.getByText('按规则属于副科级以上').waitFor()
    await page.getByRole('link', { name: '全部情况' }).click()
    await page.waitForURL(/\/org\/persons\//)
    await page.getByRole('button', { name: '为什么' }).click()
    await page.getByText(/职务与职级并行规定/).waitFor()
    await keep(page, 'org-person')
    expect(await seriousFindings(page)).toEqual([])
  })

  it('merges two departments: everything that hangs there is decided, and it can be taken back', async () => {
    const page = await demo.as('clerk')
    const { units } = await (await page.context().request.get('/api/org')).json()
    const civil = units.find((one: { name: string }) => one.name === '平战结合科')
    await page.goto(`/org?unit=${civil.id}`)
    await page.getByRole('button', { name: '机构变动' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('和哪些机构一起').fill('行政审批')
    await sheet.getByRole('option', { name: '行政审批科 示例市人防办' }).click()
    await sheet.getByLabel('新机构名称').fill('审批和平战科')
    await sheet.getByLabel('依据文号').fill('编办〔2026〕3号')
    await sheet.getByText('行政审批科 名下').waitFor()
    await expect.poll(() => sheet.getByText(/还有 \d+ 项没有定去向/).count()).toBe(1)
    await keep(page, 'org-merge')
    // One choice for all that is open in a unit; the list of it goes when nothing is.
    await sheet.getByLabel('未定的都移到…').nth(1).selectOption('new')
    await sheet.getByLabel('未定的都移到…').first().selectOption('new')
    await keep(page, 'org-merge-decided')
    expect(await seriousFindings(page)).toEqual([])
    await sheet.getByRole('button', { name: '合并', exact: true }).click()
    await page.getByText(/已记入沿革/).waitFor()
    await page.getByRole('heading', { name: '审批和平战科' }).waitFor()
    await keep(page, 'org-merged')
    await page.getByRole('radio', { name: '沿革' }).check({ force: true })
    await page.getByText(/合并为 审批和平战科/).waitFor()
    await keep(page, 'org-changes')
    await page.getByRole('button', { name: '撤回' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click()
    await page.getByText('已撤回，一切照旧').waitFor()
    const after = await (await page.context().request.get('/api/org')).json()
    expect(after.units.map((one: { name: string }) => one.name)).toContain('平战结合科')
  })

  it('shows the chart of a day, goes through it by keyboard, and prints it on one sheet', async () => {
    const page = await demo.as('director')
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (line) => line.type() === 'error' && errors.push(line.text()))
    await page.goto('/org/chart')
    await page
      .getByRole('heading', { name: /机构图/ })
      .first()
      .waitFor()
    await keep(page, 'org-chart', { fullPage: true })
    expect(await seriousFindings(page)).toEqual([])
    expect(await page.getByText('主持', { exact: true }).count()).toBeGreaterThan(0)
    const first = page.locator('[data-unit]').first()
    await first.focus()
    await page.keyboard.press('ArrowDown')
    const second = await page.evaluate(() => document.activeElement?.getAttribute('data-unit'))
    expect(second).not.toBe(await first.getAttribute('data-unit'))
    await page.keyboard.press('ArrowRight')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-unit'))).not.toBe(second)
    for (const paper of ['a4', 'a3'] as const) {
      await page.goto(`/org/chart${paper === 'a3' ? '?paper=a3' : ''}`)
      await page
        .getByRole('heading', { name: /机构图/ })
        .first()
        .waitFor()
      await page.evaluate(() => document.fonts.ready.then(() => undefined))
      await page.emulateMedia({ media: 'print' })
      await keep(page, `org-print-${paper}`, { fullPage: true })
      await page.emulateMedia({ media: null })
      const pdf = await page.pdf({ preferCSSPageSize: true, path: `artefacts/org-chart-${paper}.pdf` })
      const text = pdf.toString('latin1')
      expect([...text.matchAll(/\/Type\s*\/Page\b/g)].length, paper).toBe(1)
      const [, width, height] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(text) ?? []
      expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual(paper === 'a4' ? [842, 595] : [1191, 842])
    }
    await page.goto('/org/chart?asOf=2026-01-15')
    await page
      .getByText(/截至 2026年1月15日/)
      .first()
      .waitFor()
    expect(errors).toEqual([])
  })

  it('is the tree on a phone, in the dark, and in English', async () => {
    const page = await demo.as('clerk', { width: 360, dark: true })
    await page.goto('/org/chart')
    await page.getByText('屏幕窄').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(1)
    expect(await seriousFindings(page)).toEqual([])
    await keep(page, 'org-chart-phone')
    const wide = await demo.as('director', { locale: 'en-US', dark: true })
    await wide.goto('/org/chart')
    await wide.getByRole('heading', { name: /organisation chart/ }).waitFor()
    await keep(wide, 'org-chart-en', { fullPage: true })
    expect(await seriousFindings(wide)).toEqual([])
  })
})
