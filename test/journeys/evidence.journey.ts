import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { keep, seriousFindings } from '../browser/page.ts'
import { pdf, png, samples } from '../files/samples.ts'
import { openDemo } from './demo.ts'

/** Files of an act, as a person meets them: chosen, refused with a reason, shown where they stand and over the whole screen, taken away, looked back at. */

const demo = await openDemo('2026-11-20T01:00:00Z')
const picture = { name: '学习会现场.png', mimeType: 'image/png', buffer: png(640) }
const paper = { name: '会议纪要（定稿）.pdf', mimeType: 'application/pdf', buffer: pdf('Minutes') }
const word = { name: '学习总结.docx', mimeType: '', buffer: samples.docx }

const openAct = async (page: Page, id: string, search = '') => {
  await page.goto(`/acts?open=${id}${search}`)
  await page.getByRole('region', { name: '履责纪实' }).or(page.locator('.split-detail')).first().waitFor()
}
const sound = async (page: Page, place: string) => {
  expect(await seriousFindings(page), place).toEqual([])
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(over, `${place} overflows`).toBeLessThanOrEqual(1)
}

describe('the files of an act', () => {
  it('are chosen, shown, gone through by keyboard, and removed with a reason', async () => {
    const page = await demo.as('head')
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (line) => line.type() === 'error' && !/status of 4\d\d/.test(line.text()) && errors.push(line.text()))
    const answer = await page.context().request.post('/api/acts', { data: { what: '主持工程科学习例会', happenedOn: '2026-11-19' } })
    const { id } = await answer.json()
    await openAct(page, id)
    const detail = page.locator('.split-detail')
    await detail.getByText('没有佐证也算数').waitFor()
    await keep(page, 'evidence-1-none')

    // Several at once; the one that is not what its name says is refused and holds up nothing.
    const choose = detail.locator('input[type=file]')
    await detail.getByLabel('佐证上的日期').fill('2026-11-19')
    await choose.setInputFiles([picture, { ...picture, name: '扫描件.pdf' }, paper, word])
    await detail.getByText('内容其实是 PNG 图片').waitFor()
    await page.getByText('已加上 3 份佐证').waitFor()
    const files = detail.getByRole('list', { name: '佐证' }).getByRole('listitem')
    expect(await files.count()).toBe(3)
    await files.first().getByText('佐证日期 11月19日').waitFor()
    await files.first().getByRole('button', { name: /^查看/ }).click()
    await detail.getByRole('img', { name: '佐证图片：学习会现场.png' }).waitFor()
    expect(await detail.locator('img.evidence-shown').evaluate((one: HTMLImageElement) => one.decode().then(() => one.naturalWidth))).toBe(
      640,
    )
    await sound(page, 'shown in place')
    await keep(page, 'evidence-2-shown')

    // Over the whole screen: the two that can be shown.
    await files.first().getByRole('button', { name: /^全屏/ }).click()
    const full = page.getByRole('dialog')
    await full.getByText('第 1 份，共 2 份').waitFor()
    await keep(page, 'evidence-3-full')
    await page.keyboard.press('ArrowRight')
    await full.getByRole('heading', { name: '会议纪要（定稿）.pdf' }).waitFor()
    await keep(page, 'evidence-4-full-pdf')
    await sound(page, 'full screen')
    await page.keyboard.press('Escape')
    await full.waitFor({ state: 'hidden' })
    await detail.getByText('会议纪要（定稿）.pdf').waitFor()

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      detail.getByRole('link', { name: '下载 会议纪要（定稿）.pdf' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('会议纪要（定稿）.pdf')

    await detail.getByRole('button', { name: '删除 学习会现场.png' }).click()
    const ask = page.getByRole('dialog')
    await ask.getByLabel('删除的理由').fill('拍到了无关的人')
    await keep(page, 'evidence-5-remove')
    await page.keyboard.press('Enter')
    await detail.getByText(/孟庆河删除：拍到了无关的人/).waitFor()
    await keep(page, 'evidence-6-removed')
    expect(errors).toEqual([])

    // The same file with another act is pointed out.
    const other = await (
      await page.context().request.post('/api/acts', { data: { what: '报送学习纪要', happenedOn: '2026-11-20' } })
    ).json()
    await openAct(page, other.id)
    await detail.locator('input[type=file]').setInputFiles([paper])
    await detail.getByText('同一份文件还在另一条纪实里').waitFor()
    await keep(page, 'evidence-7-also')

    // Over a slow line the figure moves, and one may stop.
    const line = await page.context().newCDPSession(page)
    const slow = (uploadThroughput: number) =>
      line.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput })
    await slow(400_000)
    const long = Buffer.concat([pdf('Long'), Buffer.alloc(2_000_000)])
    await detail.locator('input[type=file]').setInputFiles([{ ...paper, name: '很长的扫描件.pdf', buffer: long }])
    await detail.getByText(/^已传 [1-9]\d?%$/).waitFor()
    await keep(page, 'evidence-11-on-its-way')
    await detail.getByRole('button', { name: '停止' }).click()
    await slow(-1)
    expect(await detail.getByText('很长的扫描件.pdf').count()).toBe(0)

    // A browser with a viewer of its own for PDFs: the frame is let in. (The one of the tests has none and takes the file as a download.)
    await page.addInitScript(() => Object.defineProperty(navigator, 'pdfViewerEnabled', { value: true }))
    await openAct(page, id)
    const [frame] = await Promise.all([
      page.waitForResponse((one) => one.url().endsWith('/show')),
      detail.getByRole('button', { name: '查看 会议纪要（定稿）.pdf' }).click(),
    ])
    expect([frame.status(), frame.headers()['content-type'], frame.request().resourceType()]).toEqual([200, 'application/pdf', 'document'])
    expect(errors).toEqual([])

    // On a telephone, in the dark.
    const phone = await demo.as('head', { width: 360, dark: true })
    await openAct(phone, id)
    await phone.getByText(/拍到了无关的人/).waitFor()
    await phone.locator('.evidence-drop').scrollIntoViewIfNeeded()
    await sound(phone, 'on a telephone')
    await keep(phone, 'evidence-8-phone')
    await phone.getByRole('button', { name: /^全屏/ }).click()
    await phone.getByRole('dialog').getByText('第 1 份，共 1 份').waitFor()
    await sound(phone, 'full screen on a telephone')
    await keep(phone, 'evidence-9-phone-full')

    // Two days later, looking back: what came and went since is said.
    demo.setNow('2026-11-23T01:00:00Z')
    const later = await demo.as('clerk')
    await openAct(later, id)
    await later.locator('.split-detail input[type=file]').setInputFiles([{ ...word, name: '补交.docx', buffer: samples.xlsx }])
    await later.getByText('内容其实是 Excel 表格').waitFor()
    await later.locator('.split-detail input[type=file]').setInputFiles([{ ...word, name: '签到表.xlsx', buffer: samples.xlsx }])
    await later.getByText('已加上 1 份佐证').waitFor()
    await openAct(later, id, '&asOf=2026-11-20')
    await later.getByText('11月23日才上传，当时还没有').waitFor()
    expect(await later.locator('.evidence-drop').count()).toBe(0)
    await keep(later, 'evidence-10-back')
  })
})

describe('a download', () => {
  it('keeps its Chinese name: the board as CSV', async () => {
    const page = await demo.as('director')
    await page.goto('/board')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 CSV' }).click()])
    expect(download.suggestedFilename()).toMatch(/^态势-2026-截至2026-11-\d\d\.csv$/)
  })
})
