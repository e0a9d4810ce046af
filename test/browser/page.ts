import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What axe says of a page: the rule, how bad it is, and where (CSS selectors). */
export type Finding = { id: string; impact: 'serious' | 'critical'; nodes: string[] }

const artefacts = join(import.meta.dirname, '..', '..', 'artefacts')

/** Keeps a picture of what the page shows now as `artefacts/<name>.png`; returns its path. `name` is letters, digits and dashes. */
export async function keep(page: Page, name: string, options: { fullPage?: boolean } = {}): Promise<string> {
  if (!/^[\w-]+$/.test(name)) throw new Error(`A picture's name is letters, digits and dashes, not "${name}"`)
  await mkdir(artefacts, { recursive: true })
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  const path = join(artefacts, `${name}.png`)
  await page.screenshot({ path, fullPage: options.fullPage ?? false, animations: 'disabled' })
  return path
}

/** The serious and critical findings of axe on the page as it stands now, each with the elements it is about; empty when there is none. */
export async function seriousFindings(page: Page): Promise<Finding[]> {
  // Evaluated, not added as a script element: the page's content security policy would refuse that.
  await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    const { axe } = window as Window & typeof globalThis & { axe: typeof import('axe-core') }
    const { violations } = await axe.run(document, { resultTypes: ['violations'] })
    return violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map((node) => node.target.join(' ')) }))
  })
  return violations.flatMap(({ id, impact, nodes }) => (impact === 'serious' || impact === 'critical' ? [{ id, impact, nodes }] : []))
}
