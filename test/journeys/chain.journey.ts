import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { keep } from '../browser/page.ts'
import { openDemo } from './demo.ts'

/** The sentence the product exists for, clicked through: from a speech to a red light and back, and from the light to the sentence. */

const demo = await openDemo('2026-03-02T01:00:00Z')
const sentence = '综合科要在3月10日前完成档案室搬迁清点'
const speech = `在档案工作会议上的讲话
同志们：
一、看清形势
市里的会议强调，要把档案管起来，各单位要重视。去年我们做了一些工作，成绩值得肯定。
二、抓好落实
${sentence}，工程科每月报送一次图纸归档情况。任何人不得私自带走原件。`

const done = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()

describe('the chain', () => {
  it('goes from a pasted speech to a light and back to its sentence', async () => {
    const page = await demo.as('clerk')

    // Paste.
    await page.goto('/directives')
    await page
      .getByRole('button', { name: '新部署' })
      .or(page.getByRole('button', { name: /部署/ }))
      .first()
      .click()
    const sheet = page.getByRole('dialog')
    await sheet.locator('textarea').fill(speech)
    await sheet
      .getByRole('button', { name: /读|分解|提交|送/ })
      .last()
      .click()
    await page.waitForURL(/\/directives\/[0-9a-f-]{36}/)
    await done(page, sentence)
    const proposals = page.getByRole('region', { name: /建议|责任/ }).or(page.locator('section.proposals'))
    expect(await proposals.getByRole('article').count()).toBeGreaterThanOrEqual(3)
    await keep(page, 'journey-1-proposals')

    // Accept the sentence by keyboard: it has a holder and a day.
    const card = page.getByRole('article', { name: /档案室搬迁清点/ })
    await card.click()
    await page.keyboard.press('a')
    await card.getByText('已承接').waitFor()
    await keep(page, 'journey-2-accepted')
    const directive = page.url()

    // The duty and its obligation.
    await card.getByRole('link', { name: '看这项责任' }).click()
    await page.waitForURL(/\/duties/)
    await done(page, /档案室搬迁清点/)
    await keep(page, 'journey-3-duty')

    // Ten days later it is overdue.
    demo.setNow('2026-03-12T01:00:00Z')
    await page.clock.setFixedTime(new Date('2026-03-12T01:00:00Z'))
    await page.goto('/mine')
    const row = page
      .locator('main')
      .getByText(/档案室搬迁清点/)
      .first()
    await row.waitFor()
    const overdue = page.locator('section', { has: page.getByRole('heading', { name: /逾期/ }) })
    await overdue
      .getByText(/档案室搬迁清点/)
      .first()
      .waitFor()
    await overdue.getByRole('img', { name: /红/ }).first().waitFor()
    await keep(page, 'journey-4-red')

    // Record it in a line of plain words; it discharges the obligation.
    const line = page.getByRole('textbox', { name: /做了什么/ })
    await line.fill('昨天下午3点 完成档案室搬迁清点')
    await page.getByRole('button', { name: /^不完成“.*档案室搬迁清点/ }).waitFor()
    await keep(page, 'journey-5-record')
    await line.press('Enter')
    await done(page, /已记下/)
    await overdue
      .getByText(/档案室搬迁清点/)
      .first()
      .waitFor({ state: 'detached' })
    await keep(page, 'journey-6-green')

    // Turn the clock back: it is red again.
    await page.getByRole('button', { name: /^截至/ }).click()
    await page.locator('#as-of-day').fill('2026-03-11')
    await page.getByRole('button', { name: '回看', exact: true }).click()
    await done(page, /正在回看/)
    await overdue
      .getByText(/档案室搬迁清点/)
      .first()
      .waitFor()
    await overdue.getByRole('img', { name: /红/ }).first().waitFor()
    await keep(page, 'journey-7-looking-back')

    // Why, and the trace to the sentence; the act is there, and said to have come later.
    await overdue
      .getByText(/档案室搬迁清点/)
      .first()
      .click()
    await page.getByRole('dialog').getByRole('link', { name: '倒查', exact: true }).click()
    await page.waitForURL(/\/trace\?/)
    await done(page, sentence)
    await done(page, /才补记/)
    await keep(page, 'journey-8-trace')
    expect(page.url()).toContain('asOf=2026-03-11')

    // From the trace one opens the paper at its sentence.
    await page
      .getByRole('link', { name: new RegExp(sentence.slice(0, 12)) })
      .first()
      .click()
    await page.waitForURL(/\/directives\//)
    expect(page.url().startsWith(directive.split('?')[0] as string)).toBe(true)
    await done(page, sentence)
    await keep(page, 'journey-9-sentence')
  })
})
