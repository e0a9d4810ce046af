import type { Pool } from '#kernel/db.ts'
import { newId } from '#kernel/ids.ts'
import { newLedgerKey } from '#kernel/ledger.ts'
import { userName } from '#modules/access/index.ts'

/** Two small offices of the same shape, `a` and `b`, for the tests. Ids are fixed by name so that every test knows them. */

export type OfficeKey = 'a' | 'b'
export const personas = ['director', 'deputy', 'clerk', 'head', 'supervisor', 'staff', 'nobody'] as const
export type PersonaKey = (typeof personas)[number]

const idOf = (office: OfficeKey, kind: number, n: number) =>
  `00000000-0000-7000-8${office === 'a' ? 'a' : 'b'}0${kind}-${String(n).padStart(12, '0')}`

const unitKeys = ['office', 'group', 'general', 'works', 'discipline', 'branch', 'station'] as const
const postKeys = ['director', 'deputy', 'clerk', 'head', 'supervisor', 'staff', 'secretary', 'stationHead'] as const
export type UnitKey = (typeof unitKeys)[number]
export type PostKey = (typeof postKeys)[number]

export const unitId = (office: OfficeKey, key: UnitKey) => idOf(office, 1, unitKeys.indexOf(key))
export const postId = (office: OfficeKey, key: PostKey) => idOf(office, 2, postKeys.indexOf(key))
export const personId = (office: OfficeKey, key: PersonaKey) => idOf(office, 3, personas.indexOf(key))
export const tenantId = (office: OfficeKey) => idOf(office, 0, 1)
export const officeCode = (office: OfficeKey) => `test-${office}`
export const accountId = (office: OfficeKey, key: PersonaKey) => `test-${office}-${key}`

const units: [UnitKey, UnitKey | null, string, string, string][] = [
  ['office', null, '示例市人防办', 'administrative', 'office'],
  ['group', 'office', '党组', 'party', 'party_group'],
  ['general', 'office', '综合科', 'administrative', 'department'],
  ['works', 'office', '工程科', 'administrative', 'department'],
  ['discipline', 'office', '纪检组', 'supervision', 'discipline_group'],
  ['branch', 'office', '第一党支部', 'party', 'branch'],
  ['station', 'office', '质量监督站', 'administrative', 'subordinate'],
]
const posts: [PostKey, UnitKey, string, string[]][] = [
  ['director', 'office', '主任', ['head', 'party_secretary']],
  ['deputy', 'office', '副主任', ['deputy', 'party_member']],
  ['clerk', 'general', '综合科科长', ['head', 'clerk']],
  ['head', 'works', '工程科科长', ['head']],
  ['supervisor', 'discipline', '纪检组组长', ['group_head']],
  ['staff', 'works', '工程科科员', []],
  ['secretary', 'branch', '支部书记', ['branch_secretary']],
  ['stationHead', 'station', '质量监督站站长', ['head']],
]
const names: Record<PersonaKey, string> = {
  director: '周明远',
  deputy: '吴志成',
  clerk: '郑文清',
  head: '王建业',
  supervisor: '冯守正',
  staff: '陈小禾',
  nobody: '褚未名',
}
const held: [PersonaKey, PostKey][] = [
  ['director', 'director'],
  ['deputy', 'deputy'],
  ['clerk', 'clerk'],
  ['head', 'head'],
  ['supervisor', 'supervisor'],
  ['staff', 'staff'],
  ['head', 'secretary'],
]
const grants: [PersonaKey, string, UnitKey | null][] = [
  ['director', 'leader', null],
  ['deputy', 'leader', 'works'],
  ['clerk', 'clerk', null],
  ['head', 'leader', 'works'],
  ['supervisor', 'supervisor', null],
  ['staff', 'staff', null],
]

/** Everybody's password in the test offices, and its scrypt hash. */
export const password = 'test password'
const passwordHash =
  'a64c1c7b34b23044f5c5870ddd7d5565:ff2f1843cf409816d05e6f727aecc3c654eb1b461a657804041a0fd31601695bcf26243fdea208ffb9fd596ce57d37224767d031a0e32ea10eaa1c47ce55ea60'

export async function seedOffices(pool: Pool): Promise<void> {
  const since = '2024-01-01'
  const at = new Date('2024-01-01T00:00:00Z')
  for (const office of ['a', 'b'] as const) {
    const tenant = tenantId(office)
    const insert = async (table: string, rows: object[]) => {
      for (const row of rows) {
        const entries = Object.entries({
          ...(table.startsWith('auth."user"') || table === 'auth.account' ? {} : { tenant_id: tenant }),
          ...row,
        })
        await pool.unsafe(
          `INSERT INTO ${table} (${entries.map(([key]) => `"${key}"`).join(', ')}) VALUES (${entries.map((_, i) => `$${i + 1}`).join(', ')})`,
          entries.map(([, value]) => value) as never[],
        )
      }
    }
    await pool.unsafe('INSERT INTO tenant VALUES ($1, $2, $3, $4, $5, true)', [
      tenant,
      officeCode(office),
      `示例单位${office}`,
      `/${office}`,
      'Asia/Shanghai',
    ])
    await insert('tenant_key', [{ purpose: 'ledger', key: newLedgerKey() }])
    await insert(
      'unit',
      units.map(([key, parent, name, line, kind], sort) => ({
        id: unitId(office, key),
        parent_id: parent && unitId(office, parent),
        name,
        aliases: [],
        line,
        kind,
        sort,
        since,
        recorded_at: at,
      })),
    )
    await insert(
      'post',
      posts.map(([key, unit, name, roles], sort) => ({
        id: postId(office, key),
        unit_id: unitId(office, unit),
        name,
        aliases: [],
        roles,
        sort,
        since,
        recorded_at: at,
      })),
    )
    await insert(
      'person',
      personas.map((key) => ({ id: personId(office, key), name: names[key], recorded_at: at })),
    )
    await insert(
      'appointment',
      held.map(([person, post]) => ({
        id: newId(),
        person_id: personId(office, person),
        post_id: postId(office, post),
        kind: 'regular',
        since,
        recorded_at: at,
      })),
    )
    await insert('charge', [
      { id: newId(), person_id: personId(office, 'deputy'), unit_id: unitId(office, 'works'), since, recorded_at: at },
    ])
    await insert(
      'access_grant',
      grants.map(([person, role, unit]) => ({
        id: newId(),
        person_id: personId(office, person),
        role,
        unit_id: unit && unitId(office, unit),
        since,
        ground: 'test',
        recorded_at: at,
      })),
    )
    await insert(
      'auth."user"',
      personas.map((key) => ({
        id: accountId(office, key),
        name: names[key],
        email: `${accountId(office, key)}@zelian.invalid`,
        emailVerified: false,
        createdAt: at,
        updatedAt: at,
        username: userName(officeCode(office), names[key]),
      })),
    )
    await insert(
      'auth.account',
      personas.map((key) => ({
        id: newId(),
        accountId: accountId(office, key),
        userId: accountId(office, key),
        providerId: 'credential',
        password: passwordHash,
        createdAt: at,
        updatedAt: at,
      })),
    )
    await insert(
      'auth.membership',
      personas.map((key) => ({ account_id: accountId(office, key), person_id: personId(office, key), sign_in_name: names[key] })),
    )
  }
}
