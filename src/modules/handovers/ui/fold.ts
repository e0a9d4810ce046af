import type { LineOk } from './said.ts'

/** A line, or the later periods of one duty that go the same way, as one. */
export type Folded = { key: string; lines: readonly LineOk[] }

/** Whether a line says nothing of its own: not begun or not near its day, not changed, and decided with what it follows. */
const quiet = (line: LineOk) =>
  line.part === 'obligation' && line.light === 'green' && line.along && line.change === null && line.objection === null

/**
 * Periods of one duty that go to the same hands are one row, where the first of them stands: a monthly duty would fill a page otherwise. Nothing that waits, is
 * red or was changed is folded.
 */
export function folded(lines: readonly LineOk[], open: ReadonlySet<string>): Folded[] {
  const rows = new Map<string, LineOk[]>()
  for (const line of lines) {
    const group = [line.title, line.unit?.id, line.way, line.to?.id, line.giverAt !== null, line.receiverAt !== null].join(' ')
    const key = quiet(line) && !open.has(group) ? group : line.key
    rows.set(key, [...(rows.get(key) ?? []), line])
  }
  return [...rows].map(([key, own]) => ({ key, lines: own }))
}
