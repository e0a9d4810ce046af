import { expect, it } from 'vitest'
import { sealingActions } from './rules.ts'

it('offers the keeper the sealing, and the excuse only to whoever may ask', () => {
  expect(sealingActions((verb) => verb === 'sealing.seal', 'asked', {})).toEqual(['seal'])
  expect(sealingActions(() => true, 'sealed', {})).toEqual([])
})
