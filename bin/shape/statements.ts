import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Part, placeOf } from './place.ts'
import { type Finding, lineAt, type Source } from './source.ts'

const query =
  /\.(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto|withRecursive)\s*\(|\bsql\s*(?:<[^`]*?>)?\s*`|\bsql\.(?:raw|table|ref|join)\b/g

/** SQL in a file of a module other than its store (tests may ask the database directly). */
export function strayStatements(sources: Map<string, Source>): Finding[] {
  return partsOf(sources, ['contract', 'rules', 'actions', 'routes', 'index', 'ui', 'further']).flatMap(({ path, code }) =>
    hits(path, code, query, 'sql', (text) => `${text.trim()} … : SQL stands in store.ts or store/`),
  )
}

const ambient =
  /\bDate\.now\b|\bnew\s+Date\b(?!\s*\(\s*[^\s)])|(?<!new\s+|[.\w])Date\s*\(|\bMath\.random\b|\bTemporal\.Now\b|\bprocess\.env\b/g

/** Time, chance or surroundings taken from the air, where `ctx` should carry them. */
export function ambientReads(sources: Map<string, Source>): Finding[] {
  return partsOf(sources, ['contract', 'rules', 'store', 'actions', 'further']).flatMap(({ path, code }) =>
    hits(path, code, ambient, 'ambient', (text) => `${text.trim()}: time, chance and settings come with ctx`),
  )
}

function partsOf(sources: Map<string, Source>, parts: readonly (Part | 'further')[]): Source[] {
  return [...sources.values()].filter(({ path }) => {
    const place = placeOf(path)
    return place.zone === 'module' && parts.includes(place.part)
  })
}

const hits = (path: string, text: string, pattern: RegExp, code: string, message: (hit: string) => string): Finding[] =>
  [...text.matchAll(pattern)].map((match) => ({ path, line: lineAt(text, match.index), code, message: message(match[0]) }))

/** What the migrations say of the tables: which are not of one tenant. Tables they do not name are taken for tenant tables. */
export function sharedTables(root: string): Set<string> {
  const sql = globSync('migrations/*.sql', { cwd: root }).map((path) => readFileSync(join(root, path), 'utf8'))
  return new Set(
    sql.flatMap((text) => [...text.matchAll(/\bapp_(?:reference|local)\(\s*'([^']+)'/g)].map((match) => plain(match[1] ?? ''))),
  )
}

const plain = (name: string) => name.replaceAll('"', '').toLowerCase()

/** A table named to read, change or join it; an insert needs no look, since its row has no place without a tenant. */
const inKysely =
  /(?:\b(?:selectFrom|updateTable|deleteFrom|mergeInto|using)|\b(?:inner|left|right|full|cross)(?:Lateral)?Join)\s*\(\s*(?:\[\s*)?['"]([\w.]+)/g
const inSql =
  /(?<!\bdistinct\s+|\bfor\s+|\bdo\s+|\bextract\s*\([^()]*\s|\bno\s+key\s+)\b(?:from|join|update)\s+(?!lateral\b|set\b|only\b)(\$\{|"?[a-z_][\w."]*)(?!\w*\s*\()/gi
const named = /\b(\w+)\s*(?:\([^()]*\)\s*)?\bas\s+(?:not\s+)?(?:materialized\s+)?\(|\.with(?:Recursive)?\s*\(\s*['"](\w+)/gi

/**
 * Statements of a store that name a tenant's table more often than `tenant_id`: the row policy would still hold them back, but on Citus they would
 * go to every shard. Counted by top-level declaration, so it is a necessary condition and no proof.
 */
export function tenantless(sources: Map<string, Source>, shared: Set<string>): Finding[] {
  return partsOf(sources, ['store']).flatMap(({ path, bare, code }) =>
    declarations(code).flatMap(([from, to]): Finding[] => {
      const text = bare.slice(from, to)
      const inLiteral = ({ index }: { index: number }) => bare[from + index] !== ' ' && code[from + index] === ' '
      const own = new Set([...text.matchAll(named)].map((match) => plain(match[1] ?? match[2] ?? '')))
      const tables = [
        ...[...text.matchAll(inKysely)].filter((match) => !inLiteral(match)),
        ...[...text.matchAll(inSql)].filter(inLiteral),
      ].filter(([, name = '']) => !own.has(plain(name)) && !shared.has(plain(name)) && !/^(?:pg_|information_schema\.|pgboss\.)/.test(name))
      const first = tables[0]
      const mentions = text.match(/\btenant_id\b/g)?.length ?? 0
      if (!first || mentions >= tables.length) return []
      const names = [...new Set(tables.map(([, name = '']) => (name === '${' ? 'a table by variable' : plain(name))))].join(', ')
      const message = `${tables.length} × a tenant table (${names}), ${mentions} × tenant_id: each statement and join carries tenant_id`
      return [{ path, line: lineAt(bare, from + first.index), code: 'tenant', message }]
    }),
  )
}

/** The spans of a file's top-level declarations: from one line that begins at the margin with a keyword to the next. */
function declarations(code: string): [number, number][] {
  const starts = [...code.matchAll(/^(?:export|const|let|function|async|type)\b/gm)].map((match) => match.index)
  return starts.map((start, i) => [start, starts[i + 1] ?? code.length])
}
