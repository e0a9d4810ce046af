import { type Grammar, headOf } from './holders.ts'
import { pastMarks } from './lexicon.ts'
import { announcing, framing, type Modal, modalsOf } from './modals.ts'
import { blamed, denied, some, wrong } from './problem-words.ts'
import type { Span } from './sentences.ts'
import { type Subject, subjectOf } from './subject.ts'

/** What a clause shows when it is looked at alone. `text` has its quotations masked and its stop taken off. */
export type Clause = {
  start: number
  end: number
  text: string
  head: number
  modals: Modal[]
  strong: boolean
  subject: Subject | null
  /** An own subject with a verb behind it, or a verb with nobody before it. */
  predicate: 'verb' | 'frame' | null
  past: boolean
  nature: boolean
  wrong: boolean
  some: boolean
  leads: 'frame' | 'announce' | null
}

const conditional = /才能|才会|才可能|方能|就可能|就会|就能|只有|只要|如果(?!.*[要须])|要想|即使|哪怕|虽然|尽管/
const responsible = /是(?:本|各自|所在|第|整改|[^，是]{0,10})?[^，是]{0,8}(?:责任人|责任主体|责任单位|牵头单位|牵头科室|主管部门|召集人)/
const copula = /(?<![凡但于特别尤其若像只可还总实求不即都也老])是(?!否|不是|非|的话|什么)/
/** 对违反纪律的人和事严肃处理: whom something is done about. */
const handled =
  /(?:对|针对|将|把)[^，]*?的?(?:人和事|人|人员|问题|行为|现象|单位|科室|干部|案件|的)(?=严肃|依[规纪法]|从严|坚决|一律|进行|予以|给予|开展|点名|公开|通报|约谈|及时|限期|督促)/
/** 支部不是开会的架子: what something is not. */
const notSo = /^[^，的要必应]{1,16}?(?:也|都|并|绝|更|从来|决)?不是(?!说|要|不|只)[^，]+$/
const state =
  /(?:在于|取决于|意味着|关系着|关乎|源于|源自|来自|离不开|体现的是|反映的是|永无止境|永远在路上|没有(?:终点|休止符|完成时)|重于泰山|至关重要|意义重大|任重道远|不可分割|没有捷径|有权必有责|用权受监督|失责必|本质上|靠的是|核心[在是]|关键[在靠]|根本[在靠]|基础在|要害在|重在|贵在)/
const nonCommand =
  /^(?:制定|提出|出台|形成)(?:本|如下|以下|了)|本(?:方案|办法|通知|安排|意见|制度|规定|分工|清单|细则)|见附件|特此|任(?:副?组长|成员)|组长[：由为]|设在|自.{2,14}起(?:执行|施行|实施)|负责解释|现将|现就|祝(?:大家|各位|同志)|谢谢|到此|再见|会议结束|原则同意|审议通过|一致(?:同意|认为)|(?:发现|反馈|显示|表明|看到|来看)$|^从.*看$|^成立[^，]{2,20}(?:小组|专班|工作组|指挥部|委员会)$/

/** Reads one clause. `masked` and `span` share offsets. */
export function clauseOf(g: Grammar, masked: string, span: Span): Clause {
  let end = span.end
  while (end > span.start && '，：；。！？'.includes(masked[end - 1] as string)) end--
  const text = masked.slice(span.start, end)
  const appoints = /任(?:副?组长|成员|主任)|担任|兼任|为(?:副?组长|成员)|负责解释/.test(text)
  const modals = appoints ? [] : modalsOf(text)
  const subject = appoints ? null : (subjectOf(g, text, modals) ?? speaker(text))
  const head = headOf(g, text)
  const helps =
    modals.length === 0 &&
    subject?.who === 'own' &&
    subject.via === 'head' &&
    /^(?:积极|密切|共同|予以|做好)?(?:配合|协助|协办|参与|参加)(?:工作)?$/.test(text.slice(subject.end))
  const leads = framing.test(text)
    ? 'frame'
    : announcing.test(masked.slice(span.start, span.end)) && !(subject?.who === 'own' && modals.length > 0 && text.length > 24)
      ? 'announce'
      : null
  const isResponsible = responsible.test(text) && subject?.who === 'own'
  const nature =
    !isResponsible &&
    ((copula.test(text) && !modals.some((m) => !m.weak && m.at < text.search(copula))) ||
      notSo.test(text) ||
      state.test(text) ||
      conditional.test(text))
  return {
    start: span.start,
    end: span.end,
    text,
    head,
    modals,
    strong: modals.some((m) => !m.weak),
    subject: helps ? null : subject,
    predicate: helps || nonCommand.test(text.slice(head)) ? null : isResponsible ? 'verb' : predicateOf(g, text, head, subject),
    past: pastMarks.test(text) || counted(text),
    nature,
    wrong:
      (blamed.test(text) && !notSo.test(text)) ||
      (!notSo.test(text) &&
        wrong.test(text.replace(denied, '').replace(handled, '')) &&
        !/^(?:会议[^，]{2}，)?(?:对于?|凡是?|如|若)[^，]*(?:的|人员|行为|问题|单位|科室)$|^(?:约谈|查处|通报|处理|问责|纠正|整改|解决|处分|督促|发现并)[^，]*/.test(
          text.slice(head),
        )),
    some: some.test(text),
    leads,
  }
}

/** 我作为第一责任人, 我将, 我要: the speaker commits themself. */
function speaker(text: string): Subject | null {
  const m =
    /^(?:同时，?|首先|今后|在此|这里)?我(?=作为|本人|将|要(?!说|讲|强调|提醒|指出|感谢|求)|一定|会(?:带头|严格)|带头|首先|必须|也要|愿)/.exec(
      text,
    )
  return m ? { who: 'own', names: [{ at: m[0].length - 1, end: m[0].length }], end: m[0].length, via: 'head' } : null
}

