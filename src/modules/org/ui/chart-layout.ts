import type { Line } from '../rules.ts'
import type { Branch, Unit, View } from './view.ts'

/** How the chart of an office is laid on a sheet: one band for each line, each unit a card below the one it hangs from. Pure. */

export const papers = ['a4', 'a3'] as const
export type Paper = (typeof papers)[number]
/** What a sheet takes inside its margins of 10 mm, lying, in millimetres; and how many cards stand side by side. */
export const sheets: Record<Paper, { width: number; height: number; across: number }> = {
  a4: { width: 277, height: 190, across: 7 },
  a3: { width: 400, height: 277, across: 10 },
}

/** A card, what hangs right below it as cards, and what lies deeper as names in the card above. */
export type Card = { unit: Unit; below: Card[] }
export type Band = { line: Line; cards: Card[] }

/** The trees of a view as bands of cards, three steps deep; further down a card lists names. */
export const bandsOf = (view: View): Band[] => view.trees.map(({ line, branches }) => ({ line, cards: nested(branches) }))

function nested(branches: readonly Branch[]): Card[] {
  const top: Card[] = []
  const above: Card[] = []
  for (const { unit, depth } of branches) {
    const card: Card = { unit, below: [] }
    const parent = above[depth - 1]
    if (parent) parent.below.push(card)
    else top.push(card)
    above.length = depth
    above[depth] = card
  }
  return top
}

/** Everything below a card, in order, with its depth there. */
export const deeper = (card: Card, depth = 0): { unit: Unit; depth: number }[] =>
  card.below.flatMap((one) => [{ unit: one.unit, depth }, ...deeper(one, depth + 1)])

/** Cards in rows of at most `across`; the rows are as even as can be, so that no card stands alone below a full row. */
export function rowsOf<T>(cards: readonly T[], across: number): T[][] {
  const rows = Math.max(1, Math.ceil(cards.length / across))
  const each = Math.ceil(cards.length / rows)
  return Array.from({ length: rows }, (_, i) => cards.slice(i * each, (i + 1) * each)).filter((row) => row.length > 0)
}

/** The scales a sheet is tried at. Below the last a name could no longer be read in print: it goes on to the next sheet instead. */
export const scales = [1, 0.92, 0.84, 0.76, 0.68, 0.6, 0.54, 0.48] as const

/** The largest scale at which the sheet's height (asked at each, in millimetres) fits, or the last. */
export const fitting = (heightAt: (scale: number) => number, height: number): number =>
  scales.find((scale) => heightAt(scale) * scale <= height) ?? (scales.at(-1) as number)
