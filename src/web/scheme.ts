import { useSyncExternalStore } from 'react'
import { applyTheme, printTheme, type Scheme } from './theme.ts'

/** Light or dark: as the system says until someone chooses; the choice is kept in this browser. */

export type Choice = Scheme | 'system'
const stored = 'zelian.scheme'
const system = window.matchMedia('(prefers-color-scheme: dark)')
const hearers = new Set<() => void>()

const kept = localStorage.getItem(stored)
let chosen: Choice = kept === 'light' || kept === 'dark' ? kept : 'system'

const schemeNow = (): Scheme => (chosen === 'system' ? (system.matches ? 'dark' : 'light') : chosen)

function tell(): void {
  applyTheme(schemeNow())
  for (const hear of hearers) hear()
}

/** Paints the page in the scheme in force, before anything is drawn. */
export function startScheme(): void {
  applyTheme(schemeNow())
  system.addEventListener('change', tell)
  const paper = new CSSStyleSheet()
  paper.replaceSync(printTheme())
  document.adoptedStyleSheets.push(paper)
}

export function chooseScheme(next: Choice): void {
  chosen = next
  localStorage.setItem(stored, next)
  tell()
}

const subscribe = (hear: () => void) => {
  hearers.add(hear)
  return () => void hearers.delete(hear)
}
export const useScheme = (): Scheme => useSyncExternalStore(subscribe, schemeNow)
export const useSchemeChoice = (): Choice => useSyncExternalStore(subscribe, () => chosen)
