/** A small project whose one module keeps the shape: path → text. Tests break it in one place at a time. */
export const sound: Record<string, string> = {
  'package.json': '{"type":"module","imports":{"#kernel/*":"./src/kernel/*","#modules/*":"./src/modules/*","#web/*":"./src/web/*"}}',
  'migrations/001.sql': `SELECT app_reference('calendar_year');
SELECT app_distribute('key_loan');
`,
  'src/kernel/contract.ts': `export type Id = string
export const route = (method: string, path: string, spec: { may: string }) => ({ method, path, ...spec })
`,
  'src/kernel/db.ts': `import postgres from 'postgres'
export type Tx = { n: number }
export const pool = postgres
`,
  'src/kernel/days.ts': `export const later = (day: string) => \`\${day}+1\`
`,
  'src/modules/keys/contract.ts': `import { route } from '#kernel/contract.ts'
export const keyRoutes = {
  list: route('GET', '/keys', { may: 'key.read' }),
  lend: route('POST', '/keys', { may: 'key.lend' }),
}
`,
  'src/modules/keys/rules.ts': `import { later } from '#kernel/days.ts'
import type { Tx } from '#kernel/db.ts'
// Not new Date(): the day comes with ctx.
export const due = (day: string, _tx?: Tx) => later(day)
export const parsed = (day: string) => new Date(day)
`,
  'src/modules/keys/store.ts': `import { sql } from 'kysely'
import type { Tx } from '#kernel/db.ts'
export const loans = (tx: Tx, tenant: string) => sql\`SELECT * FROM key_loan WHERE tenant_id = \${tenant}\`
export const years = (tx: Tx) => sql\`SELECT day FROM calendar_year\`
`,
  'src/modules/keys/actions.ts': `import { due } from './rules.ts'
import { loans } from './store.ts'
export const list = loans
export const lend = due
`,
  'src/modules/keys/routes.ts': `import { lend, list } from './actions.ts'
import { keyRoutes } from './contract.ts'
export const keys = { keyRoutes, lend, list }
`,
  'src/modules/keys/index.ts': `export { keys } from './routes.ts'
`,
  'src/modules/keys/rules.test.ts': `import { due } from './rules.ts'
export const now = [Date.now(), due]
`,
  'src/modules/keys/api.test.ts': `import { loans } from './store.ts'
export const tested = loans
`,
  'src/modules/keys/ui/keys.tsx': `import { keyRoutes } from '../contract.ts'
export const Keys = () => <p>don't: {keyRoutes.list.path}</p>
`,
}
