import { useCallback, useEffect, useRef, useState } from 'react'
import { Refused } from '../client.ts'

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

/**
 * A value that is kept in this browser until it is cleared: what was typed is there again after the tab was closed. `key` null keeps nothing.
 * Returns the value, its setter, `clear` (back to the start, and forgotten), and whether it began from a kept draft.
 */
export function useDraft<T>(
  key: string | null,
  start: T,
): [value: T, put: (next: T | ((before: T) => T)) => void, clear: () => void, restored: boolean] {
  const [first] = useState(() => (key === null ? null : readDraft<T>(key)))
  const [value, setValue] = useState<T>(first ?? start)
  const [restored, setRestored] = useState(first !== null)
  const clean = useRef(JSON.stringify(start))
  useEffect(() => {
    if (key === null) return
    // Written a moment after the last key, so that typing stays quick.
    const timer = setTimeout(() => {
      const text = JSON.stringify(value)
      if (text === clean.current) localStorage.removeItem(prefix + key)
      else localStorage.setItem(prefix + key, text)
    }, 250)
    return () => clearTimeout(timer)
  }, [key, value])
  const clear = useCallback(() => {
    if (key !== null) localStorage.removeItem(prefix + key)
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
