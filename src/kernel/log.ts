/** What never reaches a log line, wherever it stands in the logged object. */
export const redacted = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["idempotency-key"]',
  'password',
  '*.password',
  'token',
  '*.token',
]

/** Options of the structured log (JSON lines on stderr), with the request id that answers carry as `x-request-id`. */
export const logOptions = (level: string) => ({
  level,
  redact: { paths: redacted, censor: '[redacted]' },
  serializers: {
    req: (req: { method: string; url: string; id: string }) => ({ method: req.method, path: req.url.split('?')[0], id: req.id }),
    res: (res: { statusCode: number }) => ({ status: res.statusCode }),
  },
})
