import { type QueryKey, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import type { InputOf, OkOf, Page, Route } from '#kernel/contract.ts'
import { langNow, say } from '#web/words.ts'
import { asOfNow, useAsOf } from './as-of.ts'

/** The typed client: every call goes over a route of a module's table, so that a wrong field does not type-check. */

/** A place in the input that was refused: a JSON pointer (`/due`), and what is wrong there. */
export type At = { at: string; message?: string }

/**
 * A call that was declined: the server's code and words (in the reader's language), the places in the input, and the request's id in the log.
 * `status` 0 and code `network`: nothing answered.
 */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly at: At[]
  readonly requestId: string | null
  readonly params: Record<string, string | number>
  constructor(status: number, code: string, message: string, at: At[] = [], requestId: string | null = null, params = {}) {
    super(message)
    this.name = 'Refused'
    this.status = status
    this.code = code
    this.at = at
    this.requestId = requestId
    this.params = params
  }
}

/** What a call sends: parameters of the path, query and body in one object; an upload takes its `file` beside them. */
export type Sent<R extends Route> = InputOf<R> & (R extends { upload: true | { most: string } } ? { file: File } : unknown)
type Plain = Record<string, unknown>

/** Fired on the window when the session has ended, whoever noticed; the router shows the sign-in page and comes back afterwards. */
export const signedOutEvent = 'zelian:signed-out'

const takesAsOf = (route: Route) => route.may !== 'public' && (route.query === undefined || 'asOf' in route.query.properties)

/** The address of a call, and what of its input goes into the body. */
export function addressOf(route: Route, input: Plain, asOf: string | null): { url: string; rest: Plain } {
  const rest = { ...input }
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    return encodeURIComponent(String(value))
  })
  const query = new URLSearchParams()
  const inQuery = route.method === 'GET' ? Object.keys(rest) : Object.keys(route.query?.properties ?? {})
  for (const name of inQuery) {
    const value = rest[name]
    delete rest[name]
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value))
  }
  // A write carries the day too: the server refuses it then, whatever the page let through.
  if (asOf && takesAsOf(route) && !query.has('asOf')) query.set('asOf', asOf)
  const text = query.toString()
  return { url: `/api${path}${text ? `?${text}` : ''}`, rest }
}

function bodyOf(route: Route, rest: Plain): { body?: BodyInit; type?: string } {
  if (route.method === 'GET') return {}
  if (route.upload) {
    const form = new FormData()
    const { file, ...fields } = rest
    for (const [name, value] of Object.entries(fields)) if (value !== undefined && value !== null) form.set(name, String(value))
    if (file instanceof File) form.set('file', file, file.name)
    return { body: form }
  }
  if (route.body === undefined && Object.keys(rest).length === 0) return {}
  return { body: JSON.stringify(rest), type: 'application/json' }
}

/** The address of a file that a route hands out, for links and pictures: as of the day looked at. */
export const fileUrl = <R extends Route>(route: R, input: InputOf<R>): string => addressOf(route, { ...(input as Plain) }, asOfNow()).url

/** A key that makes a repeated write the same write. `crypto.randomUUID` exists on secure origins only, and an office's own server may have none. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

async function refusedBy(answer: Response): Promise<Refused> {
  const requestId = answer.headers.get('x-request-id')
  const given: unknown = await answer.json().catch(() => null)
  const error = given !== null && typeof given === 'object' && 'error' in given ? (given.error as Partial<Refused>) : null
  if (!error?.code)
    return new Refused(answer.status, `http.${answer.status}`, say('refused.unknown', { status: answer.status }), [], requestId)
  return new Refused(answer.status, error.code, error.message ?? error.code, error.at ?? [], error.requestId ?? requestId, error.params)
}

/** Whether the server answers at all: a page is loaded anew only then, since the browser's own page would stand there otherwise. */
export const answers = (): Promise<boolean> =>
  fetch('/api/health').then(
    () => true,
    () => false,
  )

export type CallOptions = {
  /** The Idempotency-Key of a write: the same for every retry of one submit. */
  key?: string
  /** The day to look at; left out: the one in the address; null: today. */
  asOf?: string | null
  signal?: AbortSignal
}

/** Calls a route. GET sends its input in the query, the others as JSON (or a form, when the route takes a file). @throws {Refused} */
export async function call<R extends Route>(route: R, input: Sent<R>, options: CallOptions = {}): Promise<OkOf<R>> {
  const { url, rest } = addressOf(route, { ...(input as Plain) }, options.asOf === undefined ? asOfNow() : options.asOf)
  const { body, type } = bodyOf(route, rest)
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': langNow() }
  if (type) headers['content-type'] = type
  if (route.method !== 'GET') headers['idempotency-key'] = options.key ?? newKey()
  const answer = await fetch(url, {
    method: route.method,
    headers,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body }),
    ...(options.signal ? { signal: options.signal } : {}),
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Refused(0, 'network', say('refused.network'))
  })
  if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as OkOf<R>
  const refused = await refusedBy(answer)
  if (refused.code === 'auth.required') window.dispatchEvent(new Event(signedOutEvent))
  throw refused
}

