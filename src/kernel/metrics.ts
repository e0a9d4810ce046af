import { createServer, type Server } from 'node:http'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

export type Metrics = {
  registry: Registry
  request: (route: string, method: string, status: number, seconds: number) => void
}

/** Counters and latencies by route template; never by person, office or address. */
export function newMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const count = new Counter({
    name: 'zelian_requests_total',
    help: 'Requests answered',
    labelNames: ['route', 'method', 'status'],
    registers: [registry],
  })
  const time = new Histogram({
    name: 'zelian_request_seconds',
    help: 'Time to answer, in seconds',
    labelNames: ['route', 'method'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  })
  return {
    registry,
    request: (route, method, status, seconds) => {
      count.inc({ route, method, status: String(status) })
      time.observe({ route, method }, seconds)
    },
  }
}

/** Serves `/metrics` on the loopback interface alone; port 0 takes a free one. */
export function serveMetrics(metrics: Metrics, port: number): Promise<Server> {
  const server = createServer(async (request, answer) => {
    if (request.url !== '/metrics') {
      answer.writeHead(404).end()
      return
    }
    answer.writeHead(200, { 'content-type': metrics.registry.contentType }).end(await metrics.registry.metrics())
  })
  return new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve(server)))
}
