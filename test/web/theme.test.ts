import { describe, expect, test } from 'vitest'
import { palette, printTheme, type Token } from '#web/theme.ts'

const channel = (part: string) => {
  const value = Number.parseInt(part, 16) / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}
/** Relative luminance (WCAG 2.2). */
const luminance = (hex: string) => 0.2126 * channel(hex.slice(1, 3)) + 0.7152 * channel(hex.slice(3, 5)) + 0.0722 * channel(hex.slice(5, 7))
const contrast = (a: string, b: string) => {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const grounds: Token[] = ['paper', 'surface', 'rail']
const texts: [text: Token, on: Token[]][] = [
  ['ink', [...grounds, 'accent-soft', 'grey-soft', 'line-2']],
  ['ink-2', [...grounds, 'accent-soft', 'grey-soft', 'line-2']],
  ['ink-3', grounds],
  ['accent', [...grounds, 'accent-soft']],
  ['on-fill', ['fill']],
  ['green-ink', ['surface', 'green-soft']],
  ['yellow-ink', ['surface', 'yellow-soft']],
  ['red-ink', ['surface', 'red-soft']],
  ['grey-ink', ['surface', 'grey-soft']],
  ['band-ink', ['band']],
  ['band-ink-2', ['band']],
]
const shapes: Token[] = ['green', 'yellow', 'red', 'grey', 'edge']

describe.each(['light', 'dark'] as const)('the %s palette', (scheme) => {
  const c = palette[scheme]
  test.each(texts.flatMap(([text, on]) => on.map((ground) => [text, ground] as const)))('%s can be read on %s', (text, ground) => {
    expect(contrast(c[text], c[ground])).toBeGreaterThanOrEqual(4.5)
  })
  test.each(shapes)('%s can be seen on a card', (shape) => {
    expect(contrast(c[shape], c.surface)).toBeGreaterThanOrEqual(3)
  })
})

test('paper is printed on in the light palette, every token of it, over what stands on the element', () => {
  for (const [name, value] of Object.entries(palette.light)) expect(printTheme()).toContain(`--${name}: ${value} !important;`)
  expect(printTheme()).toMatch(/^@media print/)
})
