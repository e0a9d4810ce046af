import { shown } from './propose.ts'
import { read } from './sections.ts'
import type { Problem, Section } from './types.ts'

export { propose } from './propose.ts'
export type * from './types.ts'

/** The outline alone: nested sections whose leaves, one after another, are the text; and what is odd about the numbering. Runs in the browser. */
export function outline(text: string): { sections: Section[]; problems: Problem[] } {
  const { roots, problems } = read(text)
  return { sections: roots.map(shown), problems }
}
