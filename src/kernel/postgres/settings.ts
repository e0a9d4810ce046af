import { Refusal } from '../errors.ts'

/** What serves a small office on a shared machine. Every entry can be overridden by `settings` of `openPostgres`. */
const defaults: Record<string, string> = {
  shared_buffers: '128MB',
  max_connections: '60',
  max_wal_size: '1GB',
  jit: 'off',
  random_page_cost: '1.1',
  // statistics soon after an import: right after one the planner takes every table for empty
  autovacuum_naptime: '15s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'on',
  log_directory: 'log',
  // one file for each day of the week, so that logs of years do not fill the disk
  log_filename: '%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  // rows and statements name people: what failed is logged, with whose data is not
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}

/** The configuration file for these settings of the data in `folder`; the socket's folder is the only door. Refuses with `db.setting` what is not a setting's name. */
export function settingsText(settings: Record<string, string>, folder: string, socket: string): string {
  const all = {
    ...defaults,
    // the process list tells whose data it is; a title takes 63 bytes of ASCII
    cluster_name: folder.replace(/[^ -~]/g, '?').slice(-60),
    ...settings,
    listen_addresses: '',
    unix_socket_directories: socket,
    unix_socket_permissions: '0700',
    port: '5432',
  }
  const line = ([name, value]: [string, string]) => {
    if (!/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/.test(name) || /[\r\n\0]/.test(value)) throw new Refusal('db.setting', { name })
    return `${name} = '${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'\n`
  }
  return `# Written at every start; put settings of your own into postgresql.conf, below its include.\n${Object.entries(all).map(line).join('')}`
}

/** The socket's folder that a configuration file of ours names. */
export const socketOf = (text: string): string | undefined => /^unix_socket_directories = '([^']+)'$/m.exec(text)?.[1]
