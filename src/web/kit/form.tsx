import { use, useCallback, useEffect, useRef, useState } from 'react'
import { Refused } from '../client.ts'
import { MeContext } from '../session.ts'

/** Forms: values, refusals at their field, a draft that survives a closed tab. */

const prefix = 'zelian.draft.'

function readDraft<T>(key: string): T | null {
  try {
    const kept = localStorage.getItem(prefix + key)
    return kept === null ? null : (JSON.parse(kept) as T)
  } catch {
    return null
  }
}

/** Forgets every draft: whoever signs out leaves nothing behind on a shared machine. */
export function forgetDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
}

/**
 * A value that is kept in this browser until it is cleared: what was typed is there again after the tab was closed. Kept
 * apart for each person; `name` null keeps nothing. Returns the value, its setter, `clear` (back to the start, and forgotten), and whether it began
 * from a kept draft.
 */
export function useDraft<T>(
  name: string | null,
  start: T,
): [value: T, put: (next: T | ((before: T) => T)) => void, clear: () => void, restored: boolean] {
  const me = use(MeContext)
  const key = name === null ? null : `${me?.person?.id ?? 'nobody'}.${name}`
  const [first] = useState(() => (key === null ? null : readDraft<T>(key)))
  const [value, setValue] = useState<T>(first ?? start)
  const [restored, setRestored] = useState(first !== null)
  const clean = useRef(JSON.stringify(start))
  const keep = useRef<() => void>(() => undefined)
  keep.current = () => {
    if (key === null) return
    const text = JSON.stringify(value)
    if (text === clean.current) localStorage.removeItem(prefix + key)
    else localStorage.setItem(prefix + key, text)
  }
  // Written a moment after the last key, so that typing stays quick; at once when the form or the page goes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed value is what it waits for
  useEffect(() => {
    const timer = setTimeout(() => keep.current(), 250)
    return () => clearTimeout(timer)
  }, [value])
  useEffect(() => {
    const leave = () => keep.current()
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [])
  const clear = useCallback(() => {
    if (key !== null) localStorage.removeItem(prefix + key)
    // The form may go before it is drawn again: what was sent is not written back then.
    keep.current = () => undefined
    setValue(JSON.parse(clean.current) as T)
    setRestored(false)
  }, [key])
  return [value, setValue, clear, restored]
}

export type FormValues = Record<string, unknown>
export type Form<T extends FormValues> = {
  values: T
  set: <K extends keyof T>(name: K, value: T[K]) => void
  put: (next: T | ((before: T) => T)) => void
  clear: () => void
  /** Began from a draft kept by an earlier visit. */
  restored: boolean
  /** What was refused at a field: `/due` and whatever lies below it. */
  errorAt: (name: string) => string | null
  /** The refusal, when it (or a part of it) stands at none of the fields drawn so far: for `<Refusal of={form.left} />`. */
  left: Refused | null
  known: (name: string) => void
}

/** The values of a form. `refused` is the error of its `useAct`; `draft` names what is kept in this browser while it is not sent. */
export function useForm<T extends FormValues>(start: T, options: { draft?: string; refused?: Error | null } = {}): Form<T> {
  const [values, put, clear, restored] = useDraft<T>(options.draft ?? null, start)
  const names = useRef(new Set<string>())
  const [touched, setTouched] = useState<{ error: Error | null; names: string[] }>({ error: null, names: [] })
  const refused = options.refused instanceof Refused ? options.refused : null
  const settled = touched.error === refused ? touched.names : []
  const set: Form<T>['set'] = (name, value) => {
    put((before) => ({ ...before, [name]: value }))
    if (refused) setTouched({ error: refused, names: [...settled, String(name)] })
  }
  const placeOf = (name: string) => refused?.at.find(({ at }) => at === `/${name}` || at.startsWith(`/${name}/`))
  const errorAt = (name: string) => {
    const place = placeOf(name)
    return refused && place && !settled.includes(name) ? (place.message ?? refused.message) : null
  }
  const atField = refused?.at.some(({ at }) => names.current.has(at.split('/')[1] ?? '')) ?? false
  return {
    values,
    set,
    put,
    clear,
    restored,
    errorAt,
    left: refused && !atField ? refused : null,
    known: (name) => void names.current.add(name),
  }
}
