/** Kinds of acts, as data: a new kind is a line here and its word in the words files. */

type Kind = {
  key: string
  /** What the kind is called, in both languages. */
  says: readonly [zh: string, en: string]
  /** Words that name it in a line. */
  cues: readonly string[]
  /** An integrity talk keeps its day only (domain: 谈心 keeps its date only): no hour, and its text for those in it. */
  dayOnly?: true
}

const table = [
  {
    key: 'meeting',
    says: ['会议', 'Meeting'],
    cues: [
      '会议',
      '开会',
      '召开',
      '例会',
      '科务会',
      '办公会',
      '党组会',
      '支委会',
      '党员大会',
      '民主生活会',
      '组织生活会',
      'meeting',
      'met with',
    ],
  },
  {
    key: 'study',
    says: ['学习', 'Study'],
    cues: ['学习', '研学', '中心组', '党课', '培训', '警示教育', '主题党日', 'study', 'training'],
  },
  { key: 'talk', says: ['谈话', 'Talk'], cues: ['谈话', '谈心', '约谈', 'talked with', 'integrity talk'], dayOnly: true },
  {
    key: 'inspection',
    says: ['检查', 'Inspection'],
    cues: ['检查', '督查', '抽查', '巡查', '暗访', '核查', '核对', '查看', 'inspected', 'inspection', 'checked'],
  },
  { key: 'deploy', says: ['部署', 'Deployment'], cues: ['部署', '安排', '布置', '动员', '分解', 'deployed', 'assigned'] },
  { key: 'hear', says: ['过问', 'Hearing'], cues: ['过问', '听取', '批示', '阅批', 'heard'] },
  { key: 'coordinate', says: ['协调', 'Coordination'], cues: ['协调', '会商', '对接', '沟通', 'coordinated'] },
  { key: 'press', says: ['督办', 'Supervision'], cues: ['督办', '催办', '督促', '跟踪', 'pressed', 'chased'] },
  {
    key: 'paper',
    says: ['公文', 'Paper'],
    cues: ['印发', '下发', '报送', '上报', '起草', '发文', '公文', '批转', '函告', 'submitted', 'drafted', 'issued'],
  },
  { key: 'visit', says: ['走访', 'Visit'], cues: ['走访', '调研', '慰问', '接访', '下访', 'visit', 'visited'] },
  { key: 'other', says: ['其他', 'Other'], cues: [] },
] as const satisfies readonly Kind[]

export type ActKind = (typeof table)[number]['key']
export const kinds: readonly (Kind & { key: ActKind })[] = table
export const actKinds = table.map(({ key }) => key)

const byKey = new Map<string, Kind>(kinds.map((kind) => [kind.key, kind]))
/** Whether a kind keeps its day only. */
export const dayOnly = (key: string): boolean => byKey.get(key)?.dayOnly === true
export const dayOnlyKinds: readonly string[] = kinds.filter((kind) => kind.dayOnly).map(({ key }) => key)
/** What a kind is called. */
export const kindSays = (key: string, lang: 'zh-CN' | 'en'): string => byKey.get(key)?.says[lang === 'en' ? 1 : 0] ?? key

/** The kind a text names first, and the word that named it; the longer word where two begin together. `other` and null when it names none. */
export function kindIn(text: string): { kind: ActKind; said: string | null } {
  const lower = text.toLowerCase()
  let best: { kind: ActKind; said: string; at: number } | null = null
  for (const { key, cues } of kinds)
    for (const cue of cues) {
      const at = lower.indexOf(cue)
      if (at < 0 || (best !== null && (at > best.at || (at === best.at && cue.length <= best.said.length)))) continue
      best = { kind: key, said: text.slice(at, at + cue.length), at }
    }
  return best ? { kind: best.kind, said: best.said } : { kind: 'other', said: null }
}
