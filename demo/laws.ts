import { keepLaw, tie } from '#modules/basis/index.ts'
import { clerk, instant, type Stage } from './stage.ts'

/** A rule of the demo office in two versions, written for it; no real rule says this. */
const title = '示例市人防办易地建设费减免复核规程'
const head = (note: string) => `${title}\n（虚构示例）\n\n（${note}）\n`

const before = (year: number) => `${head(`${year - 2}年6月1日党组会通过　示人防〔${year - 2}〕6号　自${year - 2}年7月1日起施行`)}
第一章　总则

第一条　为了管住易地建设费减免中的风险，制定本规程。

第二条　减免易地建设费，由行政审批科办理，经分管领导审核后报主任审定。

任何人不得先减免、后补手续。

第二章　复核

第三条　行政审批科每半年对已经减免的事项复核一次，复核下列内容：

（一）减免的理由是否符合规定；

（二）核减的金额是否算对；

（三）审批手续是否齐全。

第四条　复核由两人以上进行，经办人不得复核自己办理的事项。

第五条　复核发现问题的，应当在五个工作日内报告分管领导，并抄送派驻纪检组。

第三章　附则

第六条　本规程自${year - 2}年7月1日起施行。
`

const after = (
  year: number,
) => `${head(`${year - 2}年6月1日党组会通过　${year}年1月20日党组会修订　示人防〔${year}〕2号　自${year}年2月1日起施行`)}
第一章　总则

第一条　为了管住易地建设费减免中的风险，制定本规程。

第二条　减免易地建设费，由行政审批科办理，经分管领导审核后报主任审定；减免金额超过二十万元的，提交党组会集体研究。

任何人不得先减免、后补手续。

第二章　复核

第三条　行政审批科每季度对已经减免的事项逐件复核，复核下列内容：

（一）减免的理由是否符合规定；

（二）核减的金额是否算对；

（三）审批手续是否齐全；

（四）是否有本规程第二条第二款所列情形。

第四条　复核由两人以上进行，经办人不得复核自己办理的事项。

第五条　复核结果经签字后归档，每季度末在办内公开。

第六条　复核发现问题的，应当在三个工作日内报告分管领导，并抄送派驻纪检组。

第三章　附则

第七条　本规程自${year}年2月1日起施行。
`

/** Both versions are in the library, each taken in when it was made; the quarterly review of reductions rests on the newer one. */
export async function takeLaws(stage: Stage, year: number, keys: ReadonlyMap<string, string>): Promise<void> {
  const { tx, calendar } = stage
  const facts = { title, aliases: ['减免复核规程'], issuer: '示例市人防办党组', kind: 'own' as const, level: 'office' as const }
  const first = await keepLaw(tx, stage.ctx(clerk, instant(calendar.nextWorkingDayOnOrAfter(`${year}-01-04`), 15 * 60)), {
    ...facts,
    ...{
      document: `示人防〔${year - 2}〕6号`,
      passed: `${year - 2}-06-01`,
      since: `${year - 2}-07-01`,
      text: before(year),
      versionOf: null,
    },
  })
  const day = calendar.nextWorkingDayOnOrAfter(`${year}-02-02`)
  const second = await keepLaw(tx, stage.ctx(clerk, instant(day, 15 * 60)), {
    ...facts,
    ...{ document: `示人防〔${year}〕2号`, passed: `${year - 2}-06-01`, since: `${year}-02-01`, text: after(year), versionOf: first.law },
  })
  const [review] = [...keys].find(([, key]) => key === 'permits.review') ?? []
  if (review) await tie(tx, stage.ctx(clerk, instant(day, 15 * 60 + 5)), { id: review, regulation: second.id, article: 3, paragraph: 1 })
}
