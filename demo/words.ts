import type { Owing } from './fates.ts'
import { accepted, findings } from './paper.ts'
import type { Chance } from './random.ts'
import { errands, standing } from './year.ts'

/** What people write when they record: the templates of year.ts and paper.ts with their numbers and periods filled in. */

const templates = new Map<string, readonly string[]>([
  ...[...standing, ...accepted].map((one) => [one.key, one.says] as const),
  ...errands.map((one, i) => [`errand.${i}`, [one.says]] as const),
  ...findings.map((one, i) => [`finding.${i}`, [one.says]] as const),
])

/** `2026-03` → 3月, `2026-Q1` → 一季度, `2026-H1` → 上半年; what happens once has no period. */
export function periodName(period: string): string {
  const [, part = ''] = /^\d{4}-(.+)$/.exec(period) ?? []
  if (/^\d{2}$/.test(part)) return `${Number(part)}月`
  if (part.startsWith('Q')) return `${'一二三四'[Number(part[1]) - 1]}季度`
  return { H1: '上半年', H2: '下半年' }[part] ?? '本期'
}

/** The words of one act: one half-sentence for each different duty it settles. */
export function wordsOf(owings: readonly Owing[], chance: Chance): string {
  const said = new Map<string, string>()
  for (const { duty, holder, period } of owings) {
    const choice = templates.get(duty)
    if (!choice || said.has(duty)) continue
    const words = chance.pick(choice, 'words', duty, holder, period)
    const numbered = words.replace(/\{(\d+)-(\d+)\}/g, (_, low, high, at) =>
      String(chance.whole(Number(low), Number(high), 'number', duty, holder, period, at)),
    )
    said.set(duty, numbered.replaceAll('{期}', periodName(period)))
  }
  return `${[...said.values()].join('；')}。`
}
