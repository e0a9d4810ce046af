/** Word documents as text: paragraphs as lines, tables as lines of cells. */

/** What stands in a cell of the text form where the cell above it reaches down: “as above”, as people write it by hand. */
export const ditto = '〃'

type Element = { type: string; value: string; children: Element[]; colSpan: number; rowSpan: number }

/** An element of the reader's tree with the fields the text needs; anything else reads as empty. */
function elementOf(given: unknown): Element {
  const node = typeof given === 'object' && given !== null ? (given as Record<string, unknown>) : {}
  return {
    type: typeof node.type === 'string' ? node.type : '',
    value: typeof node.value === 'string' ? node.value : '',
    children: Array.isArray(node.children) ? node.children.map(elementOf) : [],
    colSpan: Number(node.colSpan) || 1,
    rowSpan: Number(node.rowSpan) || 1,
  }
}

/** The words of a paragraph or a run; a line broken inside a paragraph stays broken. */
function inline(of: Element): string {
  if (of.type === 'text') return of.value
  if (of.type === 'tab') return '\t'
  if (of.type === 'break') return '\n'
  return of.children.map(inline).join('')
}

/** A cell in one line: its paragraphs one behind the other, nothing in it that parts cells or rows. */
const cellText = (of: Element): string =>
  blocks(of.children)
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ')
    .replace(/\s+/g, ' ')

/** Rows of cells; a cell that reaches right leaves empty ones beside it, one that reaches down leaves dittos below it. */
function rowsOf(table: Element): string[][] {
  const below = new Map<number, number>()
  return table.children
    .filter((one) => one.type === 'tableRow')
    .map((row) => {
      const cells: string[] = []
      const covered = () => {
        for (let left = below.get(cells.length) ?? 0; left > 0; left = below.get(cells.length) ?? 0) {
          below.set(cells.length, left - 1)
          cells.push(ditto)
        }
      }
      for (const cell of row.children) {
        covered()
        const words = cellText(cell)
        for (let i = 0; i < cell.colSpan; i++) {
          if (cell.rowSpan > 1) below.set(cells.length, cell.rowSpan - 1)
          cells.push(i === 0 ? words : '')
        }
      }
      covered()
      return cells
    })
}

function blocks(list: readonly Element[]): string[] {
  return list.flatMap((one) => {
    if (one.type === 'table') return rowsOf(one).map((cells) => cells.join('\t'))
    if (one.type === 'paragraph') return inline(one).split('\n')
    return blocks(one.children)
  })
}

/** The text of a document as mammoth reads it: a line for each paragraph and each row of a table, cells parted by tabs. Offsets elsewhere count in this text. */
export const wordText = (document: unknown): string =>
  blocks(elementOf(document).children)
    .map((line) => `${line}\n`)
    .join('')
