import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'

type PopProps = {
  /** What stands in the button. */
  face: React.ReactNode
  /** The button's name, when its face does not say it. */
  label?: string
  className?: string
  children: (close: () => void) => React.ReactNode
}

/** A small panel under a button: Esc or a click elsewhere closes it. It moves in when the window would cut it off. */
export function Pop({ face, label, className, children }: PopProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  useEffect(() => {
    if (!open) return
    const onPress = (event: PointerEvent) => event.target instanceof Node && !root.current?.contains(event.target) && setOpen(false)
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      event.preventDefault()
      setOpen(false)
      button.current?.focus()
    }
    document.addEventListener('pointerdown', onPress)
    document.addEventListener('keydown', onKey, true)
    return () => {
      document.removeEventListener('pointerdown', onPress)
      document.removeEventListener('keydown', onKey, true)
    }
  }, [open])
  useLayoutEffect(() => {
    const box = panel.current
    if (!open || !box) return
    box.style.transform = ''
    const { left, right } = box.getBoundingClientRect()
    const width = document.documentElement.clientWidth
    const shift = right > width - 8 ? width - 8 - right : 0
    if (shift !== 0 || left < 8) box.style.transform = `translateX(${Math.max(shift, 8 - left)}px)`
    box.querySelector<HTMLElement>('[data-first]')?.focus()
  }, [open])
  return (
    <div className="pop" ref={root}>
      <button
        ref={button}
        type="button"
        className={className}
        onClick={() => setOpen(!open)}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={label}
      >
        {face}
      </button>
      {open && (
        <div className="pop-panel" id={id} ref={panel}>
          {children(close)}
        </div>
      )}
    </div>
  )
}
