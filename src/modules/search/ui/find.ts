import { call } from '#web/client.ts'
import type { Found } from '#web/shell/palette.tsx'
import { langNow } from '#web/words.ts'
import { searchRoutes } from '../contract.ts'
import type { HitKind } from '../rules.ts'
import { searchWords } from './words.ts'

const placeOf: Record<HitKind, (id: string, at?: string) => Pick<Found, 'to' | 'search'>> = {
  person: (id) => ({ to: '/org', search: { person: id } }),
  unit: (id) => ({ to: '/org', search: { unit: id } }),
  directive: (id) => ({ to: `/directives/${id}` }),
  duty: (id) => ({ to: '/duties', search: { open: id } }),
  act: (id) => ({ to: '/acts', search: { open: id } }),
  article: (id, at) => ({ to: `/basis/${id}`, ...(at ? { search: { article: at } } : {}) }),
}

/** What the command palette asks: everything one may see that holds the words. */
export async function find(text: string): Promise<Found[]> {
  const { items } = await call(searchRoutes.find, { q: text.slice(0, 60) })
  const words = searchWords[langNow()]
  return items.map((hit) => ({ kind: words[hit.kind], title: hit.title, sub: hit.detail, ...placeOf[hit.kind](hit.id, hit.at) }))
}
