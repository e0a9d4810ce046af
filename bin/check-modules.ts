/** `npm run check:modules [-- ROOT]`: says what breaks the shape, a line each; exit code 1 when there is more than warnings. */
import { resolve } from 'node:path'
import { checkShape, sayFinding } from './shape/check.ts'
import { nouns } from './shape/files.ts'

const root = resolve(process.argv[2] ?? `${import.meta.dirname}/..`)
const found = await checkShape(root)
for (const finding of found) console.log(sayFinding(finding))
const broken = found.filter(({ warning }) => !warning).length
console.log(`${nouns(root).length} modules: ${broken} broken rules, ${found.length - broken} warnings`)
process.exitCode = broken === 0 ? 0 : 1
