import { openScratch } from '../../test/scratch.ts'
import { openapi } from './openapi.ts'
import { schemaTypes } from './schema.ts'
import { stateDiagrams } from './states.ts'

/** Every generated file: its path and what it should say now. */
export async function generated(): Promise<{ path: string; text: string }[]> {
  const scratch = await openScratch()
  try {
    return [
      { path: 'src/kernel/schema.generated.ts', text: await schemaTypes(scratch.pool) },
      { path: 'docs/openapi.generated.json', text: await openapi() },
      { path: 'docs/states.generated.md', text: stateDiagrams() },
    ]
  } finally {
    await scratch.close()
  }
}
