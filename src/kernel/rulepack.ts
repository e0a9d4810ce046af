import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from './errors.ts'

/** How sure a value is; shown wherever it acts. *verified* is set only by a named person of the office. */
export type Confidence = 'text seen' | 'likely' | 'unverified' | 'local' | 'verified'
/** A rule value: where it stands, since when, how sure, and what it says. */
export type RuleValue = {
  key: string
  document: readonly [zh: string, en: string]
  article: string
  version: number
  since: string
  confidence: Confidence
  value: number | string | boolean
  /** What it asks, in words, where it becomes something people read: a duty proposed, a heading. */
  says?: readonly [zh: string, en: string]
  /** Whose it is: the role of a post. */
  role?: string
  /** Only where a branch has a committee. */
  committee?: boolean
}

/** The shipped pack, `rulepacks/cn-party-office/*.json`. */
export function loadPack(folder = join(import.meta.dirname, '../../rulepacks/cn-party-office')): RuleValue[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as RuleValue[])
}

/** The value of a key in force on a day: the latest version that had begun. Refused as `rule.absent` when there is none. */
export function ruleOn(pack: readonly RuleValue[], day: string): (key: string) => RuleValue {
  return (key) => {
    const found = pack.filter((rule) => rule.key === key && rule.since <= day).sort((a, b) => b.version - a.version)[0]
    if (!found) throw new Refusal('rule.absent', { key, day })
    return found
  }
}
