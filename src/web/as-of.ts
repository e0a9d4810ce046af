import { useSearch } from '@tanstack/react-router'

/** The day looked back to, as it stands in the address (`?asOf=2026-03-15`); null is today. */

const day = /^\d{4}-\d{2}-\d{2}$/

/** For code outside of components. */
export function asOfNow(): string | null {
  const given = new URLSearchParams(window.location.search).get('asOf')
  return given !== null && day.test(given) ? given : null
}

/** The day looked back to, or null; the component is drawn again when it changes. */
export function useAsOf(): string | null {
  const search: { asOf?: unknown } = useSearch({ strict: false })
  return typeof search.asOf === 'string' && day.test(search.asOf) ? search.asOf : null
}

/** Whether one is looking back: nothing can be changed then. */
export const useLookingBack = (): boolean => useAsOf() !== null
