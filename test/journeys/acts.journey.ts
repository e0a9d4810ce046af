import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { keep, seriousFindings } from '../browser/page.ts'
import { openDemo } from './demo.ts'

/** 记一笔 and 请您确认: what one types and presses for an act by one line, for what was recorded for a leader, and without a line. */

const demo = await openDemo('2026-11-24T01:00:00Z')

/** Presses of the mouse and fields typed into on a page, from now on, until it is loaded anew. */
async function counting(page: Page): Promise<() => Promise<{ clicks: number; fields: number }>> {
  await page.evaluate(() => {
    document.body.dataset.clicks = '0'
    const fields = new Set<EventTarget>()
    addEventListener(
      'click',
      (event) => {
        if (event.isTrusted && event.detail > 0) document.body.dataset.clicks = String(Number(document.body.dataset.clicks) + 1)
      },
      true,
    )
    addEventListener(
      'input',
      (event) => {
        if (event.target) fields.add(event.target)
        document.body.dataset.fields = String(fields.size)
      },
      true,
    )
  })
  return () =>
    page.evaluate(() => ({ clicks: Number(document.body.dataset.clicks ?? 0), fields: Number(document.body.dataset.fields ?? 0) }))
}
const lineOf = (page: Page) => page.getByRole('textbox', { name: /做了什么/ })
const said = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
const actsOf = async (page: Page, q: string) => {
  const answer = await page.context().request.get('/api/acts', { params: { q, limit: '50' } })
  return (await answer.json()).items as { what: string; doneBy: { name: string; part: string }; count: number | null; kind: string }[]
}

describe('an act by one line', () => {
  it('takes one field and no press: for whom, with which part, how many and of what kind is read from it', async () => {
    const page = await demo.as('clerk')
    await page.goto('/mine')
    await lineOf(page).waitFor()
    const counts = await counting(page)
    await lineOf(page).fill('11月20日下午3点 中心组学习纪律处分条例，林主任主持，参加12人')
    await said(page, '代林致远记')
    await keep(page, 'acts-line')
    expect(await seriousFindings(page)).toEqual([])
    await lineOf(page).press('Enter')
    await said(page, /已记下/)
    const spent = await counts()
    console.info(`an act by one line: ${spent.fields} field, ${spent.clicks} clicks`)
    expect(spent.fields).toBeLessThanOrEqual(2)
    expect(spent.clicks).toBeLessThanOrEqual(4)
    expect(await actsOf(page, '中心组学习纪律处分条例')).toMatchObject([
      { what: '中心组学习纪律处分条例，林主任主持，参加12人', doneBy: { name: '林致远', part: 'chair' }, count: 12, kind: 'study' },
    ])
  })

  it('asks on a phone what it cannot read, and records nothing before', async () => {
    const page = await demo.as('staff', { width: 360 })
    await page.goto('/mine')
    const line = lineOf(page)
    await line.fill('2月30日 到工地查看渗水')
    await said(page, '没有“2月30日”这一天，是哪天？')
    const save = page.getByRole('button', { name: /^记下/ })
    expect(await save.isDisabled()).toBe(true)
    await line.press('Enter')
    await keep(page, 'acts-asks-phone')
    expect(await seriousFindings(page)).toEqual([])
    await page.locator('.act-asks input[type=date]').fill('2026-11-20')
    await page.locator('.act-asks').waitFor({ state: 'detached' })
    // The answer was to that question: another is asked anew.
    await line.fill('前天到工地查看渗水，昨天又去一次')
    await said(page, /写了不止一个日子/)
    await line.fill('上周 到工地查看渗水')
    await page.getByRole('button', { name: /11月19日/ }).click()
    await line.press('Enter')
    await said(page, /已记下/)
    expect(await actsOf(page, '到工地查看渗水')).toMatchObject([{ what: '上周 到工地查看渗水', kind: 'inspection' }])
  })

  it('one act for a whole branch, without who was absent, discharges what each owes', async () => {
    const page = await demo.as('secretary')
    await page.goto('/mine')
    await lineOf(page).waitFor()
    await page.keyboard.press('n')
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('textbox', { name: '做了什么' }).fill('昨天下午2点 第二党支部廉政学习例会，学习警示案例')
    await sheet.getByRole('button', { name: /工程科全体/ }).click()
    await sheet.getByRole('button', { name: /^去掉田小雨/ }).click()
    await page.waitForTimeout(900)
    await keep(page, 'acts-form')
    expect(await seriousFindings(page)).toEqual([])
    await sheet.getByRole('button', { name: '记下' }).click()
    await said(page, /已记下/)
  })
})

