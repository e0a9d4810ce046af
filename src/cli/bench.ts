import { cpus, totalmem } from 'node:os'
import { Refusal } from '#kernel/errors.ts'
import { readArgs } from './args.ts'

/** One measured figure. `ratio` is value over reference, both from the same run; `goal` in words; `met` null where it needs a reference that is absent. */
export type Figure = {
  work: string
  unit: string
  value: number
  reference?: number | undefined
  ratio?: number | undefined
  goal: string
  met: boolean | null
}

const benches: Record<string, () => Promise<(log: (line: string) => void) => Promise<Figure[]>>> = {
  spine: async () => (await import('../../bench/spine/spine.ts')).spine,
  chain: async () => (await import('../../bench/chain/chain.ts')).chain,
}

/** `bench NAME [--json]`: measures on this machine, in one run; figures are reported, never asserted. */
export async function bench(args: string[]): Promise<number> {
  const given = readArgs(args, { json: 'flag' }, 1)
  const name = given.rest[0] ?? 'spine'
  const load = benches[name]
  if (!load) throw new Refusal('cli.command', { given: `bench ${name}` })
  const results = await (await load())((line) => process.stderr.write(`${line}\n`))
  const machine = {
    cpu: cpus()[0]?.model.trim() ?? '',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  }
  if (given.json) process.stdout.write(`${JSON.stringify({ name, machine, results }, null, 2)}\n`)
  else
    for (const one of results) {
      const ratio = one.ratio === undefined ? '' : `, ${one.ratio.toFixed(2)} × ${one.reference?.toPrecision(4)}`
      const met = one.met === null ? '–' : one.met ? '✓' : '✗'
      process.stdout.write(`${met} ${one.work}: ${Number(one.value.toPrecision(4))} ${one.unit}${ratio} (${one.goal})\n`)
    }
  return 0
}
