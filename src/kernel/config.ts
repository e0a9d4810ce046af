/** What the environment says; everything else is said on the command line. */
export type Config = {
  databaseUrl: string | undefined
  databaseAppUrl: string | undefined
  logLevel: string
  /** Where the program is reached from outside, when a proxy with TLS stands before it. */
  publicUrl: string | undefined
  metricsPort: number
}

export function configOf(env: NodeJS.ProcessEnv): Config {
  const port = Number(env.ZELIAN_METRICS_PORT ?? 0)
  return {
    databaseUrl: env.DATABASE_URL || undefined,
    databaseAppUrl: env.DATABASE_APP_URL || undefined,
    logLevel: env.ZELIAN_LOG ?? 'info',
    publicUrl: env.ZELIAN_PUBLIC_URL || undefined,
    metricsPort: Number.isInteger(port) && port >= 0 && port < 65_536 ? port : 0,
  }
}
