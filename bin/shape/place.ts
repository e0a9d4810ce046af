/** The parts of a module, and what else there is in the project. */
export type Part = 'contract' | 'rules' | 'store' | 'actions' | 'routes' | 'index' | 'ui' | 'test'
export type Place = { zone: 'module'; noun: string; part: Part } | { zone: 'kernel' | 'web' | 'other' | 'outside' }

/** Where a file stands, by its path alone. A file of a module under no part's name counts as rules: pure, and held to what rules.ts is held to. */
export function placeOf(path: string): Place {
  const [top, zone, noun, ...rest] = path.split('/')
  if (top !== 'src') return { zone: 'outside' }
  if (zone === 'kernel' || zone === 'web') return { zone }
  if (zone !== 'modules' || noun === undefined || rest.length === 0) return { zone: 'other' }
  return { zone: 'module', noun, part: partOf(rest) }
}

function partOf([first = '', ...deeper]: string[]): Part {
  const last = deeper.at(-1) ?? first
  if (/\.test\.tsx?$/.test(last) || first === 'fixtures') return 'test'
  const name = deeper.length > 0 ? first : first.replace(/\.tsx?$/, '')
  const parts: readonly string[] = ['contract', 'store', 'actions', 'routes', 'index', 'ui'] satisfies Part[]
  return parts.includes(name) ? (name as Part) : 'rules'
}
