import { describe, expect, it } from 'vitest'
import { reminderOf } from './reminder.ts'

const item = (title: string, due: string, left: number) => ({ title, holder: '王建业', due, left })

describe('the reminder', () => {
  it('says what, whose, until when and how far, for a chat tool', () => {
    const items = [
      item('每月现场核查', '2026-11-20', -1),
      item('月度通报', '2026-11-21', 0),
      item('报表', '2026-11-23', 0),
      item('小结', '2026-11-27', 4),
    ]
    expect(reminderOf({ unit: '工程科', red: 3, soon: 2, items }, '2026-11-23', '综合科 郑文清')).toBe(
      [
        '【催办】工程科：截至11月23日，逾期 3 项，将到期 2 项。',
        '1. 每月现场核查（王建业），11月20日到期，逾期 1 个工作日',
        '2. 月度通报（王建业），11月21日到期，刚过期',
        '3. 报表（王建业），11月23日到期，今天到期',
        '4. 小结（王建业），11月27日到期，还有 4 个工作日',
        '另有 1 项，请在“我的责任”里看。',
        '办完请记一笔；按期办不完的，请提前说明情况、报上级定。',
        '——综合科 郑文清',
      ].join('\n'),
    )
  })
  it('names the year where it is another one, and leaves out what is nothing', () => {
    const text = reminderOf({ unit: '综合科', red: 1, soon: 0, items: [item('上年未了', '2025-12-31', -9)] }, '2026-01-14', '许静怡')
    expect(text).toContain('逾期 1 项。')
    expect(text).toContain('2025年12月31日到期')
    expect(text).not.toContain('将到期')
    expect(text).not.toContain('另有')
  })
})