/** The key of a read in the cache: the route, what was asked, and the day looked at. */
const readKey = (route: Route, input: unknown, asOf: string | null): QueryKey => [routeName(route), input ?? {}, asOf]
const routeName = (route: Route) => `${route.method} ${route.path}`

/** What passes by itself: nothing answered, or the server was busy. Everything else is an answer. */
export const passing = (error: unknown): boolean => error instanceof Refused && (error.status === 0 || error.status === 503)

type ReadOptions = {
  /** false: not yet, something is missing. */
  enabled?: boolean
  /** null: today whatever the address says. */
  asOf?: null
  /** Keep showing the last answer while the next one is fetched (a filter was changed). */
  keep?: boolean
}

/** Reads a route as of the day in the address, and again when that, the input or what was written changes. */
export function useRead<R extends Route>(route: R, input: InputOf<R>, options: ReadOptions = {}) {
  const looked = useAsOf()
  const asOf = options.asOf === null ? null : looked
  return useQuery<OkOf<R>, Refused>({
    queryKey: readKey(route, input, asOf),
    queryFn: ({ signal }) => call(route, input as Sent<R>, { asOf, signal }),
    enabled: options.enabled ?? true,
    ...(options.keep ? { placeholderData: (earlier: OkOf<R> | undefined) => earlier } : {}),
  })
}

/** Asks these reads again, or all of them: after something was written by another way than `useAct`, such as an upload. */
export function useRefresh(routes?: readonly Route[]): () => Promise<void> {
  const queries = useQueryClient()
  const names = routes?.map(routeName).join('\n')
  return useCallback(
    () =>
      queries.invalidateQueries(
        names === undefined ? undefined : { predicate: ({ queryKey }) => names.split('\n').includes(String(queryKey[0])) },
      ),
    [queries, names],
  )
}

type ItemOf<R extends Route> = OkOf<R> extends Page<infer T> ? T : never

/** Reads a keyset-paged route: all items fetched so far, and `more` for the next page (undefined when there is none). */
export function usePages<R extends Route>(route: R, input: Omit<InputOf<R>, 'after'>, options: ReadOptions = {}) {
  const asOf = useAsOf()
  const pages = useInfiniteQuery<Page<ItemOf<R>>, Refused, Page<ItemOf<R>>[], QueryKey, string | null>({
    queryKey: [...readKey(route, input, asOf), 'pages'],
    queryFn: async ({ pageParam, signal }) =>
      (await call(route, { ...input, ...(pageParam ? { after: pageParam } : {}) } as Sent<R>, { asOf, signal })) as Page<ItemOf<R>>,
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    select: (data) => data.pages,
    enabled: options.enabled ?? true,
    ...(options.keep ? { placeholderData: (earlier) => earlier } : {}),
  })
  return {
    items: pages.data?.flatMap((page) => page.items),
    error: pages.error,
    isPending: pages.isPending,
    isFetching: pages.isFetching,
    fetchingMore: pages.isFetchingNextPage,
    more: pages.hasNextPage ? () => void pages.fetchNextPage() : undefined,
    refetch: () => void pages.refetch(),
  }
}

type ActOptions<R extends Route> = {
  /** The reads that are asked again afterwards; left out: all of them. */
  invalidates?: readonly Route[]
  onDone?: (answer: OkOf<R>, input: Sent<R>) => void
  /** Nothing answered, though it may have arrived: with the key under which sending it again is the same write. */
  onUnsent?: (input: Sent<R>, key: string) => void
}

/**
 * A write. The same input sent again after a failure keeps its Idempotency-Key, so that a retry of a submit that did arrive is answered and not
 * repeated. Refused here already while looking back.
 */
export function useAct<R extends Route>(route: R, options: ActOptions<R> = {}) {
  const queries = useQueryClient()
  const lookingBack = useAsOf() !== null && route.may !== 'public'
  const submit = useRef<{ said: string; key: string } | null>(null)
  return useMutation<OkOf<R>, Refused, Sent<R>>({
    // Without a line it fails at once and says so, instead of waiting unseen.
    networkMode: 'always',
    onError: (error, input) => {
      if (error.status === 0 && submit.current) options.onUnsent?.(input, submit.current.key)
    },
    mutationFn: (input) => {
      if (lookingBack) throw new Refused(409, 'asof.read_only', say('asOf.readOnly'))
      const said = JSON.stringify(input)
      if (submit.current?.said !== said) submit.current = { said, key: newKey() }
      return call(route, input, { key: submit.current.key })
    },
    onSuccess: async (answer, input) => {
      submit.current = null
      const names = options.invalidates?.map(routeName)
      await queries.invalidateQueries(names ? { predicate: ({ queryKey }) => names.includes(String(queryKey[0])) } : undefined)
      options.onDone?.(answer, input)
    },
  })
}
