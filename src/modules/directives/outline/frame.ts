import { numeral } from '#kernel/numerals.ts'
import { type LineRole, numberLine, signer } from './lines.ts'
import type { Outlined } from './sections.ts'
import type { Frame, FramePart, Proposal } from './types.ts'

const digitsOf = (s: string) =>
  /^[二〇零○一三四五六七八九]{4}$/.test(s)
    ? Number([...s].map((c) => '〇一二三四五六七八九'.indexOf(c.replace(/[零○]/, '〇'))).join(''))
    : numeral(s)
const dated = /((?:\d|[二〇零○一三四五六七八九]){4})年([\d一二三四五六七八九十]{1,3})月([\d一二三四五六七八九十]{1,3})日/

/** The first whole day written in the words, as YYYY-MM-DD; null when there is none, or no such day. */
export function dayIn(words: string): string | null {
  const m = dated.exec(words)
  if (!m) return null
  const [y, mo, d] = [digitsOf(m[1] ?? ''), numeral(m[2] ?? ''), numeral(m[3] ?? '')]
  const at = new Date(Date.UTC(y, mo - 1, d))
  return at.getUTCMonth() === mo - 1 && at.getUTCDate() === d ? at.toISOString().slice(0, 10) : null
}

const shown: Partial<Record<LineRole, FramePart['role']>> = {
  title: 'title',
  head: 'letterhead',
  number: 'number',
  salutation: 'addressees',
  meta: 'meta',
  attachment: 'attachments',
  annex: 'attachments',
  signature: 'signature',
  copies: 'copies',
  imprint: 'imprint',
  page: 'page',
}

type Part = { role: FramePart['role']; start: number; end: number; words: string }

/** The lines round the text, each with what it is. */
function partsOf(o: Outlined): Part[] {
  return o.lines.flatMap((l) => {
    const role = shown[l.role]
    return role ? [{ role, start: l.from, end: l.to, words: o.folded.slice(l.from, l.to) }] : []
  })
}

const names = (words: string) =>
  words
    .replace(/^(?:主送|抄送|抄报|分送|印送|发送|抄送机关|主送机关|报|送|发)\s*：/, '')
    .replace(/[：。]$/, '')
    .split(/[，、；](?![^（]*）)/)
    .map((w) => w.trim())
    .filter((w) => w.length > 1)

/** 会议 by the name of the body that met: 党组会, 主任办公会, 专题会议. */
const meeting =
  /((?:党组理论学习中心组|党组|党委|党工委|[\u4e00-\u9fa5]{0,2}长办公|主任办公|办公|支部委员|支委|支部党员|党员|机关党委|专题|领导小组|工作|协调|调度|推进|例|全体干部职工)(?:\(扩大\)|（扩大）|扩大)?(?:学习)?(?:大)?会)议?/

/** Whose the paper is, seen from the office that reads it: one that addresses whole offices, or this very office, comes from elsewhere. */
function sourceOf(addressees: readonly string[], office: string | null, issuer: string | null): Frame['source'] {
  if (addressees.length === 0) return null
  if (office && issuer && (issuer.includes(office) || office.includes(issuer))) return 'own'
  if (addressees.some((a) => /^(?:各科室|各处室|各股室|机关各|各二级机构|各党支部|各支部|各部门|局属|办属|各位|全办|全局|同志们)/.test(a)))
    return 'own'
  const offices =
    /(?:^各(?:省辖)?市|^各县|^各区|市直|省直|县直|区直|直属各?单位|^市[^，]{1,10}(?:[局办委]|党组|党委)|[办局委](?:党组|党委)$|人民防空办公室|人防办)/
  return addressees.some((a) => offices.test(a)) ? 'superior' : null
}

/** By when an answer is owed to whoever sent the paper: the day of the first sentence that asks for a report. */
export function replyOf(proposals: readonly Proposal[], folded: string): Frame['reply'] {
  const asks = /报(?:送|告|至|我|省|市|县|上级|[^，。；]{0,10}(?:办|局|厅|委|处|科|室|组))|反馈|书面报|回复|函复|上报/
  const found = proposals.find((p) => p.type === 'duty' && p.due?.day && asks.test(folded.slice(p.start, p.end)))
  return found?.due?.day ? { day: found.due.day, text: found.due.text, start: found.start, end: found.end } : null
}

