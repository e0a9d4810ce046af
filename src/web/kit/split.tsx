import { useEffect, useRef } from 'react'
import { useSay } from '../words.ts'
import { Button } from './act.tsx'

type SplitProps = {
  /** The list. */
  children: React.ReactNode
  /** What is open, or null. */
  detail: React.ReactNode | null
  /** The name of what is open, for the region and the way back. */
  label: string
  onClose: () => void
  /** Changes with the open thing, so that the focus follows it. */
  of?: string | undefined
}

/** A list, and the open thing beside it; on a small screen in its place, with a way back. Esc closes. */
export function Split({ children, detail, label, onClose, of }: SplitProps) {
  const say = useSay()
  const side = useRef<HTMLElement>(null)
  const open = detail !== null && detail !== undefined
  useEffect(() => {
    if (of !== undefined) side.current?.focus({ preventScroll: true })
  }, [of])
  return (
    <div className={`split${open ? ' open' : ''}`}>
      <div className="split-list">{children}</div>
      {open && (
        <section
          className="split-detail"
          aria-label={label}
          ref={side}
          tabIndex={-1}
          onKeyDown={(event) => {
            // An Esc under a sheet opened from here closes that sheet only.
            const inside = event.target instanceof Element && event.target.closest('dialog')
            if (event.key === 'Escape' && !event.defaultPrevented && !inside) onClose()
          }}
        >
          <div className="split-head">
            <Button kind="bare" onClick={onClose}>
              <span aria-hidden="true">← </span>
              {say('back')}
            </Button>
          </div>
          {detail}
        </section>
      )}
    </div>
  )
}

/** Filters above a list, in one line that wraps. Their values belong in the address: see `useAddress`. */
export const Filters = ({ children }: { children: React.ReactNode }) => <search className="filters">{children}</search>
