import type { RuleValue } from '#kernel/rulepack.ts'

/** 领导职务层次 (of a post, of an appointment) and 职级 (of a person): two fields, apart. What lies between them is rule data. */

/** 领导职务层次 from the lowest up: 乡科级副职 … 国家级正职 (公务员法 2018, art. 18). */
export const levels = [
  'section_deputy',
  'section_head',
  'division_deputy',
  'division_head',
  'bureau_deputy',
  'bureau_head',
  'ministry_deputy',
  'ministry_head',
  'state_deputy',
  'state_head',
] as const
export type Level = (typeof levels)[number]
const isLevel = (word: string): word is Level => (levels as readonly string[]).includes(word)
const rank = (level: Level): number => levels.indexOf(level)

/** The rules that name grades, each from the lowest up: `名称` or `名称=level` it is at least worth. */
export const gradeRules = ['grade.civil', 'grade.former', 'grade.institution', 'grade.common'] as const
export const leadingRule = 'leading.from'
export const committeeRule = 'branch.committee_from'

export type Grade = { name: string; level: Level | null; rule: RuleValue }

/** The grades of the rules in force, from the lowest up within each. */
export const gradesOf = (rules: readonly RuleValue[]): Grade[] =>
  rules.flatMap((rule) =>
    String(rule.value)
      .split('；')
      .map((part) => {
        const [name = '', level = ''] = part.split('=')
        return { name, level: isLevel(level) ? level : null, rule }
      }),
  )

/** What a person has on a day that a level can be read from. */
export type Standing = { levels: readonly Level[]; grade: string | null }
/** The verdict with what gave it: the level it rests on, and the rule where it was the grade. */
export type Leading = { leading: boolean; level: Level | null; by: 'post' | 'grade' | null; rule: RuleValue | null }

/**
 * 副科级以上 (or whatever level `from` names): by the highest level of the posts held that day, or by the level the grade is at least worth,
 * whichever is higher. A grade the rules do not know counts for nothing and is no verdict on the person.
 */
export function leadingOn({ levels: held, grade }: Standing, grades: readonly Grade[], from: RuleValue): Leading {
  const word = String(from.value)
  const least = isLevel(word) ? rank(word) : Number.POSITIVE_INFINITY
  const post = held.reduce<Level | null>((best, one) => (best === null || rank(one) > rank(best) ? one : best), null)
  const known = grade === null ? undefined : grades.find((one) => one.name === grade)
  const byGrade = known?.level ?? null
  if (byGrade !== null && (post === null || rank(byGrade) > rank(post)))
    return { leading: rank(byGrade) >= least, level: byGrade, by: 'grade', rule: known?.rule ?? null }
  return { leading: post !== null && rank(post) >= least, level: post, by: post === null ? null : 'post', rule: null }
}

/** Whether a branch of so many full members has a committee; below it the secretary carries all lists (支部工作条例, ch. 6). */
export const hasCommittee = (full: number, from: RuleValue): boolean => full >= Number(from.value)
