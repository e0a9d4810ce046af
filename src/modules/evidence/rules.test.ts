import { describe, expect, it } from 'vitest'
import type { Standing } from '#kernel/can.ts'
import { type FileKind, fileKinds } from '#kernel/files/kinds.ts'
import { flaws } from '#kernel/machine.ts'
import { evidenceActions, evidenceMoves, hasRoom, mayAdd, mayRemove, takesMore, wasTaken } from './rules.ts'

const act = { doneBy: 'leader', recordedBy: 'clerk', unit: 'works', state: 'recorded' }
/** Somebody with these verbs, those that end in @ only where nothing is asked about a unit. */
const can =
  (...verbs: string[]) =>
  (verb: string, thing?: Standing) =>
    verbs.includes(verb) || (thing === undefined && verbs.includes(`${verb}@`))
const own = can('evidence.add', 'evidence.remove')
const keeper = can('evidence.add', 'evidence.remove', 'evidence.tend')
const elsewhere = can('evidence.add', 'evidence.remove', 'evidence.tend@')
const reader = can('act.read')

describe('who adds', () => {
  it.each([
    ['who did it', own, 'leader', true],
    ['who wrote it down', own, 'clerk', true],
    ['somebody else', own, 'staff', false],
    ['the keeper of papers', keeper, 'staff', true],
    ['the keeper of another unit’s papers', elsewhere, 'staff', false],
    ['who did it, without the verb', reader, 'leader', false],
    ['nobody', own, null, false],
  ])('%s: %s', (_, may, me, expected) => {
    expect(mayAdd(may, act, me)).toBe(expected)
  })

  it('to an act that counts', () => {
    expect(takesMore(act).ok).toBe(true)
    for (const state of ['corrected', 'withdrawn'])
      expect(takesMore({ ...act, state })).toMatchObject({ refusal: { code: 'evidence.act_gone' } })
  })
})

describe('who removes', () => {
  it.each([
    ['who uploaded it', own, 'staff', true],
    ['who did the act', own, 'leader', true],
    ['somebody else', own, 'other', false],
    ['the keeper of papers', keeper, 'other', true],
    ['a reader', reader, 'staff', false],
  ])('%s: %s', (_, may, me, expected) => {
    expect(mayRemove(may, act, 'staff', me)).toBe(expected)
  })
})

describe('what is taken', () => {
  const caps = { files: 3, act: 2 }
  const mb = 1024 * 1024
  it.each([
    [{ files: 0, size: 0 }, 2 * mb, null],
    [{ files: 0, size: 0 }, 2 * mb + 1, { code: 'evidence.act_full', params: { max: '2 MB', left: '2 MB' } }],
    [{ files: 2, size: mb }, mb, null],
    [{ files: 2, size: mb + 1 }, mb, { code: 'evidence.act_full', params: { left: '0 MB' } }],
    [{ files: 3, size: 3 }, 1, { code: 'evidence.too_many', params: { max: 3 } }],
  ])('with %j there, %i more: %j', (used, size, refusal) => {
    const verdict = hasRoom(used, size, caps)
    if (refusal === null) expect(verdict.ok).toBe(true)
    else expect(verdict).toMatchObject({ refusal })
  })

  it('bears a date of today or before, or none', () => {
    expect([wasTaken(undefined, '2026-06-15').ok, wasTaken('2026-06-15', '2026-06-15').ok]).toEqual([true, true])
    expect(wasTaken('2026-06-16', '2026-06-15')).toMatchObject({ refusal: { code: 'evidence.future', places: [{ at: '/takenOn' }] } })
  })
})

describe('what one may do with a file', () => {
  const item = { state: 'kept' as const, kind: 'pdf' as FileKind, later: false, gone: false }
  it('shows in the page what browsers show safely, and hands out the rest', () => {
    const shown = fileKinds.filter((kind) => evidenceActions({ ...item, kind }, false, false).includes('show'))
    expect(shown).toEqual(['pdf', 'png', 'jpeg', 'webp'])
    expect(fileKinds.every((kind) => evidenceActions({ ...item, kind }, false, false).includes('download'))).toBe(true)
  })
  it('removes it today only; nothing with what is gone or had not come', () => {
    expect(evidenceActions(item, true, false)).toEqual(['show', 'download', 'remove'])
    expect(evidenceActions(item, true, true)).toEqual(['show', 'download'])
    expect(evidenceActions({ ...item, state: 'removed', gone: true }, true, false)).toEqual([])
    expect(evidenceActions({ ...item, gone: true }, true, true)).toEqual([])
    expect(evidenceActions({ ...item, later: true }, true, true)).toEqual([])
  })
})

it('has no state that nothing leads to', () => {
  expect(flaws(evidenceMoves)).toEqual({ unreachable: [], unknown: [] })
})
