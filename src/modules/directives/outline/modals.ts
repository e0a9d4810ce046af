/** A word that makes a clause a command, at `[at, end)` of the clause. `weak` ones need a subject of ours or a command around them. */
export type Modal = { word: string; at: number; end: number; negative: boolean; weak: boolean }

type Rule = { re: RegExp; negative?: boolean; weak?: boolean }
const rules: Rule[] = [
  {
    re: /严禁|严格禁止|坚决禁止|禁止|坚决杜绝|杜绝|不准|不许|不允许|一律不[得准许能]?|切勿|切忌|切不可|决不[能允容许姑]\S?|绝不[能允容许姑]\S?|坚决不|决不|绝不(?!是|会)|严防/g,
    negative: true,
  },
  { re: /(?<![容来松由值舍等了巴怪说顾恨])不得(?=[\u4e00-\u9fa5Ｑ])(?!不|已|人心|而知|了|力|罪|意)/g, negative: true },
  {
    re: /(?<![\u4e00-\u9fa5]?毫)不要(?!紧|说|脸|命|小看|小视|忽视|低估)|(?<!万)不可(?!小看|小视|低估|限量|估量|多得|终日|能|避免|忽视|或缺|否认|缺少|分割|替代|逾越|抗拒|靠|思议|逆|小视)(?=[^，。；]{2})/g,
    negative: true,
    weak: true,
  },
  {
    re: /(?<!(?:也|却|还|就|而|仍|都))不能(?=只|让|把|再|因|以|有|当|搞|出|等|光|仅|停|满足于|一[^些]|放|松|说了|没|越|违|收|接|用)|(?:更|坚决|千万|都|也|就)不能(?!常态|正确|及时|适应|有效|满足)/g,
    negative: true,
    weak: true,
  },
  { re: /需要(?=我们|大家|各|全[办局体]|切实|认真|在今后|下大力气|引起|高度|共同)/g },
  {
    re: /务必|必须(?!品)|务须|一定要|应当|应该(?!说|讲|看到|承认)|理应|都应|均应|亟须|须(?=[\u4e00-\u9fa5Ｑ])(?!知|臾|眉|要求)|(?<=必)须/g,
  },
  {
    re: /(?<![主重需必只纪摘概提简扼首次紧机索想快险政显想若不辑])要(?![素害件么领义旨道案闻塞地隘冲](?!道歉|地方|件件|领导|案结)|求(?!真|实|是)|点(?!名|面|对点|滴|亮|燃)|是(?!不)|务(?!实|必)|职|员|得|不得|不然|不是|紧|强)/g,
  },
  {
    re: /(?<![对响适相反供效感呼照顺回答理本接策因策不急])应(?!.未|.不|.尽|对(?:风险|挑战|突发|危机|复杂|各种|措施|能力|检查|方案|变化)|急|用|收|付|尽|有|邀|届|征|试|景|验|聘|考|酬|诉|变|允|力|声|运|当|该|变|激|援|战)(?=[\u4e00-\u9fa5Ｑ\d])/g,
  },
  { re: /(?<=[\u4e00-\u9fa5Ｑ，])需(?=于|在|经|提前|按|报|同时|由|向|填|提交|携带|将)/g },
  { re: /该([\u4e00-\u9fa5]{1,4})的(?=(?:坚决|一律|就|要|必须|马上|立即)?\1)/g },
  { re: /一律(?!不)|原则上(?!同意)|方可|视同|予以(?!了|充分|表扬)|不予/g },
]

/** A noun phrase such as 必须始终抓好的任务 or 是…必须遵守的 says what something is; its modal commands nothing. */
function embedded(clause: string, at: number, end: number): boolean {
  const before = clause.slice(0, at)
  const after = clause.slice(end)
  if (/(?:^|[^不凡就但于还正总特别尤其若像算真要])是(?!否)[^，]*$/.test(before) && /的[^，]{0,14}$/.test(after)) return true
  if (/(?:(?<!还)是|在于|就是|关键是|核心是|目的是|实质是|前提是|根本是|重点是|最核心的就是)$/.test(before)) return true
  return false
}

/** Without one of these letters there is no modal; most clauses are told apart by it alone. */
const trigger = /[要必须应禁杜准许勿忌决绝防务需律则方视予不该]/
/** Maxims state how things are bound to be. */
const slogan =
  /有权必有责|有责[要必]担当|权力?[要必]受监督|失职[要必](?:问责|追究)|违法[要必](?:追究|究)|打铁(?:必须|还需|还要)自身硬|责任要担当|正人[必要]?先[要]?正己|律人[必要]?先[要]?律己|响鼓[也还]?要重锤|好钢要用在|牵牛要牵|打蛇要打|(?:路|饭|日子|山|台阶|坎)要[一靠]|没有规矩|无规矩/

/** All modals of a clause in which quotations are masked, in order of place, longest first at one place. */
export function modalsOf(clause: string): Modal[] {
  if (!trigger.test(clause) || slogan.test(clause)) return []
  const found: Modal[] = []
  const purpose = /^(?:为了?|防止|避免)(?![^，]{0,4}[要必])/.test(clause)
  for (const rule of rules)
    for (const m of clause.matchAll(rule.re)) {
      if (purpose && rule.negative) continue
      if (embedded(clause, m.index, m.index + m[0].length)) continue
      found.push({ word: m[0], at: m.index, end: m.index + m[0].length, negative: rule.negative ?? false, weak: rule.weak ?? false })
    }
  found.sort((a, b) => a.at - b.at || b.word.length - a.word.length)
  return found.filter((m, i) => i === 0 || m.at >= (found[i - 1]?.end ?? 0))
}

/** 我们也要清醒看到 …, 要从两个方面把握, 要做好以下工作：: words that lead to what follows and command nothing. */
export const framing =
  /(?:应当?|应该|值得|予以|给予|要)(?:充分|高度|给予)?(?:肯定|通报表扬|表扬)|要(清醒|深刻|充分|同时|也|还)?(地)?(看到|认识到|意识到|注意到|承认|指出的是|说明的是|强调的是|提醒的是|表扬|感谢|祝贺|肯定|说一?下|讲一?下|说的是|讲的是|说几句)|必须(清醒|深刻)?(地)?(看到|认识到|指出|承认)|从[^，]{0,6}[一二两三四五几\d]个?(方面|角度|层面|层次|维度)(来)?(把握|认识|看|理解|讲|说)/
export const announcing =
  /(?:如下|以下|下列|下面)[^，。；：]{0,14}[：。]?$|(?:讲|提|谈|说|强调|抓好|做好|做到|突出|把握|注意|围绕|处理好|坚持|推进|有|重点)[^，。；：不至]{0,6}[几一二三四五六七八九十两\d]+个?(?:方面|点|条|项|件事|句话|问题|环节|重点|字)(?:的?(?:工作|意见|要求|内容|措施|任务|希望|看法|建议|问题))?[：。]?$/
