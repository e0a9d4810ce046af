import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'

const files = (...names: string[]) => names.map((name) => `{src,bin,test,demo,bench}/**/${name}`)
const database = files('api.test.ts', '*.api.test.ts', '*.db.test.ts')
const journeys = files('*.journey.ts')
const elsewhere = [...configDefaults.exclude, '**/artefacts/**', '**/dist/**', '**/.zelian/**']
const databaseStart = join(import.meta.dirname, 'test', 'global.ts')

// Three projects, told apart by a file's name alone. The groups run one after the other: what is quick to fail comes first, and a journey
// has the machine to itself, since it waits for a browser.
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'rules',
          include: files('*.test.{ts,tsx}'),
          exclude: [...elsewhere, ...database],
          testTimeout: 15_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'database',
          include: database,
          exclude: elsewhere,
          globalSetup: existsSync(databaseStart) ? [databaseStart] : [],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'journeys',
          include: journeys,
          exclude: elsewhere,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
