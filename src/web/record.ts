import { createContext, use } from 'react'

/** Where the record drawer begins: for one obligation, on one day. Anything may be left out. */
export type RecordStart = { obligation?: string; title?: string; day?: string }
/** What `RecordDrawer` of the acts' pages receives. */
export type RecordDrawerProps = { open: boolean; onClose: () => void; start?: RecordStart }

export const RecordContext = createContext<((start?: RecordStart) => void) | null>(null)

/** Opens the record drawer from anywhere; null when this person may not record, or while looking back. */
export const useRecord = (): ((start?: RecordStart) => void) | null => use(RecordContext)
