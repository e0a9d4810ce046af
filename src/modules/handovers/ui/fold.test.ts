import { expect, it } from 'vitest'
import { folded } from './fold.ts'
import type { LineOk } from './said.ts'

const line = (id: string, more: Partial<LineOk> = {}): LineOk => ({
  ...{
    key: `obligation ${id}`,
    part: 'obligation',
    id,
    title: '每月检查',
    unit: { id: 'u', name: '工程科' },
    post: null,
    basis: null,
    rrule: null,
  },
  ...{ due: '2026-12-31', since: null, light: 'green', gone: false, others: [], ways: ['to', 'stay'], hows: [], heirs: [], way: 'to' },
  ...{
    to: { id: 'x', name: '甲' },
    how: null,
    reason: null,
    along: true,
    gap: false,
    change: null,
    giverAt: null,
    receiverAt: null,
    objection: null,
  },
  actions: [],
  ...more,
})

it('folds later periods of one duty, and nothing that somebody has to look at', () => {
  const red = line('1', { light: 'red' })
  const other = line('5', { to: { id: 'y', name: '乙' } })
  const rows = folded([red, line('2'), other, line('3'), line('4', { change: 'fresh' })], new Set())
  expect(rows.map((row) => row.lines.map((one) => one.id))).toEqual([['1'], ['2', '3'], ['5'], ['4']])
  const opened = folded([line('2'), line('3')], new Set(rows.map((row) => row.key)))
  expect(opened.map((row) => row.lines.length)).toEqual([1, 1])
})