/** What stands round the text of a paper: number, issuer, date, addressees, attachments, copies. `office` is the name of the office that reads it;
 * `reply` is told only when the sentences have been read. */
export function frameOf(o: Outlined, office: string | null): Frame {
  const parts = partsOf(o)
  const of = (role: Part['role']) => parts.filter((p) => p.role === role)
  const first = (...tries: (string | null | undefined)[]) => tries.find((t) => t) || null
  const number = first(...of('number').map((p) => numberLine.exec(p.words)?.[1]))
  const signed = of('signature').filter((p) => !dayIn(p.words) && !/\d{4}年/.test(p.words))
  const imprinted = of('imprint').map((p) => p.words.replace(/\s+[^\s]*年.*$/, '').trim())
  const head = of('letterhead')[0]?.words.replace(/文件$/, '')
  const titles = of('title').filter(
    (p) => p.start < (of('addressees')[0]?.start ?? Number.POSITIVE_INFINITY) && !dayIn(p.words) && !/^（.*）$/.test(p.words),
  )
  const body = titles.slice(0, 4).map((p) => p.words)
  const about = body.findIndex((w) => /^关于/.test(w))
  const over = body[about - 1]
  const byTitle = over && signer.test(over) ? over : (/^(.{4,30}?)关于/.exec(body[0] ?? '')?.[1] ?? null)
  const title = about >= 0 ? `${byTitle === over ? (over ?? '') : ''}${body.slice(about).join('')}` : body.join('')
  const issuer = first(signed[0]?.words, byTitle, imprinted[0], head)
  const issuedOn = first(...[...of('signature'), ...of('imprint'), ...of('title')].map((p) => dayIn(p.words)))
  const addressees = [...of('addressees').map((p) => p.words), ...of('copies').flatMap((p) => (/^主送/.test(p.words) ? [p.words] : []))]
    .filter((w) => !/同志们|各位/.test(w))
    .flatMap(names)
  const minutes = /纪要/.test(title) ? (meeting.exec(title) ?? meeting.exec(o.folded.slice(0, 600))) : null
  const signedBy = parts.map((p) => /签发人?\s*：\s*([\u4e00-\u9fa5×某*]{2,6})/.exec(p.words)?.[1])
  const stamp = (re: RegExp) => first(...of('meta').map((p) => re.exec(p.words)?.[0]))
  return {
    title: title || null,
    number,
    issuer,
    issuedOn,
    signer: first(...signedBy),
    urgency: stamp(/特急|加急|特提|平急|急件/),
    secrecy: stamp(/^(?:绝密|机密|秘密)(?:★.*)?$|(?<=^密级\s*：\s*)(?:绝密|机密|秘密).*/),
    addressees,
    copies: of('copies').flatMap((p) => (/^主送/.test(p.words) ? [] : names(p.words))),
    attachments: of('attachments').flatMap((p) => {
      const words = p.words
        .replace(/^附件?\s*[：]?/, '')
        .replace(/^\d+[.、．]\s*/, '')
        .trim()
      return words.length > 1 ? [{ title: words, start: p.start, end: p.end }] : []
    }),
    meeting: minutes?.[1] ?? null,
    source: sourceOf(addressees, office, issuer),
    reply: null,
    parts: parts.map(({ role, start, end }) => ({ role, start, end })),
  }
}

const literal = (s: string) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const leading = '(?:(?:党组|党委|（党委）|（党组）|党组织|领导班子|党政)*(?:主要负责同志|主要负责人|主要领导|负责同志|一把手)?)'

/** How a superior's paper calls those it speaks to: by their names, as 各单位, or as 你办. Sticky. */
export function addressedBy(frame: Frame): RegExp {
  const own = frame.addressees.map((a) => literal(a.replace(/（[^）]*）/g, '')))
  const named = [
    ...own,
    '各(?:省辖)?市(?:、县|县区|、区)*(?:人防办|人民防空办公室|人防部门|人民防空主管部门)?',
    '各(?:地|单位|部门|地区)(?:各?(?:单位|部门))?',
    '各级(?:党组织|人防部门|单位)',
    '(?:市直|省直|县直|直属)各?(?:单位|部门)',
    '被(?:抽查|检查|考核|督查|通报)(?:的)?(?:单位|市|地区|部门)',
    '[你贵](?:办|局|委|院|站|单位|组|市|中心|处|科)',
  ]
  return new RegExp(`(?:${named.join('|')})${leading}`, 'y')
}
