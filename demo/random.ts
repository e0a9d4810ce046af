/**
 * Chance by name: the same seed and words always give the same number, whatever was asked before. So the year does not depend on the order
 * in which things are read from the database.
 */
export type Chance = {
  /** A number in [0, 1) for these words. */
  of: (...words: readonly (string | number)[]) => number
  /** A whole number from `low` to `high`, both included. */
  whole: (low: number, high: number, ...words: readonly (string | number)[]) => number
  /** One of a list that is not empty. */
  pick: <T>(list: readonly T[], ...words: readonly (string | number)[]) => T
}

/** FNV-1a over the UTF-16 code units, then the finish of MurmurHash3, so that neighbouring words fall far apart. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** The chance of one seed. */
export function chanceOf(seed: string): Chance {
  const of: Chance['of'] = (...words) => hash(`${seed} ${words.join(' ')}`) / 0x1_0000_0000
  return {
    of,
    whole: (low, high, ...words) => low + Math.floor(of(...words) * (high - low + 1)),
    pick: (list, ...words) => {
      const one = list[Math.floor(of(...words) * list.length)]
      if (one === undefined) throw new Error('nothing to pick from')
      return one
    },
  }
}
