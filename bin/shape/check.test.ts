import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { checkShape, sayFinding } from './check.ts'
import { sound } from './sound.ts'

const roots: string[] = []
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true })
})

/** The findings of the sound tree with some files changed, added, or (null) taken away; as lines. */
async function findings(changes: Record<string, string | null> = {}): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), 'zelian-shape-'))
  roots.push(root)
  for (const [path, text] of Object.entries({ ...sound, ...changes })) {
    if (text === null) continue
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return (await checkShape(root)).map(sayFinding)
}

const keys = 'src/modules/keys'
/** The sound text of a file with more after it, which begins on the line `next(path)`. */
const and = (path: string, more: string) => ({ [path]: `${sound[path]}${more}\n` })
const next = (path: string) => (sound[path] ?? '').split('\n').length

test('a sound module passes', async () => {
  expect(await findings()).toEqual([])
})

describe('the file set', () => {
  test.each(['contract.ts', 'rules.ts', 'store.ts', 'actions.ts', 'routes.ts', 'index.ts', 'rules.test.ts', 'api.test.ts'])(
    'a module without %s is refused',
    async (name) => {
      expect(await findings({ [`${keys}/${name}`]: null })).toContain(`${keys}/${name}:1: [files] is missing: every module has one`)
    },
  )

  test('a module without a page is refused', async () => {
    expect(await findings({ [`${keys}/ui/keys.tsx`]: null })).toEqual([`${keys}/ui/<page>.tsx:1: [files] is missing: every module has one`])
  })

  test('store.ts and actions.ts may be folders', async () => {
    const moved = {
      [`${keys}/actions.ts`]: null,
      [`${keys}/actions/lend.ts`]: "import { loans } from '../store.ts'\nexport const lend = loans\n",
      [`${keys}/routes.ts`]: "import { lend } from './actions/lend.ts'\nexport const keys = lend\n",
    }
    expect(await findings(moved)).toEqual([])
  })
})

