import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useSay } from '../words.ts'
import { Button } from './act.tsx'

type Told = { id: number; says: string; undo?: (() => void) | undefined; tone: 'plain' | 'red' }

let told: Told | null = null
let last = 0
let timer: ReturnType<typeof setTimeout> | undefined
const hearers = new Set<() => void>()

function set(next: Told | null): void {
  told = next
  for (const hear of hearers) hear()
}

/** Says for eight seconds that something was done, with a way back when it is harmless: `tell('已记下', { undo })`. */
export function tell(says: string, options: { undo?: () => void; tone?: 'plain' | 'red' } = {}): void {
  last += 1
  clearTimeout(timer)
  timer = setTimeout(() => set(null), 8000)
  set({ id: last, says, undo: options.undo, tone: options.tone ?? 'plain' })
}

const subscribe = (hear: () => void) => {
  hearers.add(hear)
  return () => void hearers.delete(hear)
}

/** Where `tell` is heard; stands once, in the shell. In the top layer, so that an open drawer does not hide it. */
export function Toasts() {
  const say = useSay()
  const ref = useRef<HTMLDivElement>(null)
  const now = useSyncExternalStore(subscribe, () => told)
  useEffect(() => {
    const box = ref.current
    if (!box || !('showPopover' in box)) return
    if (box.matches(':popover-open')) box.hidePopover()
    if (now) box.showPopover()
  }, [now])
  return (
    <div ref={ref} popover="manual" className={`toast ${now?.tone ?? 'plain'}`} role="status" data-shown={now !== null}>
      {now && (
        <>
          <span>{now.says}</span>
          {now.undo && (
            <Button
              kind="bare"
              onClick={() => {
                now.undo?.()
                set(null)
              }}
            >
              {say('undo')}
            </Button>
          )}
        </>
      )}
    </div>
  )
}
