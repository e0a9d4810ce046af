import autocannon from 'autocannon'

export type Load = { perSecond: number; p50: number; p99: number; failures: number }

/** Asks one address over and over on `connections` for `seconds`. Latencies in ms. */
export async function ask(url: string, connections: number, seconds: number, headers: Record<string, string> = {}): Promise<Load> {
  const result = await autocannon({ url, connections, duration: seconds, headers })
  return { perSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99, failures: result.non2xx + result.errors }
}

/** `writers` at once take tasks from a list until it is empty; the milliseconds of each. Anything but a 200 is thrown. */
export async function write(url: string, headers: Record<string, string>, bodies: readonly object[], writers: number): Promise<number[]> {
  const samples: number[] = []
  let next = 0
  const one = async () => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const began = performance.now()
      const answer = await fetch(url, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        body: JSON.stringify(body),
      })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${answer.status}: ${text}`)
      samples.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: writers }, one))
  return samples
}