describe('the arrows', () => {
  const others = { 'src/modules/rooms/index.ts': 'export const room = 1\n', 'src/modules/rooms/store.ts': 'export const rooms = 1\n' }
  const cases: [name: string, path: string, line: string, code: string, message: string][] = [
    [
      'rules to store',
      `${keys}/rules.ts`,
      "import { loans } from './store.ts'",
      'arrow',
      "rules does not import its module's store: ./store.ts",
    ],
    [
      'a screen to actions',
      `${keys}/ui/keys.tsx`,
      "import '../actions.ts'",
      'arrow',
      "ui does not import its module's actions: ../actions.ts",
    ],
    [
      'a store to its actions',
      `${keys}/store.ts`,
      "import '#modules/keys/actions.ts'",
      'arrow',
      "store does not import its module's actions: #modules/keys/actions.ts",
    ],
    [
      'a lazy import too',
      `${keys}/ui/keys.tsx`,
      "export const late = () => import('../store.ts')",
      'arrow',
      "ui does not import its module's store: ../store.ts",
    ],
    [
      'past another module’s index',
      `${keys}/actions.ts`,
      "import { rooms } from '#modules/rooms/store.ts'",
      'arrow',
      'actions reaches into another module past its index.ts: #modules/rooms/store.ts',
    ],
    [
      'types past another module’s index',
      `${keys}/actions.ts`,
      "import type { rooms } from '#modules/rooms/store.ts'",
      'arrow',
      'actions reaches into another module past its index.ts: #modules/rooms/store.ts',
    ],
    [
      'a store to another module',
      `${keys}/store.ts`,
      "import '#modules/rooms/index.ts'",
      'arrow',
      'store does not reach into another module: #modules/rooms/index.ts',
    ],
    [
      'the kernel to a module',
      'src/kernel/days.ts',
      "import '#modules/keys/index.ts'",
      'arrow',
      'the kernel imports nothing but the kernel: #modules/keys/index.ts',
    ],
    ['rules to the web', `${keys}/rules.ts`, "import '#web/words.ts'", 'arrow', 'rules does not import the web: #web/words.ts'],
    [
      'the web to a store',
      'src/web/words.ts',
      "import '#modules/keys/store.ts'",
      'arrow',
      'reaches into a module past its ui, contract and rules: #modules/keys/store.ts',
    ],
    [
      'shipped code to a test',
      `${keys}/actions.ts`,
      "import '../../../test/made.ts'",
      'arrow',
      'what is shipped does not import what is not: ../../../test/made.ts',
    ],
    [
      'rules to Node',
      `${keys}/rules.ts`,
      "import { readFileSync } from 'node:fs'",
      'browser',
      'runs in the browser too, but imports node:fs',
    ],
    [
      'rules to the database',
      `${keys}/rules.ts`,
      "import { pool } from '#kernel/db.ts'",
      'browser',
      'runs in the browser too, but imports src/kernel/db.ts → postgres',
    ],
    ['a file that is not there', `${keys}/actions.ts`, "import './nowhere.ts'", 'unresolved', './nowhere.ts is not there'],
  ]
  test.each(cases)('%s is refused', async (_, path, line, code, message) => {
    const made = { ...others, 'src/web/words.ts': 'export const words = 1\n', 'test/made.ts': 'export const made = 1\n' }
    const changed = { ...made, [path]: `${sound[path] ?? ''}${line}\n` }
    expect(await findings(changed)).toContain(`${path}:${sound[path] === undefined ? 1 : next(path)}: [${code}] ${message}`)
  })

  test('the kernel may be reached through a file that drags the server along, and the message says how', async () => {
    const changed = {
      ...and('src/kernel/days.ts', "export { half } from './half.ts'"),
      'src/kernel/half.ts': "import { pool } from './db.ts'\nexport const half = pool\n",
    }
    expect(await findings(changed)).toEqual([
      `${keys}/rules.ts:1: [browser] runs in the browser too, but imports src/kernel/days.ts → src/kernel/half.ts → src/kernel/db.ts → postgres`,
    ])
  })

  test('a further file counts as rules while it is pure, and as actions once it is not', async () => {
    const further = `${keys}/reader.ts`
    const used = and(`${keys}/rules.ts`, "import { read } from './reader.ts'\nexport const reading = read")
    expect(await findings({ ...used, [further]: 'export const read = 1\n' })).toEqual([])
    expect(await findings({ ...used, [further]: "import { readFileSync } from 'node:fs'\nexport const read = readFileSync\n" })).toEqual([
      `${keys}/rules.ts:${next(`${keys}/rules.ts`)}: [arrow] rules does not import its module's actions: ./reader.ts`,
    ])
  })
})

