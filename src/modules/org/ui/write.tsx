import type { Post, Unit, View } from './view.ts'

export { Write } from '#web/kit/index.ts'

type Of<Verb extends string, Thing> = Verb extends string ? { verb: Verb } & Thing : never
/** What is being done, and to what. */
export type Doing =
  | Of<'addUnit', { parent: string | null }>
  | Of<'editUnit' | 'change' | 'addPost' | 'charge', { unit: Unit }>
  | Of<'editPost' | 'endPost' | 'appoint', { post: Post }>
  | Of<'addPerson', unknown>
  | Of<'editPerson', { id: string; name: string; born: string | null }>
  | Of<'note' | 'endAppointment' | 'endCharge' | 'endFact', { id: string; name: string }>

export type DoProps<D extends Doing['verb'] = Doing['verb']> = {
  of: Extract<Doing, { verb: D }>
  view: View
  onClose: () => void
  onUnit: (id: string) => void
  onPerson: (id: string) => void
}

export type Rest = Omit<DoProps, 'of'>
export const dayOr = (text: string): string | null => text || null
/** A day left empty is left out, so that the server says that it is needed. */
export const needed = (text: string) => (text || undefined) as string

export const unitOptions = (view: View, except?: string) =>
  [...view.units.values()]
    .filter(({ id }) => id !== except)
    .map(({ id, name, parent }) => ({ value: id, label: name, ...(parent ? { note: view.units.get(parent)?.name ?? '' } : {}) }))

/** Namesakes are told apart by the posts they hold. */
export function personOptions(view: View) {
  const notes = new Map<string, string>()
  for (const post of view.posts.values()) {
    for (const { person } of view.holdersOf(post.id)) if (!notes.has(person.id)) notes.set(person.id, post.name)
  }
  return view.persons.map(({ id, name }) => ({ value: id, label: name, ...(notes.has(id) ? { note: notes.get(id) ?? '' } : {}) }))
}