describe('what was recorded for a leader', () => {
  it('is confirmed in two presses; one objected to goes back to the clerk', async () => {
    const director = await demo.as('director')
    await director.goto('/mine')
    await said(director, /条请您确认/)
    await keep(director, 'acts-to-confirm')
    const counts = await counting(director)
    await director.getByRole('link', { name: '去看看' }).click()
    await director.waitForURL(/\/confirm/)
    const all = director.getByRole('button', { name: /^全部确认/ })
    await all.waitFor()
    await keep(director, 'acts-confirm', { fullPage: true })
    expect(await seriousFindings(director)).toEqual([])
    // The first is not right: it goes back, with the reason.
    const before = await counts()
    const row = director.locator('.rows .row').first()
    await row.getByRole('button', { name: '不予确认' }).click()
    await row.getByRole('textbox').fill('那天我在市里开会，是高秀兰主持的')
    await keep(director, 'acts-object')
    await row.getByRole('button', { name: '不予确认' }).last().click()
    await said(director, /已退回/)
    const between = await counts()
    await all.click()
    await said(director, /已确认 \d+ 条/)
    await said(director, '没有要您确认的')
    const after = await counts()
    console.info(`a week of 代录 confirmed: ${before.clicks + after.clicks - between.clicks} clicks`)
    expect(before.clicks + after.clicks - between.clicks).toBeLessThanOrEqual(2)

    const clerk = await demo.as('clerk', { width: 360 })
    await clerk.goto('/confirm?pile=returned')
    await said(clerk, /不予确认：那天我在市里开会/)
    await keep(clerk, 'acts-returned-phone')
    expect(await seriousFindings(clerk)).toEqual([])
    await clerk.getByRole('button', { name: '说明后再请确认' }).click()
    await clerk.getByRole('textbox').last().fill('已与会议记录核对')
    await clerk.getByRole('button', { name: '说明后再请确认' }).last().click()
    await said(clerk, /已再请林致远确认/)
    await director.goto('/confirm')
    await said(director, /说明：已与会议记录核对/)
    await director.getByRole('link', { name: '看全文' }).first().click()
    await director.locator('.act-asked').first().waitFor()
    await keep(director, 'acts-detail')
    expect(await seriousFindings(director)).toEqual([])
  })
})

describe('without a line', () => {
  it('what was written is kept, said so, and sent once when the line is back', async () => {
    const page = await demo.as('head')
    await page.goto('/mine')
    await lineOf(page).waitFor()
    await page.waitForLoadState('networkidle')
    await page.context().setOffline(true)
    await lineOf(page).fill('今天上午 在地下室查看渗水点')
    await lineOf(page).press('Enter')
    await said(page, /还没有送出/)
    await keep(page, 'acts-unsent')
    expect(await actsOf(page, '查看渗水点')).toEqual([])
    await page.context().setOffline(false)
    await said(page, /已送出 1 笔/)
    await page.locator('.unsent').waitFor({ state: 'detached' })
    expect(await actsOf(page, '查看渗水点')).toHaveLength(1)
  })

  it('an answer that was lost on the way does not record it twice', async () => {
    const page = await demo.as('head')
    await page.goto('/mine')
    await lineOf(page).waitFor()
    let lost = 0
    await page.route('**/api/acts', async (route) => {
      if (route.request().method() !== 'POST' || lost >= 2) return route.continue()
      lost += 1
      await route.fetch()
      return route.abort('connectionreset')
    })
    await lineOf(page).fill('今天上午 在配电房核对台账')
    await page.waitForTimeout(900)
    await lineOf(page).press('Enter')
    await said(page, /已送出 1 笔/)
    expect(lost).toBe(2)
    expect(await actsOf(page, '在配电房核对台账')).toHaveLength(1)
  })
})
