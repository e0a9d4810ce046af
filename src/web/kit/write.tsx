import type { ComponentProps } from 'react'
import type { OkOf, Route } from '#kernel/contract.ts'
import { type Sent, useAct } from '../client.ts'
import { Act } from './act.tsx'
import { Sheet } from './dialog.tsx'
import { FieldsOf, FormOf, Refusal } from './fields.tsx'
import { type Form, useForm } from './form.tsx'
import { tell } from './toast.tsx'

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