/** 开展检查4次 tells what was done; 每月检查不少于4次 does not. */
const counted = (text: string) =>
  /\d+余?(?:人次|次|份|件|项|名|场|期|篇|家|条|人)[^，]{0,2}$/.test(text) &&
  !/每|少于|至少|低于|超过|全年|不得|一式|达到|[要必须应]|各\d/.test(text)

function predicateOf(g: Grammar, text: string, head: number, subject: Subject | null): 'verb' | 'frame' | null {
  const from = subject?.who === 'own' ? subject.end : head
  const rest = text.slice(from).replace(/^(?:（[^）]*）|\s)+/, '')
  if (/^(?:一起|一块|一道|共同)$/.test(rest)) return 'frame'
  if (rest === '' ? subject?.who === 'own' : /的$/.test(rest) && rest.length > 3) return 'frame'
  if (subject?.who === 'own' && /^(?:的|之间|以外|内部)/.test(rest)) return null
  if (/负(?:总|主体|主要|领导|监督|直接|全面|第一)[^，]{0,4}责/.test(rest) && subject) return 'verb'
  const prep =
    /^(?:对于|对照|对|把|将|以|按照|按|根据|依据|依照|遵照|围绕|结合|针对|通过|利用|运用|从|在|用|向|与|同|为了|为|随着|依托|借助|立足|由于|鉴于|于|经|因|凡是?|本着|作为|除|当|就|至|因公)(?!(?<=从)[严紧实快重速])/.exec(
      rest,
    )
  if (prep) {
    const after = rest.slice(prep[0].length)
    const tail = after.slice(1)
    const own = subject?.who === 'own'
    if (prep[0] === '为' && /每|[前内]/.test(text.slice(0, head)) && tail.length > 4) return 'verb'
    if (/^为了?$/.test(prep[0]) && !/[^，]{2,}(?:提供|服务|营造|创造|排忧|解难|做)/.test(tail)) return 'frame'
    if (/^(?:在|从|于|当|随着|由于|鉴于|除|因|凡是?|经)$/.test(prep[0]))
      return framed(g, after, own, /[中上下内时后前里]|期间|方面|过程|范围|基础|领域|环节/g)
    if (/^(?:按照|按|根据|依据|依照|遵照|本着|作为|参照)$/.test(prep[0]))
      return framed(g, after, own, /规定|要求|程序|制度|办法|标准|分工|原则|权限|职责|流程|时限|规范|条例|预案|清单|部署|精神|方式/g)
    if (/(?:后|时|前|中|下|上|以来|方面|来说|来看|看|的|起)$/.test(tail) && !/[予给]以|到位$/.test(tail)) return 'frame'
    return hasVerb(g, tail) && tail.length >= 3 ? (own || strongTail(g, tail) ? 'verb' : 'frame') : 'frame'
  }
  if (/^负/.test(rest) && subject) return 'verb'
  if (subject?.who === 'own' && subject.via === 'agent' && rest.length >= 2 && /由$/.test(text.slice(0, subject.names[0]?.at ?? 0)))
    return 'verb'
  if (/^[\u4e00-\u9fa5]{2}(?:结果|情况|成绩)作为/.test(rest)) return null
  if (/^发现[一两几]?[起次例]?[^，]{0,6}(?:查处|通报|批评|处理|问责|追究|纠正)/.test(rest)) return 'verb'
  if (/^[\u4e00-\u9fa5]{2}(?:工作)?(?:能(?!力)|可以|会(?!议|商|同)|有助|有利|就|也|很|非常|既|永远|没有|不是|不能)/.test(rest) && !subject)
    return null
  if (g.verb(rest, 0))
    return /^[\u4e00-\u9fa5]{2}的(?=[\u4e00-\u9fa5]{1,4}$|[\u4e00-\u9fa5]{1,3}(?:不|很|要|也))/.test(rest) ? null : 'verb'
  if (subject?.who === 'own')
    return hasVerb(g, rest) ||
      /^(?:都|均|也|不|再|先|具体|共同|人人|每|全|一|要|会|\d)/.test(rest) ||
      (/[科股站心组部委队所会长记导]$/.test(text.slice(0, subject.end)) &&
        /[去来把核盯做抓管查看办拿搞盯跑问讲写交报定改学建列]/.test(rest))
      ? 'verb'
      : null
  return null
}

/** 在会上…, 按照规定…: a verb that commands stands behind the noun that closes the frame. */
function framed(g: Grammar, tail: string, own: boolean, closers: RegExp): 'verb' | 'frame' {
  for (const m of tail.matchAll(closers))
    if (g.verb(tail, m.index + m[0].length) && !/^[^，]{0,12}的?(?:部署|安排|要求|精神|规定)$/.test(tail.slice(m.index + m[0].length)))
      return 'verb'
  return own && tail.length > 8 && !/(?:[中上下内时后前]|期间|要求|安排|部署|规定|分工)$/.test(tail) && hasVerb(g, tail) ? 'verb' : 'frame'
}

/** Behind 对…, 把…, 将… a verb must still come: 对办理情况进行监督, 把清单细化到人. */
const strongTail = (g: Grammar, tail: string) => verbWithin(g, tail, 1, tail.length - 1)
const hasVerb = (g: Grammar, s: string) => verbWithin(g, s, 0, s.length)
function verbWithin(g: Grammar, s: string, from: number, to: number): boolean {
  for (let i = from; i < Math.min(to, 60); i++) if (g.verb(s, i)) return true
  return false
}
