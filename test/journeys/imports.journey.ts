import { describe, expect, it } from 'vitest'
import { writeSheets } from '#kernel/sheets/index.ts'
import { keep, seriousFindings } from '../browser/page.ts'
import { openDemo } from './demo.ts'

/** A clerk brings the office's roster in: drops it, corrects a column, sees what changes, imports, and takes it back. */

const demo = await openDemo('2026-11-23T01:00:00Z')

const rows = [
  ['示例市人防办机关工作人员花名册'],
  ['序号', '单位', '科室', '姓名', '职务职级', null, '人员身份', '任现职时间', '出生年月', '别的', '备注'],
  [null, null, null, null, '领导职务', '职级', null, null, null, null, null],
  [1, '示例市人防办', '规划科', '新来甲', '科长', '四级调研员', '公务员', '2026.03', '1979.05', '内勤', null],
  [2, null, '规划科', '新来乙', '副科长（主持工作）', '一级主任科员', '参公', '2026年4月', '1985.06', '外勤', null],
  [3, null, '规划科', '新来丙', null, null, '聘用', null, null, '内勤', '从质监站借调'],
  ['合计', null, null, 3],
]
const merges = [
  ...[0, 1, 2, 3, 6, 7, 8, 9, 10].map((left) => ({ top: 2, bottom: 3, left, right: left })),
  { top: 1, bottom: 1, left: 0, right: 10 },
  { top: 2, bottom: 2, left: 4, right: 5 },
  { top: 4, bottom: 6, left: 1, right: 1 },
]
const file = async (bad: boolean) => ({
  name: '机关花名册.xlsx',
  mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  buffer: Buffer.from(
    await writeSheets([
      { name: '在职', rows: rows.map((row) => row.map((cell) => (bad && cell === '2026.03' ? '2026.13' : cell))), merges },
      { name: '离退休', rows: [['姓名']], hidden: true },
    ]),
  ),
})

describe('a roster comes in', () => {
  it('with an error at its cell, then corrected, imported and taken back', async () => {
    const page = await demo.as('clerk')
    await page.goto('/org')
    await page.getByRole('link', { name: '导入花名册' }).click()
    await page.getByRole('heading', { name: '导入花名册' }).waitFor()
    await keep(page, 'import-start')
    await page.locator('input[type=file]').setInputFiles(await file(true))
    await page.getByRole('heading', { name: /1 处错误/ }).waitFor()
    await page.getByText('H4', { exact: true }).waitFor()
    await keep(page, 'import-wrong')
    expect(await seriousFindings(page)).toEqual([])
    expect(await page.getByRole('button', { name: '导入', exact: true }).count()).toBe(0)
    await page.getByRole('button', { name: '不导入了' }).click()
    await page.getByText('已放弃', { exact: true }).first().waitFor()

    await page.locator('input[type=file]').setInputFiles(await file(false))
    await page.getByRole('heading', { name: /新增 3 人/ }).waitFor()
    // The remark stood in the column “备注”; a field stands for one column, so picking it elsewhere takes it away there.
    await page.getByLabel(/J 列/).selectOption({ label: '备注' })
    await page.getByText(/工作人员 · 聘用/).waitFor()
    await page.getByLabel(/K 列/).selectOption({ label: '备注' })
    await page.getByText('从质监站借调').first().waitFor()
    await keep(page, 'import-preview')
    await page.getByRole('button', { name: '导入', exact: true }).click()
    await page.getByRole('heading', { name: /已导入/ }).waitFor()
    await keep(page, 'import-done')
    expect(await seriousFindings(page)).toEqual([])

    await page.getByRole('button', { name: '撤销导入' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '撤销导入' }).click()
    await page.getByRole('heading', { name: /已撤销/ }).waitFor()
    await page.getByRole('button', { name: '换一个文件' }).click()
    await page.getByText('已撤销', { exact: true }).waitFor()
    await keep(page, 'import-past')
  })

  it('on a phone, in the dark', async () => {
    const page = await demo.as('clerk', { width: 360, dark: true })
    await page.goto('/org/import')
    await page.locator('input[type=file]').setInputFiles(await file(false))
    await page.getByRole('heading', { name: /新增 3 人/ }).waitFor()
    await keep(page, 'import-phone')
    expect(await seriousFindings(page)).toEqual([])
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(over).toBeLessThanOrEqual(1)
  })
})
