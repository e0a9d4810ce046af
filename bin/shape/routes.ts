import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { nouns } from './files.ts'
import { type Finding, lineAt, type Source } from './source.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Routes without a method, a path or a permission, and two routes at one address. Reads the tables from the modules' contracts. */
export async function brokenRoutes(root: string, sources: Map<string, Source>): Promise<Finding[]> {
  const found: Finding[] = []
  const taken = new Map<string, string>()
  for (const noun of nouns(root)) {
    const path = `src/modules/${noun}/contract.ts`
    const source = sources.get(path)
    if (!source) continue
    const refuse = (message: string, verb?: string) => found.push({ path, line: verb ? lineOf(source, verb) : 1, code: 'route', message })
    const tables = await routeTables(join(root, path)).catch((error: unknown) => String(error))
    if (typeof tables === 'string') refuse(`cannot be loaded: ${tables}`)
    else if (tables.length === 0) refuse('exports no route table: its name ends in "Routes"')
    else {
      for (const [verb, route] of tables.flatMap((table) => Object.entries(table))) {
        const { method, path: address, may } = isRecord(route) ? route : {}
        if (typeof method !== 'string' || !methods.includes(method)) refuse(`route ${verb} has no method`, verb)
        if (typeof address !== 'string' || !address.startsWith('/')) refuse(`route ${verb} has no path`, verb)
        if (!isPermission(may)) refuse(`route ${verb} has no may: say who may call it ("noun.verb", "signed-in" or "public")`, verb)
        const place = `${String(method)} ${String(address).replace(/:\w+/g, ':')}`
        if (taken.has(place)) refuse(`route ${verb} stands where ${taken.get(place)} does: ${String(method)} ${String(address)}`, verb)
        taken.set(place, `${noun}.${verb}`)
      }
    }
  }
  return found
}

async function routeTables(file: string): Promise<Record<string, unknown>[]> {
  const contract: unknown = await import(/* @vite-ignore */ pathToFileURL(file).href)
  if (!isRecord(contract)) return []
  return Object.entries(contract).flatMap(([name, value]) => (/Routes$/.test(name) && isRecord(value) ? [value] : []))
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isPermission = (may: unknown) => typeof may === 'string' && (/^[\w-]+\.[\w.-]+$/.test(may) || may === 'signed-in' || may === 'public')

function lineOf({ bare }: Source, verb: string): number {
  const at = bare.search(new RegExp(`^\\s*['"]?${verb}['"]?\\s*:`, 'm'))
  return at < 0 ? 1 : lineAt(bare, at + (/^\s*/.exec(bare.slice(at))?.[0].length ?? 0))
}
