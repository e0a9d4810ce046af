import { wrongArrows } from './arrows.ts'
import { longFiles, missingFiles } from './files.ts'
import { brokenRoutes } from './routes.ts'
import { type Finding, readSources } from './source.ts'
import { ambientReads, sharedTables, strayStatements, tenantless } from './statements.ts'

/** Everything in the project at `root` that breaks the shape of ARCHITECTURE.md, in the order of paths and lines; warnings among it. */
export async function checkShape(root: string): Promise<Finding[]> {
  const sources = readSources(root)
  const found = [
    ...missingFiles(root, sources),
    ...wrongArrows(sources),
    ...strayStatements(sources),
    ...ambientReads(sources),
    ...tenantless(sources, sharedTables(root)),
    ...(await brokenRoutes(root, sources)),
    ...longFiles(sources),
  ]
  return found.sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1))
}

/** One finding as a line: `path:line: [code] message`. */
export const sayFinding = ({ path, line, code, message, warning }: Finding): string =>
  `${path}:${line}: [${code}] ${warning ? 'warning: ' : ''}${message}`
