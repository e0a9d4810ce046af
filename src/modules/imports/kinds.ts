import type { ImportKind } from '#kernel/imports.ts'
import { rosterImport } from '#modules/org/index.ts'

/** The one visible list of what can be imported. A kind belongs to its own module, which gives it out through its index. */
export const kinds: readonly ImportKind[] = [rosterImport]
