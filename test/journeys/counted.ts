import type { Page } from 'playwright-core'

/** What somebody did on a page: presses of the mouse, fields typed into, keys that act (Enter, Esc, arrows, shortcuts outside of fields). */
export type Spent = { clicks: number; fields: number; keys: number }

/**
 * Counts on a page what a person does, over every step to another address of it, from now on. Only trusted events count; a click that a key makes
 * counts as the key. `fields` are distinct ones of each document.
 */
export async function counted(page: Page): Promise<() => Promise<Spent>> {
  const spent: Spent = { clicks: 0, fields: 0, keys: 0 }
  await page.exposeFunction('zelianSpent', (what: keyof Spent) => {
    spent[what] += 1
  })
  const listen = () => {
    const tell = (what: string) => (window as Window & { zelianSpent?: (what: string) => void }).zelianSpent?.(what)
    const typed = new Set<EventTarget>()
    addEventListener('click', (event) => event.isTrusted && event.detail > 0 && tell('clicks'), true)
    addEventListener(
      'input',
      (event) => {
        const target = event.target
        const isText =
          target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && !['checkbox', 'radio'].includes(target.type))
        if (!event.isTrusted || !isText || typed.has(target)) return
        typed.add(target)
        tell('fields')
      },
      true,
    )
    addEventListener(
      'keydown',
      (event) => {
        const inField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
        const acts = ['Enter', 'Escape', 'ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight'].includes(event.key)
        if (event.isTrusted && (acts || (!inField && event.key.length === 1))) tell('keys')
      },
      true,
    )
  }
  await page.addInitScript(listen)
  await page.evaluate(listen)
  return async () => {
    // What was told last is on its way until the page has answered.
    await page.evaluate(() => undefined)
    return { ...spent }
  }
}

/** What lay between two counts. */
export const between = (before: Spent, after: Spent): Spent => ({
  clicks: after.clicks - before.clicks,
  fields: after.fields - before.fields,
  keys: after.keys - before.keys,
})

/** One line of the protocol: `a list to signed pledges: 3 fields, 6 clicks, 1 key`. */
export const printCount = (what: string, { clicks, fields, keys }: Spent): void =>
  console.info(`${what}: ${fields} fields, ${clicks} clicks, ${keys} keys`)
