import { Link } from '@tanstack/react-router'
import type { Static } from 'typebox'
import type { Lang } from '#kernel/errors.ts'
import { dayOf, sayDay } from '#web/days.ts'
import type { KeyOf, Say } from '#web/words.ts'
import type { Trace } from '../contract.ts'
import { type Subject, subjects } from '../rules.ts'
import type { words } from './words.ts'

export type TraceOf = Static<typeof Trace>
export type NodeOf = TraceOf['nodes'][number]
export type TraceSay = Say<KeyOf<typeof words>>
/** Something a trace can start from; `at` is where a sentence begins in its directive. */
export type Start = { kind: Subject; id: string; at?: string }

type Target = { to: string; search: Record<string, string | undefined> }

/** Where a node's source stands; an obligation opens over the page, and what has no source opens nothing. */
export function targetOf({ ref }: NodeOf): Target | 'obligation' | null {
  switch (ref?.kind) {
    case 'obligation':
      return 'obligation'
    case 'directive':
      return { to: `/directives/${ref.id}`, search: ref.start === undefined ? {} : { at: String(ref.start) } }
    case 'duty':
      return { to: '/duties', search: { open: ref.id } }
    case 'act':
      return { to: '/acts', search: { open: ref.id } }
    case 'person':
      return { to: `/org/persons/${ref.id}`, search: {} }
    case 'handover':
      return { to: `/handovers/${ref.id}`, search: {} }
    case 'unit':
      return { to: '/org', search: { unit: ref.id } }
    case 'regulation':
      return { to: `/basis/${ref.id}`, search: ref.at === undefined ? {} : { article: ref.at } }
    case undefined:
      return null
    default:
      return ref ? { to: `/${ref.kind}s`, search: { open: ref.id } } : null
  }
}

/** The trace that would start from a node; null where it cannot, or where this one starts. */
export function startOf({ id, kind, ref, layer }: NodeOf): Start | null {
  if (layer === 'subject' || !ref) return null
  if (kind === 'finding' || kind === 'cause') return { kind: 'cause', id: id.slice(id.indexOf(':') + 1) }
  const from = subjects.find((one) => one === ref.kind)
  return from ? { kind: from, id: ref.id, ...(from === 'directive' && ref.start !== undefined ? { at: String(ref.start) } : {}) } : null
}

/** Texts of the server with their days as people say them. */
export const sayDays = (text: string, day: string, lang: Lang): string =>
  text
    .replace(/\d{4}-\d{2}-\d{2}/g, (of) => sayDay(of, lang, { thisYear: day }))
    // Chinese sets nothing between a day and the word that follows or goes before it.
    .replace(/(?<=\d日) (?=\p{Script=Han})|(?<=\p{Script=Han}) (?=\d+(?:年\d+)?月\d+日)/gu, '')

/** The server's detail with its days as people say them; of what came later, when it is said to have been and when it was recorded. */
export function sayDetail(node: NodeOf, day: string, t: TraceSay, lang: Lang, zone: string): string {
  const said = (of: string) => sayDay(of, lang, { thisYear: day })
  if (node.later && node.kind === 'act' && node.happenedOn && node.recordedAt)
    return t('happened', { happened: said(node.happenedOn), recorded: said(dayOf(node.recordedAt, zone)) })
  return sayDays(node.detail, day, lang)
}

type OpeningProps = { node: NodeOf; onOpen: (id: string) => void; children: React.ReactNode } & Pick<
  React.ComponentProps<'a'>,
  'className' | 'onKeyDown'
> & {
    'data-node'?: string
  }

/** Opens a node's source, as a link where it has an address. */
export function Opening({ node, onOpen, children, ...rest }: OpeningProps) {
  const target = targetOf(node)
  if (target === null) return <span className={rest.className}>{children}</span>
  if (target === 'obligation')
    return (
      <button
        type="button"
        className={rest.className}
        data-node={rest['data-node']}
        onKeyDown={rest.onKeyDown as React.KeyboardEventHandler}
        onClick={() => node.ref && onOpen(node.ref.id)}
      >
        {children}
      </button>
    )
  return (
    <Link
      {...rest}
      to={target.to}
      search={(before: Record<string, unknown>) => ({ ...target.search, asOf: before.asOf as string | undefined })}
    >
      {children}
    </Link>
  )
}
