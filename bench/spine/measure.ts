import { readFileSync } from 'node:fs'
import type { Figure } from '../../src/cli/bench.ts'

/** The value below which a share of the sorted samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Runs something `times` times and gives the milliseconds of each. */
export async function timed(times: number, run: () => unknown): Promise<number[]> {
  const samples: number[] = []
  for (let i = 0; i < times; i += 1) {
    const began = performance.now()
    await run()
    samples.push(performance.now() - began)
  }
  return samples
}

/** Resident memory of a process in MB, from the kernel; NaN where it does not say. */
export function residentMb(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
  } catch {
    return Number.NaN
  }
}

export const below = (work: string, unit: string, value: number, limit: number): Figure => ({
  work,
  unit,
  value,
  goal: `< ${limit} ${unit}`,
  met: value < limit,
})
export const atLeast = (work: string, unit: string, value: number, reference: number, share: number): Figure => ({
  work,
  unit,
  value,
  reference,
  ratio: value / reference,
  goal: `≥ ${share} × reference`,
  met: value / reference >= share,
})
export const beside = (work: string, unit: string, value: number, reference: number): Figure => ({
  work,
  unit,
  value,
  reference,
  ratio: value / reference,
  goal: 'for comparison',
  met: null,
})
