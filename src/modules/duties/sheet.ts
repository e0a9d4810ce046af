import type { Lang } from '#kernel/errors.ts'
import { type Page, tablePage } from '#kernel/sheets/index.ts'
import { sayCadence } from './cadence.ts'
import type { DutyListOk } from './contract.ts'

/** A duty list as offices print it: title, unit and day, one row a duty under the heading of its kind. */

type Item = DutyListOk['groups'][number]['items'][number]
const kindNames = {
  principal: ['主体责任', 'Principal duty'],
  first: ['第一责任人责任', 'First responsible'],
  dual: ['一岗双责', 'Dual duty'],
  supervision: ['监督责任', 'Supervision'],
  branch: ['支部责任', 'Branch duty'],
  task: ['业务任务', 'Business tasks'],
} as const
const heads = {
  'zh-CN': ['序号', '责任主体', '责任内容', '具体措施', '完成时限', '责任人', '依据', '备注'],
  en: ['No.', 'Unit', 'Duty', 'Measures', 'By when', 'Holder', 'Basis', 'Remarks'],
} as const
const ordinals = ['一', '二', '三', '四', '五', '六']
const widths = [6, 14, 36, 28, 16, 20, 26, 12]

const sayDay = (day: string, lang: Lang) => (lang === 'en' ? day : day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日'))
const lines = (parts: readonly string[]) => [...new Set(parts.filter(Boolean))].join('\n')

function rowOf({ no, duty, own }: Item, lang: Lang): (string | number)[] {
  const holders = duty.holders.filter((holder) => own.includes(holder.id))
  const and = lang === 'en' ? ', ' : '、'
  return [
    no,
    lines(holders.map((holder) => holder.unit.name)),
    lines([duty.title, duty.body === duty.title ? '' : duty.body]),
    duty.measure ?? '',
    sayCadence(duty.rrule, duty.due, lang),
    lines(
      holders.map((holder) => {
        const names = holder.persons.map((one) => one.name).join(and) || (lang === 'en' ? '(vacant)' : '（空缺）')
        return holder.post ? `${holder.post.name} ${names}` : names
      }),
    ),
    duty.basis ? `《${duty.basis.title.replace(/^《|》$/g, '')}》` : '',
    '',
  ]
}

/** The pages of a list: 正面清单, and 负面清单 where there is one. Rows of one kind stand under a heading across the page; equal units are one cell. */
export function listPages(list: DutyListOk, lang: Lang): Page[] {
  const names = { positive: lang === 'en' ? 'To do' : '正面清单', negative: lang === 'en' ? 'Not to do' : '负面清单' }
  return (['positive', 'negative'] as const)
    .filter((polarity) => polarity === 'positive' || list.negative > 0)
    .map((polarity) => {
      const groups = list.groups
        .map(({ kind, items }) => ({ kind, items: items.filter((one) => one.duty.polarity === polarity) }))
        .filter((group) => group.items.length > 0)
      const rows: (string | number | null)[][] = []
      const across: number[] = []
      groups.forEach(({ kind, items }, i) => {
        across.push(rows.length)
        rows.push([lang === 'en' ? kindNames[kind][1] : `${ordinals[i]}、${kindNames[kind][0]}`])
        rows.push(...items.map((item) => rowOf(item, lang)))
      })
      const where = list.note ? `${list.name}（${list.note}）` : list.name
      const page = tablePage({
        name: names[polarity],
        title: lang === 'en' ? `Duty list of ${list.name}` : `${list.name}责任清单${list.negative > 0 ? `（${names[polarity]}）` : ''}`,
        note:
          lang === 'en'
            ? `${list.office} · ${where} · as of ${list.day}`
            : `${list.office}　　单位：${where}　　截至：${sayDay(list.day, lang)}`,
        columns: heads[lang].map((header, i) => ({ header, width: widths[i] ?? 12, centred: i === 0, merged: i === 1 })),
        rows,
        landscape: true,
      })
      const first = (page.headerRow ?? 0) + 1
      const last = heads[lang].length - 1
      const headings = new Set(across.map((at) => first + at))
      return {
        ...page,
        merges: [...(page.merges ?? []), ...[...headings].map((row) => ({ top: row, bottom: row, left: 0, right: last }))],
        look: (row, column) => (headings.has(row) ? 'cell' : (page.look?.(row, column) ?? 'cell')),
      }
    })
}
