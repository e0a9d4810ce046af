import { expect, it } from 'vitest'
import { isId, newId } from './ids.ts'

it('ids are UUIDs of version 7, each new, and a later one sorts later', () => {
  const ids = Array.from({ length: 5000 }, newId)
  expect(ids.every((id) => isId(id) && id[14] === '7')).toBe(true)
  expect(new Set(ids).size).toBe(ids.length)
  expect([...ids].sort()).toEqual(ids)
  expect(Math.abs(Number.parseInt((ids[0] ?? '').replaceAll('-', '').slice(0, 12), 16) - Date.now())).toBeLessThan(60_000)
})
