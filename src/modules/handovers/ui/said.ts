import type { OkOf } from '#kernel/contract.ts'
import { useWords } from '#web/words.ts'
import type { handoverRoutes } from '../contract.ts'
import { words } from './words.ts'

export type SheetOk = OkOf<typeof handoverRoutes.read>
export type LineOk = SheetOk['groups'][number]['lines'][number]
export const useT = () => useWords('handovers', words)
