import { describe, expect, it } from 'vitest'
import { keep, seriousFindings } from '../browser/page.ts'
import { counted, printCount } from './counted.ts'
import { openDemo } from './demo.ts'

/** A head of a department moves: the sheet is opened from their page, goes to one person in one step, is signed by both, and takes effect. Keys and clicks counted. */

const demo = await openDemo('2026-11-23T01:00:00Z')
const sound = async (page: Awaited<ReturnType<typeof demo.as>>, name: string) => {
  await keep(page, name, { fullPage: true })
  expect(await seriousFindings(page), name).toEqual([])
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(over, `${name} overflows`).toBeLessThanOrEqual(1)
}

describe('a person’s move', () => {
  it('is handed over', async () => {
    const clerk = await demo.as('clerk')
    const api = clerk.context().request
    const personOf = async (name: string) => {
      const { items } = await (await api.get(`/api/org/persons?q=${encodeURIComponent(name)}`)).json()
      return items[0].id as string
    }
    const head = await personOf('孟庆河')
    await clerk.goto(`/org/persons/${head}`)
    const spent = await counted(clerk)
    await clerk.getByRole('link', { name: '办理交接' }).click()
    const form = clerk.getByRole('dialog')
    await form.getByLabel('事由').selectOption('rotated')
    await form.getByRole('button', { name: '列出清单' }).click()
    await clerk.waitForURL(/\/handovers\/[0-9a-f-]{36}/)
    await clerk.getByRole('heading', { name: '孟庆河的交接清单' }).waitFor()
    await sound(clerk, 'handover-draft')
    await keep(clerk, 'handover-top')
    await clerk.getByRole('combobox', { name: '全部交给' }).click()
    await clerk.getByRole('option', { name: /邵峰/ }).first().click()
    await clerk.getByText('已全部指定').waitFor()
    await clerk.getByRole('button', { name: '发出确认' }).click()
    await clerk.getByText('已发出').waitFor()
    printCount('a head’s move prepared and sent by the clerk', await spent())
    await sound(clerk, 'handover-out')
    const address = clerk.url()

    for (const [persona, verb] of [
      ['head', '确认移交'],
      ['secretary', '确认接收'],
    ] as const) {
      const page = await demo.as(persona)
      await page.goto('/mine')
      await page.getByText('份交接等您确认').waitFor()
      await keep(page, `handover-card-${persona}`)
      await page.goto('/handovers?pile=mine')
      await page.getByText('孟庆河').first().waitFor()
      await sound(page, `handover-mine-${persona}`)
      const own = await counted(page)
      await page.getByRole('link', { name: '确认', exact: true }).click()
      await page.getByRole('button', { name: verb }).first().click()
      await page.getByLabel('密码').fill('demo-office')
      await keep(page, `handover-sign-${persona}`)
      await page.keyboard.press('Enter')
      await page
        .getByText(persona === 'head' ? '已确认' : '各方已确认')
        .first()
        .waitFor()
      printCount(`signed by ${persona === 'head' ? 'the giver' : 'the receiver'}`, await own())
    }
    await clerk.reload()
    await clerk.getByText('已自').waitFor()
    await sound(clerk, 'handover-done')
    expect(clerk.url()).toBe(address)
    await clerk.emulateMedia({ media: 'print' })
    await keep(clerk, 'handover-print', { fullPage: true })

    const open = await (await api.get(`/api/obligations?holder=${head}&limit=200`)).json()
    expect(open.items.filter((one: { state: string }) => one.state === 'open')).toEqual([])
    const office = await (await api.get('/api/org')).json()
    const holding = office.appointments.filter((one: { person: { id: string } }) => one.person.id === head)
    expect(holding).toEqual([])
  })
})

describe('a sheet that needs work', () => {
  it('shows what has no successor, takes another for a line, and says what would be nobody’s', async () => {
    const clerk = await demo.as('clerk')
    const api = clerk.context().request
    const { items } = await (await api.get(`/api/org/persons?q=${encodeURIComponent('高秀兰')}`)).json()
    await clerk.goto(`/handovers?start=${items[0].id}`)
    const form = clerk.getByRole('dialog')
    await form.getByLabel('事由').selectOption('retired')
    await form.getByLabel('交接日').fill('2026-12-01')
    await form.getByRole('button', { name: '列出清单' }).click()
    await clerk.getByRole('heading', { name: '高秀兰的交接清单' }).waitFor()
    await sound(clerk, 'handover-leader')
    await clerk.getByRole('button', { name: /^改 / }).first().click()
    const line = clerk.getByRole('dialog')
    await line.getByLabel('办法').selectOption('end')
    await line.getByLabel('为什么终止').fill('该岗位不再设')
    await keep(clerk, 'handover-line')
    expect(await seriousFindings(clerk)).toEqual([])
    await line.getByRole('button', { name: '保存' }).click()
    await clerk.getByText('终止后无人承担').first().waitFor()
    await sound(clerk, 'handover-gap')
    await clerk.getByRole('button', { name: '撤销', exact: true }).click()
    await clerk.getByRole('dialog').getByLabel('理由').fill('暂缓办理')
    await clerk.getByRole('dialog').getByRole('button', { name: '撤销' }).click()
    await clerk.getByText('已撤销：暂缓办理').waitFor()
  })
})

describe.each([
  { name: 'phone', width: 360, locale: 'zh-CN', dark: true },
  { name: 'english', width: 1280, locale: 'en-US', dark: false },
])('$name', ({ name, ...look }) => {
  it('the list, a form and a sheet are sound', async () => {
    const page = await demo.as('clerk', look)
    await page.goto('/handovers')
    await page.waitForLoadState('networkidle')
    await sound(page, `handovers-${name}`)
    const { items } = await (await page.context().request.get('/api/handovers')).json()
    await page.goto(`/handovers/${items[0].id}`)
    await page.locator('.handover-table').first().waitFor()
    await keep(page, `handover-top-${name}`)
    await sound(page, `handover-${name}`)
    await page.goto('/handovers?pile=withdrawn&start=new')
    await page.getByRole('dialog').waitFor()
    await sound(page, `handover-open-${name}`)
  })
})
