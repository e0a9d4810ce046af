/** Whether a sentence says again what a duty says already, or puts another in its place. Pure; what it finds is a hint for a person. */

/** Words that say how, not what: they make any two official sentences look alike. */
const common =
  /党风廉政建设|全面从严治党|主体责任|监督责任|贯彻落实|切实|认真|进一步|全面|深入|扎实|严格|积极|及时|有关|相关|各科室|各单位|工作|情况|要求|必须|应当|务必|负责|牵头|同时|并且|以及|按照|根据|每(?:半)?(?:个)?(?:月|季度|年|周|天)|按(?:月|季度|年)|定期|开展|进行|组织|一次/g

const runs = (text: string): string[] =>
  text
    .replace(/[（(][^（）()]*[）)]/g, ' ')
    .replace(common, ' ')
    .toLowerCase()
    .match(/[\p{Script=Han}a-z0-9]+/gu) ?? []

/** The pairs of characters of a text without marks, brackets and the words that all official sentences share. */
export function pairsOf(text: string): Set<string> {
  const pairs = new Set<string>()
  for (const run of runs(text)) {
    const letters = Array.from(run)
    for (let i = 0; i + 1 < letters.length; i += 1) pairs.add(`${letters[i]}${letters[i + 1]}`)
  }
  return pairs
}

/** How much two texts have in common, 0–1: the share of pairs (Dice), or nearly the share of the shorter one where it is contained in the longer. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0
  let both = 0
  for (const pair of a) if (b.has(pair)) both += 1
  const shorter = Math.min(a.size, b.size)
  const contained = shorter >= 5 ? (0.85 * both) / shorter : 0
  return Math.max((2 * both) / (a.size + b.size), contained)
}

const probes = 8
/**
 * Stretches of four characters spread over a text, each as its three pairs: a duty that says the same holds all three of at least one of them. A few index
 * look-ups stand for reading every duty.
 */
export function probesOf(text: string): string[][] {
  const grams = runs(text).flatMap((run) => {
    const letters = Array.from(run)
    return letters.length < 4 ? [] : letters.slice(0, -3).map((_, i) => [0, 1, 2].map((k) => `${letters[i + k]}${letters[i + k + 1]}`))
  })
  const step = Math.max(1, grams.length / probes)
  return Array.from({ length: Math.min(probes, grams.length) }, (_, i) => grams[Math.floor(i * step)] as string[])
}

export type Replacing = { words: string; start: number; end: number; title: string | null }

const replaced =
  /(?:原)?《([^《》\n]{4,60})》(?:[（(][^（）()\n]{2,40}[）)])?(?:同时|即行|自行|予以|一并|相应|停止|不再)*(?:废止|执行(?=[。；，])|失效|作废)|原《([^《》\n]{4,60})》|以本(?:文件?|通知|方案|办法|意见|分工|清单|要点|规定)为准|此前(?:印发|下发|制定)的[^，。；\n]{2,40}(?:废止|为准|不再执行)/g

/** Where a paper says that it takes the place of another: the words, and the title where one is named. */
export const replacingIn = (text: string): Replacing[] =>
  [...text.matchAll(replaced)].map((m) => ({ words: m[0], start: m.index, end: m.index + m[0].length, title: m[1] ?? m[2] ?? null }))

/** Whether one of the titles a paper replaces is this one: the same words, whichever stands round them. */
export function replaces(list: readonly Replacing[], title: string): boolean {
  const bare = (words: string) => words.replace(/[《》“”"\s（）()]|关于印发|的通知$/g, '')
  const own = bare(title)
  return list.some((one) => one.title !== null && (own.includes(bare(one.title)) || bare(one.title).includes(own)))
}

export type Said = { text: string; holders: readonly string[]; rrule: string | null; due: string | null }
export type Alike = { percent: number; reasons: ('holders' | 'period' | 'replaced')[]; suggests: 'same' | 'replaces' | 'near' }

const period = (rrule: string | null) => rrule?.replace(/;?BY[A-Z]+=[^;]*/g, '') ?? null

/**
 * What two sentences laid beside each other look like; null when they have too little in common to be shown. Holders are ids of posts, persons or units; the
 * text alone decides whether anything is shown, holders, period and the paper's own words only what it might be.
 */
export function alike(sentence: Said, duty: Said, named: boolean): Alike | null {
  const text = likeness(pairsOf(sentence.text), pairsOf(duty.text))
  const holders = sentence.holders.some((one) => duty.holders.includes(one))
  const same = period(sentence.rrule) === period(duty.rrule)
  if (text < (holders || named ? 0.45 : 0.55)) return null
  const reasons: Alike['reasons'] = [
    ...(holders ? ['holders' as const] : []),
    ...(same ? ['period' as const] : []),
    ...(named ? ['replaced' as const] : []),
  ]
  const suggests = named || (holders && text >= 0.6 && !same) ? 'replaces' : text >= 0.7 && holders && same ? 'same' : 'near'
  return { percent: Math.round(text * 100), reasons, suggests }
}
