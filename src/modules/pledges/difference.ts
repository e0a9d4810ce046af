/** What is signed beside what the duty list says now: the difference that a supplement (补签) carries, and nothing else. Pure. */

/** One duty as it is signed: everything that binds, in words. `duty` is its id, by which it is known again. */
export type Item = {
  duty: string
  title: string
  body: string
  measure: string | null
  kind: string
  polarity: 'positive' | 'negative'
  /** How often or by when, in words. */
  when: string
  /** What it rests on: documents and articles. */
  basis: string[]
}
export type Difference = { added: Item[]; changed: { was: Item; now: Item }[]; removed: Item[] }

const said = ({ title, body, measure, kind, polarity, when, basis }: Item) =>
  JSON.stringify([title, body, measure, kind, polarity, when, basis])
export const same = (a: Item, b: Item): boolean => said(a) === said(b)

/** What was signed → what the list says now. Both in their printed order, which the parts keep. */
export function difference(signed: readonly Item[], now: readonly Item[]): Difference {
  const before = new Map(signed.map((item) => [item.duty, item]))
  const after = new Set(now.map((item) => item.duty))
  const changed = now.flatMap((item) => {
    const was = before.get(item.duty)
    return was && !same(was, item) ? [{ was, now: item }] : []
  })
  return {
    added: now.filter((item) => !before.has(item.duty)),
    changed,
    removed: signed.filter((item) => !after.has(item.duty)),
  }
}

/** What is signed once a supplement is: the list with its difference put in. New duties stand at the end. */
export function applied(signed: readonly Item[], { added, changed, removed }: Difference): Item[] {
  const gone = new Set(removed.map((item) => item.duty))
  const next = new Map(changed.map((one) => [one.now.duty, one.now]))
  return [...signed.filter((item) => !gone.has(item.duty)).map((item) => next.get(item.duty) ?? item), ...added]
}

export const isEmpty = ({ added, changed, removed }: Difference): boolean => added.length + changed.length + removed.length === 0

/** Which words of an item changed, for the page. */
export const partsOf = (was: Item, now: Item): (keyof Item)[] =>
  (['title', 'body', 'measure', 'kind', 'polarity', 'when', 'basis'] as const).filter(
    (part) => JSON.stringify(was[part]) !== JSON.stringify(now[part]),
  )
