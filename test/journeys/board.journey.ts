import { describe, expect, it } from 'vitest'
import { keep, seriousFindings } from '../browser/page.ts'
import { between, counted, printCount } from './counted.ts'
import { openDemo } from './demo.ts'

/** A Monday: what each sees on the board, a leader's way from a red to whoever has to act, and the week on one sheet of paper. */

const demo = await openDemo('2026-11-23T01:00:00Z')
/** Pages of a PDF: each is an object of the type Page. */
const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page(?![a-zA-Z])/g)?.length ?? 0

const looks = [
  { name: 'wide', width: 1440, locale: 'zh-CN', dark: false },
  { name: 'phone', width: 360, locale: 'zh-CN', dark: true },
  { name: 'english', width: 1440, locale: 'en-US', dark: false },
]

describe.each(looks)('$name', ({ name, ...look }) => {
  it.each(['director', 'deputy', 'clerk', 'staff'])('the board as the %s opens it is sound', async (persona) => {
    const page = await demo.as(persona, look)
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (line) => line.type() === 'error' && errors.push(line.text()))
    const paths = persona === 'staff' ? ['/board'] : ['/board', '/board?week=2026-W48', '/board?asOf=2026-09-30']
    for (const path of paths) {
      await page.goto(path)
      await page.waitForLoadState('networkidle')
      await page.locator('main h1').first().waitFor()
      // The sections come after the first screen, each by itself; the burden stands last on every board.
      if (path.startsWith('/board') && !path.includes('week') && persona !== 'staff') await page.locator('.board-table').last().waitFor()
      await page.waitForLoadState('networkidle')
      await keep(page, `board-${persona}-${name}${path.slice(6).replace(/\W+/g, '-')}`, { fullPage: true })
      expect(await seriousFindings(page), `${path} ${persona} ${name}`).toEqual([])
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(over, `${path} ${persona} ${name} overflows`).toBeLessThanOrEqual(1)
    }
    expect(errors).toEqual([])
  })
})

it('a leader’s Monday view: the board, why the first is red, what is behind it, and the week to print', async () => {
  const page = await demo.as('director')
  await page.goto('/mine')
  await page.getByRole('link', { name: '态势' }).waitFor()
  const spent = await counted(page)
  const start = await spent()
  await page.getByRole('link', { name: '态势' }).click()
  const reds = page.getByRole('list', { name: '为什么红' })
  await reds.waitFor()
  // Why it is red stands there in words, without a click.
  expect(await reds.getByRole('listitem').first().textContent()).toMatch(/逾期 \d+ 个工作日|刚过期/)
  const red = await spent()
  printCount('a leader’s Monday: the board with what is red and why', between(start, red))
  expect(red.clicks - start.clicks).toBeLessThanOrEqual(1)
  await page.getByRole('button', { name: '本周一页' }).click()
  await page.getByRole('heading', { name: '2026 年第 48 周' }).waitFor()
  const week = await spent()
  printCount('a leader’s Monday: the week on a page', between(red, week))
  expect(new URL(page.url()).searchParams.get('week')).toBe('2026-W48')
  await page.getByRole('link', { name: '回到态势' }).click()
  await page.getByRole('button', { name: '重要工作亲自部署' }).click()
  await page.getByText(/重要工作亲自部署：今年/).waitFor()
  const acts = await spent()
  printCount('a leader’s Monday: the acts behind one of the 四个亲自', between(week, acts))
})

it.each([
  ['director', 'zh-CN'],
  ['deputy', 'zh-CN'],
  ['clerk', 'zh-CN'],
  ['director', 'en-US'],
])('the week of the %s prints on exactly one page (%s), the fullest one too', async (persona, locale) => {
  const page = await demo.as(persona, { locale })
  for (const week of ['2026-W48', '2026-W40', '2026-W14']) {
    await page.goto(`/board?week=${week}`)
    await page.locator('.week-paper').waitFor()
    await page.waitForLoadState('networkidle')
    const pdf = await page.pdf({
      format: 'A4',
      printBackground: true,
      margin: { top: '12mm', bottom: '12mm', left: '14mm', right: '14mm' },
    })
    expect(pagesOf(pdf), `${persona} ${week}`).toBe(1)
  }
  // As full as it can be: every list at its most, each line too long for the sheet, each red with a reason below.
  await page.evaluate(() => {
    for (const list of document.querySelectorAll('.week-part ul')) {
      const line = list.querySelector('li')
      if (!line) continue
      for (const what of list.querySelectorAll('.week-what, .week-below')) what.textContent = '很长的一件事'.repeat(40)
      const most = list.classList.contains('week-decide') ? 8 : 10
      while (list.children.length < most) list.append(line.cloneNode(true))
    }
  })
  await page.emulateMedia({ media: 'print' })
  await keep(page, `board-week-print-${persona}-${locale}`)
  const full = await page.pdf({ preferCSSPageSize: true, printBackground: true })
  expect(pagesOf(full), `${persona} at its fullest`).toBe(1)
})

it('a clerk copies what to send to a unit', async () => {
  const page = await demo.as('clerk')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/board')
  const spent = await counted(page)
  const start = await spent()
  await page.getByRole('button', { name: '复制催办文字' }).first().click()
  await page.getByText(/已复制“.+”的催办文字/).waitFor()
  printCount('a reminder for a unit copied', between(start, await spent()))
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text).toMatch(/^【催办】.+：截至11月23日，/)
  expect(text).toContain('办完请记一笔')
})

it('on a server without a secure origin the text is shown to be copied by hand', async () => {
  const page = await demo.as('clerk')
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  await page.goto('/board')
  await page.getByRole('button', { name: '复制催办文字' }).first().click()
  expect(await page.getByRole('textbox', { name: '催办文字' }).inputValue()).toMatch(/^【催办】/)
  expect(await seriousFindings(page)).toEqual([])
})

it('a leader’s own red is on their board, and nowhere for the clerk', async () => {
  const clerk = await demo.as('clerk')
  const deputy = await demo.as('deputy')
  const api = clerk.request
  const { person } = await (await deputy.request.get('/api/me')).json()
  const [known] = (await (await api.get(`/api/obligations?holder=${person.id}&limit=1`)).json()).items
  const duty = await api.post('/api/duties', {
    headers: { 'idempotency-key': 'a-leaders-own-red' },
    data: {
      ...{ title: '听取分管单位节前安排', body: '', kind: 'dual', polarity: 'positive', measure: null, rrule: null },
      ...{ due: '2026-11-24', since: '2026-11-23', holders: [{ unit: known.unit.id, post: null, person: person.id }] },
    },
  })
  expect(duty.status()).toBe(200)
  const [one] = (await (await api.get(`/api/obligations?because=${(await duty.json()).id}`)).json()).items
  expect(one.light).not.toBe('red')
  demo.setNow('2026-11-25T01:00:00Z')
  const director = await demo.as('director')
  const status = async (page: typeof clerk) => (await page.request.get(`/api/obligations/${one.id}`)).status()
  expect([await status(director), await status(deputy), await status(clerk)]).toEqual([200, 200, 404])
  await deputy.clock.setFixedTime(new Date('2026-11-25T01:00:00Z'))
  await deputy.goto('/board')
  await deputy.getByText('只有您和您的上级看得到').waitFor()
  await keep(deputy, 'board-deputy-own-red')
  expect(await seriousFindings(deputy)).toEqual([])
})
