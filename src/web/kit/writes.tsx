import { type ComponentProps, useState } from 'react'
import type { InputOf, Route } from '#kernel/contract.ts'
import { type Sent, useAct } from '../client.ts'
import { Act } from './act.tsx'
import type { FieldsOf } from './fields.tsx'
import type { PickOption } from './picks.tsx'
import { Write } from './write.tsx'

/** How a field is asked for; a list of options is picked from. */
export type Asked = 'text' | 'long' | 'number' | 'day' | 'password' | readonly PickOption[]
type BodyOf<R extends Route> = Omit<InputOf<R>, 'id'>
type One<R extends Route = Route> = { route: R; fields: Record<string, Asked> }

/** A write with the fields that its contract asks for, no more and no fewer. Without fields it is sent as it is. */
export const write = <R extends Route>(route: R, fields: { [K in keyof Required<BodyOf<R>>]: Asked }): One => ({ route, fields })

type Values = Record<string, unknown>
type Field = ComponentProps<typeof FieldsOf<Values>>['fields'][number]
const fieldOf = (name: string, label: string, asked: Asked): Field =>
  typeof asked === 'string' ? { name, label, kind: asked } : { name, label, kind: 'pick', options: asked }

/**
 * The writes of a page: `buttons(verbs, of)` for what may be done to a thing (or, without one, with the page), and `sheet`, the form that is open.
 * Titles and buttons are the words of the verbs, labels those of the fields, `done` what is said afterwards.
 */
export function useWrites<V extends string>(t: (key: never) => string, table: Record<V, One>) {
  const [doing, setDoing] = useState<{ verb: V; of: { id: string } | null } | null>(null)
  const word = t as (key: string) => string
  const isOurs = (verb: string): verb is V => verb in table
  const buttons = (verbs: readonly string[], of: { id: string } | null = null) =>
    verbs.filter(isOurs).map((verb) =>
      Object.keys(table[verb].fields).length === 0 && of ? (
        <Straight key={verb} route={table[verb].route} of={of} label={word(verb)} />
      ) : (
        <Act key={verb} kind={of ? 'soft' : 'main'} onClick={() => setDoing({ verb, of })}>
          {word(verb)}
        </Act>
      ),
    )
  const one = doing && table[doing.verb]
  const sheet = doing && one && (
    <Write<Route, Values>
      route={one.route}
      title={word(doing.verb)}
      verb={word(doing.verb)}
      start={Object.fromEntries(Object.keys(one.fields).map((name) => [name, '']))}
      fields={() => Object.entries(one.fields).map(([name, asked]) => fieldOf(name, word(name), asked))}
      send={(values) => ({ ...values, ...doing.of }) as Sent<Route>}
      done={() => word('done')}
      onClose={() => setDoing(null)}
    />
  )
  return { buttons, sheet }
}

function Straight({ route, of, label }: { route: Route; of: { id: string }; label: string }) {
  const act = useAct(route)
  return (
    <Act kind="soft" loading={act.isPending} onClick={() => act.mutate({ id: of.id } as Sent<Route>)}>
      {label}
    </Act>
  )
}