describe('statements', () => {
  test.each([
    ['a Kysely chain', "export const all = (db: Db) => db.selectFrom('key_loan')", '.selectFrom( … : SQL stands in store.ts or store/'],
    ['raw SQL', 'export const all = sql<{ n: number }>`SELECT 1`', 'sql<{ n: number }>` … : SQL stands in store.ts or store/'],
  ])('%s outside the store is refused', async (_, line, message) => {
    expect(await findings(and(`${keys}/actions.ts`, line))).toEqual([`${keys}/actions.ts:${next(`${keys}/actions.ts`)}: [sql] ${message}`])
  })

  test('SQL named in a comment or a text is none', async () => {
    expect(
      await findings(and(`${keys}/actions.ts`, "// db.selectFrom('key_loan')\nexport const says = ['sql`SELECT 1`', `.selectFrom('x')`]")),
    ).toEqual([])
  })

  test.each(['Date.now()', 'new Date()', 'new Date', 'Math.random()', 'process.env.TZ'])(
    '%s is refused in rules and actions',
    async (read) => {
      for (const path of [`${keys}/rules.ts`, `${keys}/actions.ts`]) {
        const found = await findings(and(path, `export const at = ${read}`))
        expect(found).toEqual([expect.stringContaining(`${path}:${next(path)}: [ambient] `)])
      }
    },
  )

  test.each([
    ['raw', 'export const all = (tx: Tx) => sql`SELECT * FROM key_loan`', '1 × a tenant table (key_loan), 0 × tenant_id'],
    [
      'Kysely',
      "export const all = (tx: Tx) => tx.updateTable('key_loan').set({ state: 'back' })",
      '1 × a tenant table (key_loan), 0 × tenant_id',
    ],
    [
      'by variable',
      `export const all = (tx: Tx, t: string) => sql\`DELETE FROM \${sql.table(t)}\``,
      '1 × a tenant table (a table by variable), 0 × tenant_id',
    ],
    [
      'one of two',
      'export const all = (tx: Tx) => sql`SELECT * FROM key_loan l WHERE tenant_id = $1 AND EXISTS (SELECT FROM person p WHERE p.id = l.holder_id)`',
      '2 × a tenant table (key_loan, person), 1 × tenant_id',
    ],
    [
      'a join without it',
      "export const all = (tx: Tx) => tx.selectFrom('key_loan as l').innerJoin('person as p', 'p.id', 'l.holder_id').where('l.tenant_id', '=', '1')",
      '2 × a tenant table (key_loan, person), 1 × tenant_id',
    ],
  ])('a statement without its tenant is refused: %s', async (_, line, message) => {
    const path = `${keys}/store.ts`
    expect(await findings(and(path, line))).toEqual([
      `${path}:${next(path)}: [tenant] ${message}: each statement and join carries tenant_id`,
    ])
  })

  test('a statement over a common table expression, a function or a fragment needs no more than its tables do', async () => {
    const lines = [
      'export const open = (tx: Tx) => sql`WITH open AS (SELECT id FROM key_loan WHERE tenant_id = $1) SELECT * FROM open JOIN unnest($2) u ON true`',
      'export const month = sql`extract(month from due) IS DISTINCT FROM state`',
      'export const lock = (tx: Tx) => sql`SELECT id FROM key_loan WHERE tenant_id = $1 FOR UPDATE SKIP LOCKED`',
      "export const put = (tx: Tx, row: Row) => tx.insertInto('key_loan').values(row)",
      "export const walk = (tx: Tx) => tx.with('open', (q) => q.selectFrom('key_loan').where('tenant_id', '=', 1)).selectFrom('open')",
    ]
    expect(await findings(and(`${keys}/store.ts`, lines.join('\n')))).toEqual([])
  })
})

describe('routes', () => {
  const path = `${keys}/contract.ts`
  const contract = (route: string) => ({
    [path]: `export const keyRoutes = {\n  list: { method: 'GET', path: '/keys', may: 'key.read' },\n  ${route},\n}\n`,
  })
  test.each([
    [
      'without may',
      "lend: { method: 'POST', path: '/keys' }",
      'route lend has no may: say who may call it ("noun.verb", "signed-in" or "public")',
    ],
    [
      'with an empty may',
      "lend: { method: 'POST', path: '/keys', may: '' }",
      'route lend has no may: say who may call it ("noun.verb", "signed-in" or "public")',
    ],
    ['without a method', "lend: { path: '/lend', may: 'key.lend' }", 'route lend has no method'],
    ['without a path', "lend: { method: 'POST', may: 'key.lend' }", 'route lend has no path'],
    [
      'in another one’s place',
      "again: { method: 'GET', path: '/keys', may: 'key.read' }",
      'route again stands where keys.list does: GET /keys',
    ],
  ])('a route %s is refused', async (_, route, message) => {
    expect(await findings(contract(route))).toEqual([`${path}:3: [route] ${message}`])
  })

  test('a contract without a table, or one that throws, is refused', async () => {
    expect(await findings({ [path]: 'export const other = 1\n' })).toContain(
      `${path}:1: [route] exports no route table: its name ends in "Routes"`,
    )
    expect(await findings({ [path]: "throw new Error('boom')\n" })).toContain(`${path}:1: [route] cannot be loaded: Error: boom`)
  })
})

describe('sizes', () => {
  const lines = (n: number) => 'export const x = 1\n'.repeat(n)
  test('over 300 lines warns, over 500 is refused, generated files are left out', async () => {
    const found = await findings({
      'bin/a.ts': lines(300),
      'bin/b.ts': lines(301),
      'test/c.tsx': lines(500),
      'demo/d.ts': lines(501),
      'src/kernel/e.generated.ts': lines(900),
    })
    expect(found).toEqual([
      'bin/b.ts:301: [size] warning: 301 lines, better under 300',
      'demo/d.ts:501: [size] 501 lines, at most 500: split it by verb',
      'test/c.tsx:301: [size] warning: 500 lines, better under 300',
    ])
  })
})
