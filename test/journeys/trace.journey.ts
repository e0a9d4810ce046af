import type { APIRequestContext, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { keep, seriousFindings } from '../browser/page.ts'
import { openDemo } from './demo.ts'

/** Handed over, the unit renamed: the trace of two days side by side, the link that opens the same view, and who may not. */

const demo = await openDemo('2026-11-23T01:00:00Z')
type Row = { id: string; title: string; due: string; unit: { id: string; name: string }; holder: { id: string; name: string } }

async function ask<T>(request: APIRequestContext, path: string, body?: object, method: 'POST' | 'PATCH' = 'POST'): Promise<T> {
  const answer = body === undefined ? await request.get(`/api${path}`) : await request.fetch(`/api${path}`, { method, data: body })
  expect(answer.status(), `${path} ${await answer.text()}`).toBe(200)
  return (await answer.json()) as T
}
const sound = async (page: Page, name: string) => {
  await page.waitForLoadState('networkidle')
  await keep(page, name, { fullPage: true })
  expect(await seriousFindings(page), name).toEqual([])
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(over, `${name} overflows`).toBeLessThanOrEqual(1)
}

describe('a trace of two days', () => {
  it('shows who had it before and after, what the unit was called, and opens again from its link', async () => {
    const clerk = await demo.as('clerk')
    const office = clerk.context().request
    const { items: reds } = await ask<{ items: Row[] }>(office, '/obligations?light=red&limit=50')
    const red = reds.find(({ unit }) => unit.name === '工程科') ?? reds[0]
    if (!red) throw new Error('the demo has no red light')
    const { items: people } = await ask<{ items: { id: string; name: string; posts: { unit: { id: string } }[] }[] }>(
      office,
      `/org/persons?q=${encodeURIComponent('田小雨')}`,
    )
    const heir = people[0]
    await ask(office, `/obligations/${red.id}/hand-over`, { person: heir?.id, unit: red.unit.id, reason: '到市局跟班学习，移交' })
    await ask(office, `/org/units/${red.unit.id}`, { name: '工程建设科', since: '2026-11-23' }, 'PATCH')
    demo.setNow('2026-11-30T01:00:00Z')

    // From the red light to its trace, then the day before beside it: three clicks and one field.
    const page = await demo.as('director')
    await page.goto('/trace')
    await page.getByText(red.title).first().click()
    await page.waitForURL(/kind=obligation/)
    await page.getByText(`${heir?.name} · 责任人`).first().waitFor()
    await page.getByText(`${red.holder.name} · 前任责任人`).first().waitFor()
    await page.getByText('曾用名“工程科”').first().waitFor()
    await sound(page, 'trace-1-graph')
    await page.getByRole('button', { name: '与另一天并列' }).click()
    await page.getByLabel('并列哪一天').fill('2026-11-20')
    await page.getByRole('button', { name: '并列', exact: true }).click()
    await page.waitForURL(/beside=2026-11-20/)
    const replaced = page.getByRole('row').filter({ hasText: '换了' }).filter({ hasText: '责任人' }).first()
    await replaced.waitFor()
    expect(await replaced.textContent()).toContain(red.holder.name)
    expect(await replaced.textContent()).toContain(heir?.name)
    await page.getByText('更名，今为“工程建设科”').first().waitFor()
    await sound(page, 'trace-2-two-days')
    await page.getByRole('button', { name: '只看差别' }).click()
    await sound(page, 'trace-3-differences')
    await page.goto(`${page.url()}&view=graph`)
    await page.getByText('换了').first().waitFor()
    await sound(page, 'trace-4-two-graphs')
    await page.goto(page.url().replace('view=graph', 'view=time'))
    await page.getByText(/移交/).first().waitFor()
    await sound(page, 'trace-5-time')
    await page.goto(page.url().replace('view=time', 'view=report'))
    await page.getByText('当日谁负责', { exact: false }).last().waitFor()
    await sound(page, 'trace-6-report')

    // The link is pinned to its day, and opens the same view for whoever may see it.
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto(page.url().replace('&view=report', ''))
    await page.getByRole('button', { name: '复制链接' }).click()
    await page.getByText('链接已复制').waitFor()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    expect(link).toContain('asOf=2026-11-30')
    expect(link).toContain('beside=2026-11-20')
    const supervisor = await demo.as('supervisor')
    await supervisor.goto(link)
    await supervisor.getByRole('status').filter({ hasText: '两天相比' }).waitFor()

    // Who may not is refused in words, and learns nothing.
    const staff = await demo.as('staff')
    await staff.goto(link)
    await staff.getByText(/您的角色不能做这件事/).waitFor()
    await sound(staff, 'trace-7-refused')

    // On a phone in the dark, and in English.
    const phone = await demo.as('director', { width: 360, dark: true })
    await phone.goto(link)
    await phone.getByRole('status').filter({ hasText: '两天相比' }).waitFor()
    await sound(phone, 'trace-8-phone')
    const english = await demo.as('director', { locale: 'en-US', width: 1280 })
    await english.goto(link)
    await english.getByRole('status').filter({ hasText: 'Between the two days' }).waitFor()
    await sound(english, 'trace-9-english')

    // From a unit, from a paper, from a person with much to do.
    await page.goto(`/trace?kind=unit&id=${red.unit.id}`)
    await page
      .getByRole('heading', { name: /工程建设科/ })
      .first()
      .waitFor()
    await sound(page, 'trace-10-unit')
    const [directive] = (await ask<{ items: { id: string }[] }>(office, '/directives')).items
    await page.goto(`/trace?kind=directive&id=${directive?.id}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await sound(page, 'trace-11-directive')
    await page.goto(`/trace?kind=person&id=${red.holder.id}&view=list`)
    await page.getByRole('heading', { level: 1, name: new RegExp(red.holder.name) }).waitFor()
    await sound(page, 'trace-12-person')
    await page.emulateMedia({ media: 'print' })
    await keep(page, 'trace-13-print', { fullPage: true })
  })
})
