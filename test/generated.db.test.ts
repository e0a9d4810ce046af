import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { flaws } from '#kernel/machine.ts'
import { generated } from '../bin/generate/all.ts'
import { machines } from '../src/machines.ts'
import { openScratch } from './scratch.ts'

const root = join(import.meta.dirname, '..')

describe('generated files', () => {
  it('say what the sources say (else: npm run generate)', async () => {
    for (const { path, text } of await generated())
      expect(readFileSync(join(root, path), 'utf8') === text, `${path} is out of date`).toBe(true)
  })
})

describe('tables of moves', () => {
  it('have no state that cannot be reached and no verb that leads nowhere', () => {
    for (const of of machines) expect(flaws(of), of.table).toEqual({ unreachable: [], unknown: [] })
  })

  it('list the states that the database allows', async () => {
    const scratch = await openScratch()
    try {
      for (const of of machines) {
        const [row] = await scratch.pool.unsafe(
          `SELECT pg_get_constraintdef(oid) AS def FROM pg_constraint WHERE contype = 'c' AND conrelid = $1::regclass AND pg_get_constraintdef(oid) LIKE '%(state =%'`,
          [of.table],
        )
        const allowed = [...String(row?.def).matchAll(/'(\w+)'::text/g)].map((match) => match[1])
        expect(allowed.sort(), of.table).toEqual(Object.keys(of.moves).sort())
      }
    } finally {
      await scratch.close()
    }
  })
})
