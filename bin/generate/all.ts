import { openScratch } from '../../test/scratch.ts'
import { schemaTypes } from './schema.ts'

/** Every generated file: its path and what it should say now. */
export async function generated(_root: string): Promise<{ path: string; text: string }[]> {
  const scratch = await openScratch()
  try {
    return [{ path: 'src/kernel/schema.generated.ts', text: await schemaTypes(scratch.pool) }]
  } finally {
    await scratch.close()
  }
}
