import type { OkOf } from '#kernel/contract.ts'
import { newKey, Refused } from '#web/client.ts'
import { langNow, say } from '#web/words.ts'
import { directiveRoutes } from '../contract.ts'

type Sent = OkOf<typeof directiveRoutes.upload>

/**
 * Uploads a file and says how much has gone, in percent: what `fetch` cannot tell. The answer and the refusals are those of the client's `call`.
 * @throws {Refused}
 */
export function sendFile(fields: Record<string, string>, file: File, gone: (percent: number) => void): Promise<Sent> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('file', file, file.name)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(directiveRoutes.upload.method, `/api${directiveRoutes.upload.path}`)
    request.responseType = 'json'
    request.setRequestHeader('accept-language', langNow())
    request.setRequestHeader('idempotency-key', newKey())
    request.upload.onprogress = ({ loaded, total }) => gone(total > 0 ? Math.round((loaded / total) * 100) : 0)
    request.onerror = () => reject(new Refused(0, 'network', say('refused.network')))
    request.onload = () => {
      const answer: unknown = request.response
      if (request.status === 200) return resolve(answer as Sent)
      const error = (answer as { error?: Partial<Refused> } | null)?.error
      const words = error?.message ?? say('refused.unknown', { status: request.status })
      reject(
        new Refused(
          request.status,
          error?.code ?? `http.${request.status}`,
          words,
          error?.at ?? [],
          error?.requestId ?? null,
          error?.params,
        ),
      )
    }
    request.send(form)
  })
}
