import type { Id } from '#kernel/ids.ts'
import { newId } from '#kernel/ids.ts'
import type { OrgSeed } from '#modules/org/index.ts'
import { crews } from './crew.ts'
import { branchOf, holdersOf, type PostOf, people, posts, subordinates } from './office.ts'

/** What the people of the demo office are: 职级, 人员身份, 党员身份, 所在支部; and the level (领导职务层次) of the posts that lead. */

type Level = NonNullable<NonNullable<OrgSeed['posts']>[number]['level']>
type Fact = NonNullable<OrgSeed['facts']>[number]

const institutions: ReadonlySet<string> = new Set(subordinates)

/** The level of a post; null where it leads nothing, or leads in the Party. */
export function levelOf({ unit, roles }: PostOf): Level | null {
  if (unit === 'office') return 'division_head'
  if (unit === 'leaders') return 'division_deputy'
  if (unit === 'discipline') return roles.includes('group_head') ? 'division_deputy' : roles.includes('deputy') ? 'section_head' : null
  if (unit === 'group' || unit.startsWith('branch')) return null
  if (roles.includes('head')) return 'section_head'
  return roles.includes('deputy') ? 'section_deputy' : null
}

const civil = ['一级科员', '四级主任科员', '三级主任科员'] as const
const clerical = ['十级职员', '九级职员', '八级职员'] as const

/** The grade of somebody in a post; `nth` spreads the staff over three grades. */
function gradeOf(post: PostOf, nth: number): string {
  const institution = institutions.has(post.unit)
  const level = levelOf(post)
  if (level === 'division_head') return '一级调研员'
  if (level === 'division_deputy') return '二级调研员'
  if (level === 'section_head') return institution ? '七级职员' : '一级主任科员'
  if (level === 'section_deputy') return institution ? '八级职员' : '二级主任科员'
  return (institution ? clerical : civil)[nth % 3] as string
}

/** Who of a crew is in the Party: most in the office itself, about a third in the subordinate units; in the fifth branch few, so that it has no committee. */
function partyOf(unit: string, nth: number): 'full' | 'probationary' | null {
  if (branchOf[unit] === 'branch5') return nth === 0 ? 'full' : null
  if (nth % 17 === 9) return 'probationary'
  return nth < 2 || nth % 3 === 0 || (!institutions.has(unit) && nth % 3 === 1) ? 'full' : null
}

const crewNames = new Set(crews.flatMap((one) => one.people))

/** Everyone's facts since a day, by the first post each holds. */
export function factsOf(since: string, idOf: { person: (name: string) => Id; unit: (key: string) => Id }): Fact[] {
  const nths = new Map<string, number>()
  return people.flatMap((name) => {
    const post = posts.find((one) => holdersOf(one).includes(name))
    if (!post) return []
    const nth = nths.get(post.unit) ?? 0
    const inCrew = crewNames.has(name)
    if (inCrew) nths.set(post.unit, nth + 1)
    const institution = institutions.has(post.unit)
    const contract = institution && inCrew && nth % 5 === 4
    const party = inCrew ? partyOf(post.unit, nth) : 'full'
    const fact = (row: Pick<Fact, 'kind'> & Partial<Fact>): Fact => ({ id: newId(), person_id: idOf.person(name), since, ...row })
    const branch = branchOf[post.unit]
    return [
      fact({ kind: 'identity', value: contract ? 'contract' : institution ? 'institution' : 'civil_servant' }),
      ...(contract ? [] : [fact({ kind: 'grade', value: gradeOf(post, nth) })]),
      ...(party ? [fact({ kind: 'party', value: party })] : []),
      ...(party && branch ? [fact({ kind: 'branch', unit_id: idOf.unit(branch) })] : []),
    ]
  })
}
