import type { ComponentProps } from 'react'
import type { OkOf, Route } from '#kernel/contract.ts'
import { type Sent, useAct } from '#web/client.ts'
import { Act, FieldsOf, type Form, FormOf, Refusal, Sheet, tell, useForm } from '#web/kit/index.ts'
import type { Post, Unit, View } from './view.ts'

type Values = Record<string, unknown>
type FieldList<V extends Values> = ComponentProps<typeof FieldsOf<V>>['fields']

type WriteProps<R extends Route, V extends Values> = {
  route: R
  title: string
  verb: string
  start: V
  /** Kept in this browser until it is sent. */
  draft?: string
  fields: (values: V) => FieldList<V>
  send: (values: V) => Sent<R>
  /** What is said when it is done. */
  done: (answer: OkOf<R>) => string
  undo?: (answer: OkOf<R>) => void
  onClose: () => void
  onDone?: (answer: OkOf<R>) => void
  extra?: (form: Form<V>) => React.ReactNode
}

/** One write in a drawer: fields, refusals at them, and what is said afterwards. */
export function Write<R extends Route, V extends Values>({
  route,
  title,
  verb,
  start,
  draft,
  fields,
  send,
  done,
  undo,
  onClose,
  onDone,
  extra,
}: WriteProps<R, V>) {
  const act = useAct(route, {
    onDone: (answer) => {
      form.clear()
      tell(done(answer), undo ? { undo: () => undo(answer) } : {})
      onDone?.(answer)
      onClose()
    },
  })
  const form = useForm<V>(start, { refused: act.error, ...(draft ? { draft } : {}) })
  return (
    <Sheet open onClose={onClose} title={title}>
      <FormOf
        onSend={() => act.mutate(send(form.values))}
        foot={
          <Act kind="main" type="submit" loading={act.isPending}>
            {verb}
          </Act>
        }
      >
        <FieldsOf form={form} fields={fields(form.values)} />
        {extra?.(form)}
        <Refusal of={form.left} />
      </FormOf>
    </Sheet>
  )
}

type Of<Verb extends string, Thing> = Verb extends string ? { verb: Verb } & Thing : never
/** What is being done, and to what. */
export type Doing =
  | Of<'addUnit', { parent: string | null }>
  | Of<'editUnit' | 'endUnit' | 'addPost' | 'charge', { unit: Unit }>
  | Of<'editPost' | 'endPost' | 'appoint', { post: Post }>
  | Of<'addPerson', unknown>
  | Of<'editPerson' | 'endAppointment' | 'endCharge', { id: string; name: string }>

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
