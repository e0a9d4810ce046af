import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'

/** Filters, sort and the open item live in the address: they can be sent, kept and gone back from. All values are texts. */

export type Search = { [key: string]: string | undefined }

/** Reads `?a=b` as texts, nothing more: a day or a number stays what was typed. */
export const parseSearch = (text: string): Search => Object.fromEntries(new URLSearchParams(text))

export function stringifySearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(search))
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value))
  const text = query.toString()
  return text ? `?${text}` : ''
}

type Setter<K extends string> = (change: Partial<Record<K, string | null | undefined>>, options?: { replace?: boolean }) => void

/**
 * The named parameters of this page's address, and a function that changes some of them (null or '' takes one away).
 * `const [{ unit, light, open }, put] = useAddress('unit', 'light', 'open')`. Changes are steps one can go back from, unless `replace`.
 */
export function useAddress<K extends string>(...names: K[]): [Record<K, string | undefined>, Setter<K>] {
  const search: Search = useSearch({ strict: false })
  const navigate = useNavigate()
  const key = names.join(' ')
  const values = useMemo(() => {
    const entries = key.split(' ').map((name) => [name, search[name]])
    return Object.fromEntries(entries) as Record<K, string | undefined>
  }, [key, search])
  const put = useCallback<Setter<K>>(
    (change, options) => {
      const clean = Object.fromEntries(Object.entries<string | null | undefined>(change).map(([name, value]) => [name, value || undefined]))
      void navigate({
        to: '.',
        search: (before: Search) => ({ ...before, ...clean }),
        replace: options?.replace ?? false,
        // A filter or a pane is not another page: where one had scrolled to stays.
        resetScroll: false,
      })
    },
    [navigate],
  )
  return [values, put]
}
