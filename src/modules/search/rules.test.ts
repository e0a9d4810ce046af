import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roles } from '#modules/access/index.ts'
import { containing, hitKinds, verbOf } from './rules.ts'

/** What LIKE does, in a few lines. */
const like = (text: string, pattern: string): boolean => {
  const source = [...pattern.matchAll(/\\([\s\S])|%|_|([\s\S])/g)]
    .map(([all, escaped, plain]) =>
      all === '%' ? '[\\s\\S]*' : all === '_' ? '[\\s\\S]' : (escaped ?? plain ?? '').replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'),
    )
    .join('')
  return new RegExp(`^${source}$`).test(text)
}

describe('searching', () => {
  it('finds a text that holds the words, whatever signs they have', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string({ minLength: 1 }), (before, after, words) => {
        expect(like(before + words.trim() + after, containing(words))).toBe(true)
      }),
    )
    expect(like('100 分', containing('%'))).toBe(false)
    expect(like('落实', containing('_'))).toBe(false)
  })

  it('asks for a verb that some role has, for every kind', () => {
    const verbs = new Set(Object.values(roles).flatMap((role) => role.verbs))
    for (const kind of hitKinds) expect(verbs.has(verbOf[kind]), kind).toBe(true)
  })
})
