import type { ImportField } from '#kernel/imports.ts'

/** What a column of a roster may be, and the headings that say so. */

export const rosterFields = [
  { key: 'name', words: ['姓名', 'Name'], needed: true },
  { key: 'unit', words: ['单位', 'Unit'] },
  { key: 'department', words: ['科室（单位的下级）', 'Department (below the unit)'] },
  { key: 'parent', words: ['上级机构', 'Belongs to'] },
  { key: 'post', words: ['职务或岗位', 'Post'] },
  { key: 'leadership', words: ['领导职务', 'Leading post'] },
  { key: 'grade', words: ['职级', 'Grade'] },
  { key: 'concurrent', words: ['兼任职务', 'Concurrent post'] },
  { key: 'partyPost', words: ['党内职务', 'Party post'] },
  { key: 'branch', words: ['所在党支部', 'Party branch'] },
  { key: 'party', words: ['政治面貌', 'Party membership'] },
  { key: 'identity', words: ['人员身份', 'Kind of employment'] },
  { key: 'kind', words: ['任职方式', 'Held as'] },
  { key: 'from', words: ['借调前的单位', 'Seconded from'] },
  { key: 'since', words: ['任现职时间', 'In the post since'] },
  { key: 'born', words: ['出生年月', 'Born'] },
  { key: 'idNumber', words: ['身份证号（只取出生年月）', 'Identity number (month of birth only)'] },
  { key: 'remark', words: ['备注', 'Remark'] },
] as const satisfies readonly ImportField[]
export type Field = (typeof rosterFields)[number]['key']
export const isField = (word: string | null): word is Field => rosterFields.some(({ key }) => key === word)

/** In this order: the first that fits. What a roster often has and the office has no use for comes first and is null: it is not taken in. */
const headings: readonly (readonly [Field | null, RegExp])[] = [
  [null, /^(?:序号|编号|号|No\.?|工号|人数|编制数|照片|性别|民族|籍贯|出生地|年龄|婚姻|健康|住址|家庭|车牌)/i],
  [null, /学历|学位|院校|毕业|专业|职称|电话|手机|联系方式|邮箱|参加工作|工作时间|入党|转正|工龄|年限|薪|工资|考核|奖惩|社保/],
  [null, /职级.*(?:时间|年月|日期)|晋升/],
  ['name', /^(?:姓名|人员姓名|职工姓名|人员|名字|name|person)$/i],
  ['parent', /^(?:上级|隶属|主管单位|所属上级|belongs)/i],
  ['from', /原(?:工作)?单位|来源单位|借自|派出单位|借调(?:前|单位)|from/i],
  ['partyPost', /^党(?:内|务)职务|^党组织职务/],
  ['branch', /党?支部|党组织|branch/i],
  ['party', /政治面貌|党员身份|党派/],
  ['since', /任(?:现|本|职)*(?:职务|职|岗位)(?:的)?(?:时间|日期|年月|起)|^现职(?:务)?(?:时间|日期)|到岗|上任|since/i],
  ['kind', /任职(?:方式|形式|类型|性质)/],
  ['born', /出生|生日|born|birth/i],
  ['idNumber', /身份证|公民身份|证件号/],
  ['identity', /人员(?:身份|性质|类别|类型|分类)|^身份|编制(?:类型|性质|类别|身份|形式)?$|用工|identity/i],
  ['leadership', /领导职务(?!层次|级别)/],
  ['concurrent', /兼(?:任|职|岗)/],
  ['grade', /^(?:现)?职级(?!.*职务)|级别|职务层次|层次|grade/i],
  ['post', /职务|岗位|^任职$|post/i],
  ['department', /科室|处室|股室|部门|内设机构|department/i],
  ['unit', /单位|机构|机关$|unit/i],
  ['remark', /备注|说明|人员状态|在岗|状态|remark/i],
]

/** A heading without blanks, brackets' content and width variants. */
const plain = (heading: string): string => {
  const flat = heading.normalize('NFKC').replace(/\s+/g, '')
  return flat.replace(/\([^)]*\)/g, '') || flat
}

/** What a heading says its column is: a field, null for something known that is not taken in, undefined for a text that is no heading we know. */
export function fieldOf(heading: string): Field | null | undefined {
  const text = plain(heading)
  if (text === '' || text.length > 16 || text.includes(':')) return undefined
  return headings.find(([, pattern]) => pattern.test(text))?.[0]
}
