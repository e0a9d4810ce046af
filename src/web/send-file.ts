import type { OkOf, Route } from '#kernel/contract.ts'
import { langNow, say } from '#web/words.ts'
import { addressOf, newKey, Refused, type Sent, signedOutEvent } from './client.ts'

type Taking = Route & { upload: true | { most: string } }

/** What a refused upload was answered: the shape of every refusal. */
function refusedBy(request: XMLHttpRequest): Refused {
  const answer: unknown = request.response
  const error = (answer as { error?: Partial<Refused> } | null)?.error
  const words = error?.message ?? say('refused.unknown', { status: request.status })
  return new Refused(
    request.status,
    error?.code ?? `http.${request.status}`,
    words,
    error?.at ?? [],
    error?.requestId ?? null,
    error?.params,
  )
}

/**
 * Uploads a file over a route that takes one and says how much has gone, in percent: what `fetch` cannot tell. The answer and the refusals are those
 * of the client's `call`; `stop` breaks it off.
 * @throws {Refused}
 */
export function sendFile<R extends Taking>(
  route: R,
  input: Sent<R>,
  gone: (percent: number) => void,
  options: { key?: string; stop?: AbortSignal } = {},
): Promise<OkOf<R>> {
  const { file, ...rest } = input as Record<string, unknown>
  const { url, rest: fields } = addressOf(route, rest, null)
  const form = new FormData()
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined && value !== null && value !== '') form.set(name, String(value))
  if (file instanceof File) form.set('file', file, file.name)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(route.method, url)
    request.responseType = 'json'
    request.setRequestHeader('accept-language', langNow())
    request.setRequestHeader('idempotency-key', options.key ?? newKey())
    request.upload.onprogress = ({ loaded, total }) => gone(total > 0 ? Math.round((loaded / total) * 100) : 0)
    request.onerror = () => reject(new Refused(0, 'network', say('refused.network')))
    request.onabort = () => reject(new Refused(0, 'stopped', say('refused.stopped')))
    request.onload = () => {
      if (request.status === 200) return resolve(request.response as OkOf<R>)
      const refused = refusedBy(request)
      if (refused.code === 'auth.required') window.dispatchEvent(new Event(signedOutEvent))
      reject(refused)
    }
    options.stop?.addEventListener('abort', () => request.abort())
    request.send(form)
  })
}
