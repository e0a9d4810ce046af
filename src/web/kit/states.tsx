import { useEffect, useState } from 'react'
import { Refused } from '../client.ts'
import { useSay } from '../words.ts'
import { Button } from './act.tsx'

/** A refusal where the thing would have stood: its words, its code, the request's id in the log, and another try. */
export function Failed({ error, retry }: { error: Error; retry?: (() => void) | undefined }) {
  const say = useSay()
  const refused = error instanceof Refused ? error : null
  return (
    <div className="failed" role="alert">
      <p>{refused ? refused.message : say('failed.unexpected')}</p>
      {refused?.at.some((place) => place.message) && (
        <ul>
          {refused.at.map((place) => (
            <li key={place.at}>
              <code>{place.at}</code> {place.message}
            </li>
          ))}
        </ul>
      )}
      <p className="failed-code">
        <code>{refused?.code ?? error.message}</code>
        {refused?.requestId && (
          <>
            {' · '}
            {say('failed.request')} <code>{refused.requestId}</code>
          </>
        )}
      </p>
      {retry && <Button onClick={retry}>{say('failed.retry')}</Button>}
    </div>
  )
}

/** Grey lines where rows will stand; nothing at all in the first fifth of a second. */
export function Loading({ lines = 3 }: { lines?: number }) {
  const say = useSay()
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200)
    return () => clearTimeout(timer)
  }, [])
  if (!late) return null
  return (
    <div className="card loading" role="status">
      <span className="unseen">{say('loading')}</span>
      {Array.from({ length: lines }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: grey lines have nothing else
        <span className="loading-line" key={i} style={{ width: `${82 - ((i * 17) % 40)}%` }} />
      ))}
    </div>
  )
}

/** What a `useRead` gives, drawn: loading, refusal, or the thing. `<Shown of={read}>{(data) => …}</Shown>` */
export function Shown<T>({
  of,
  children,
  lines,
}: {
  of: { data: T | undefined; error: Error | null; refetch: () => unknown }
  children: (data: T) => React.ReactNode
  lines?: number
}) {
  if (of.data !== undefined) return <>{children(of.data)}</>
  if (of.error) return <Failed error={of.error} retry={() => void of.refetch()} />
  return <Loading {...(lines ? { lines } : {})} />
}
