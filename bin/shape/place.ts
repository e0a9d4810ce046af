/** The parts of a module, and what else there is in the project. */
export type Part = 'contract' | 'rules' | 'store' | 'actions' | 'routes' | 'index' | 'ui' | 'test'
export type Place = { zone: 'module'; noun: string; part: Part | 'further' } | { zone: 'kernel' | 'web' | 'other' | 'outside' }

/** Where a file stands, by its path alone. A module's file under no part's name is `further`: what is pure counts as rules, the rest as actions. */
export function placeOf(path: string): Place {
  const [top, zone, noun, ...rest] = path.split('/')
  if (top !== 'src') return { zone: 'outside' }
  if (zone === 'kernel' || zone === 'web') return { zone }
  if (zone !== 'modules' || noun === undefined || rest.length === 0) return { zone: 'other' }
  return { zone: 'module', noun, part: partOf(rest) }
}

function partOf([first = '', ...deeper]: string[]): Part | 'further' {
  const last = deeper.at(-1) ?? first
  if (/\.test\.tsx?$/.test(last) || first === 'fixtures') return 'test'
  const name = deeper.length > 0 ? first : first.replace(/\.tsx?$/, '')
  const parts: readonly string[] = ['contract', 'rules', 'store', 'actions', 'routes', 'index', 'ui'] satisfies Part[]
  return parts.includes(name) ? (name as Part) : 'further'
}
