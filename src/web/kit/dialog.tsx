import { useEffect, useId, useRef } from 'react'
import { useSay } from '../words.ts'
import { Act, Button } from './act.tsx'

type SheetProps = {
  open: boolean
  onClose: () => void
  title: string
  children: React.ReactNode
  /** The buttons at the end: the main one first in reading order. */
  footer?: React.ReactNode
  /** `drawer`: from the right, full height. `dialog`: in the middle. `menu`: from the left. `palette`: below the top bar, no title shown. `full`: all of the screen. */
  shape?: 'drawer' | 'dialog' | 'menu' | 'palette' | 'full'
  wide?: boolean
}

/**
 * A sheet over the page on the browser's own modal dialog: it keeps the focus inside, Esc closes it, and the focus goes back to where it came from.
 * Its children are drawn while it is open only. The first field with `autoFocus` gets the focus.
 */
export function Sheet({ open, onClose, title, children, footer, shape = 'drawer', wide }: SheetProps) {
  const say = useSay()
  const ref = useRef<HTMLDialogElement>(null)
  const heading = useId()
  const came = useRef<Element | null>(null)
  useEffect(() => {
    const dialog = ref.current
    if (!dialog) return
    if (open && !dialog.open) {
      came.current = document.activeElement
      dialog.showModal()
      dialog.querySelector<HTMLElement>('[data-first]')?.focus()
    }
    if (!open && dialog.open) dialog.close()
    if (!open && came.current instanceof HTMLElement && came.current.isConnected) came.current.focus()
  }, [open])
  return (
    <dialog
      ref={ref}
      className={`sheet ${shape}${wide ? ' wide' : ''}`}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClose={() => open && onClose()}
      onMouseDown={(event) => event.target === ref.current && onClose()}
    >
      {open && (
        <div className="sheet-in">
          <div className={shape === 'palette' ? 'unseen' : 'sheet-head'}>
            <h2 id={heading}>{title}</h2>
            {shape !== 'palette' && (
              <button type="button" className="icon-button" onClick={onClose} aria-label={say('close')}>
                <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                  <path d="M3 3l10 10M13 3L3 13" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
                </svg>
              </button>
            )}
          </div>
          <div className="sheet-body">{children}</div>
          {footer && <div className="sheet-foot">{footer}</div>}
        </div>
      )}
    </dialog>
  )
}

type ConfirmProps = {
  open: boolean
  onClose: () => void
  title: string
  /** What will happen, and what it cannot take back. */
  children?: React.ReactNode
  /** The verb itself: 作废这条任职. */
  verb: string
  onYes: () => void
  danger?: boolean
  loading?: boolean
}

/** Asks before what binds or cannot be undone; for the harmless, do it and offer `tell({undo})`. */
export function Confirm({ open, onClose, title, children, verb, onYes, danger, loading }: ConfirmProps) {
  const say = useSay()
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={title}
      shape="dialog"
      footer={
        <>
          <Act kind={danger ? 'danger' : 'main'} onClick={onYes} loading={loading ?? false}>
            {verb}
          </Act>
          <Button onClick={onClose}>{say('cancel')}</Button>
        </>
      }
    >
      {children}
    </Sheet>
  )
}
