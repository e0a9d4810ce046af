import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Content,
  compareTexts,
  differing,
  mayChange,
  owesFromOf,
  segmentsOf,
  touchesOwed,
  type Version,
  versionOn,
  withChange,
  withoutLast,
} from './versions.ts'

const content: Content = {
  title: '每月检查一次',
  body: '',
  kind: 'dual',
  polarity: 'positive',
  measure: null,
  aspect: null,
  rrule: 'FREQ=MONTHLY',
  due: null,
}
const first: Version = { ...content, version: 1, since: '2026-01-01', until: null, owesFrom: '2026-01-01' }
const day = fc.integer({ min: 0, max: 364 }).map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10))
const step = fc.oneof(
  fc.record({ verb: fc.constant('change' as const), since: day, today: day, title: fc.string({ minLength: 1, maxLength: 8 }) }),
  fc.constant({ verb: 'undo' as const }),
)
type Step = { verb: 'undo' } | { verb: 'change'; since: string; today: string; title: string }

/** What the actions do with a step: refused steps change nothing. */
function after(versions: Version[], step: Step, number: number): Version[] {
  if (step.verb === 'undo') return withoutLast(versions)
  const last = versions.at(-1) as Version
  const next = { ...last, title: step.title, since: step.since }
  if (!mayChange(last, next, null).ok) return versions
  return withChange(versions, { ...next, version: number, owesFrom: owesFromOf(step.since, step.today) })
}
const run = (steps: readonly Step[]) => steps.reduce((versions, one, i) => after(versions, one, i + 2), [first])

describe('versions', () => {
  it('after any sequence of changes and undoings, exactly one is in force on each day', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), day, (steps, on) => {
        const versions = run(steps)
        const covering = versions.filter((one) => one.since <= on && (one.until === null || one.until > on))
        expect(covering.map((one) => one.version)).toEqual([versionOn(versions, on)?.version])
      }),
    )
  })

  it('what is owed follows one version on each day, and none from before it was recorded', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), day, (steps, on) => {
        const segments = segmentsOf(run(steps))
        expect(segments.filter((one) => one.owesFrom <= on && (one.owesUntil === null || one.owesUntil > on)).length).toBe(1)
        expect(segments[0]?.owesFrom).toBe(first.owesFrom)
      }),
    )
  })

  it('begin no earlier than the last one, end with the duty, and change something', () => {
    const changed = withChange([first], { ...content, title: '改', since: '2026-06-01', owesFrom: '2026-06-15', version: 2 })
    const last = changed.at(-1) as Version
    const codeOf = (since: string, title: string, until: string | null) => {
      const verdict = mayChange(last, { ...content, title, since }, until)
      return verdict.ok ? null : verdict.refusal.code
    }
    expect(codeOf('2026-05-31', '再改', null)).toBe('duty.version_before')
    expect(codeOf('2026-06-01', '再改', null)).toBeNull()
    expect(codeOf('2026-08-01', '再改', '2026-08-01')).toBe('duty.version_after_end')
    expect(codeOf('2026-07-01', '改', null)).toBe('duty.nothing')
    expect(changed[0]?.until).toBe('2026-06-01')
    expect(withoutLast(changed)).toEqual([first])
    expect(withoutLast([first])).toEqual([first])
  })

  it('say what they changed, and whether that concerns what is owed', () => {
    expect(differing(content, { ...content, measure: '记录一份', body: '改' })).toEqual(['body', 'measure'])
    expect([touchesOwed(['body', 'measure']), touchesOwed(['body', 'rrule'])]).toEqual([false, true])
  })
})

describe('two texts side by side', () => {
  it('give both back from their runs, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 40 }), (a, b) => {
        const runs = compareTexts(a, b)
        const side = (gone: 'gone' | 'new') => runs.flatMap((one) => (one.op === 'same' || one.op === gone ? one.text : [])).join('')
        expect([side('gone'), side('new')]).toEqual([a, b])
        expect(runs.every((one, i) => one.op !== runs[i + 1]?.op)).toBe(true)
      }),
    )
  })

  it('name what changed and leave the rest', () => {
    expect(
      compareTexts('每季度检查一次', '每月检查两次')
        .filter((one) => one.op === 'same')
        .map((one) => one.text),
    ).toEqual(['每', '检查', '次'])
  })

  it('that are long are compared by sentences', () => {
    const long = `${'一项要求。'.repeat(200)}最后一句。`
    const runs = compareTexts(long, long.replace('最后一句', '改过的一句'))
    expect(runs.map((one) => one.op)).toEqual(['same', 'gone', 'new'])
    expect(runs.at(-1)?.text).toBe('改过的一句。')
  })
})
