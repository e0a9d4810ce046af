import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Area, type Page, readSheets, writeSheets } from '#kernel/sheets/index.ts'
import { address, type Book, type Sheet } from '#kernel/sheets/types.ts'
import { bornFrom, dated, dayOf } from './dates.ts'
import { fieldOf } from './fields.ts'
import { rosterProblems } from './problems.ts'
import { readRoster } from './read.ts'
import type { Roster } from './types.ts'

type Cells = readonly (readonly (string | number | null)[])[]
const book = async (rows: Cells, more: Partial<Page> = {}, others: Page[] = []): Promise<Book> =>
  readSheets(await writeSheets([{ name: '花名册', rows, ...more }, ...others]))
const read = async (rows: Cells, more: Partial<Page> = {}, others: Page[] = []): Promise<Roster> =>
  readRoster(await book(rows, more, others))
const errors = (roster: Roster) => roster.problems.filter(({ level }) => level === 'error').map(({ cell, code }) => [cell, code])
const warnings = (roster: Roster) => roster.problems.filter(({ level }) => level === 'warning').map(({ cell, code }) => [cell, code])
const named = (roster: Roster, name: string) => roster.persons.filter((one) => one.name === name)
const posts = (roster: Roster, name: string) =>
  named(roster, name).map((one) => one.posts.map((post) => `${post.path.at(-1)} ${post.name} ${post.kind}`))
const merge = (range: string): Area => {
  const [, left = 'A', top = '1', right = 'A', bottom = '1'] = /^([A-Z])(\d+):([A-Z])(\d+)$/.exec(range) ?? []
  return { top: Number(top), bottom: Number(bottom), left: left.charCodeAt(0) - 65, right: right.charCodeAt(0) - 65 }
}

describe('a roster as offices keep it', () => {
  const rows: Cells = [
    ['示例市人防办机关人员花名册'],
    ['单位：示例市人防办', null, null, null, null, null, null, '填报日期：2026年3月'],
    ['序号', '单位', '科室', '姓名', '职务职级', null, '人员身份', '任现职时间', '出生年月', '备注'],
    [null, null, null, null, '领导职务', '职级', null, null, null, null],
    [1, '示例市人防办', '办领导', '周 明远', '党组书记、主任', '二级巡视员', '公务员', '2021.03', '1968.05', null],
    [2, null, '办领导', '吴志成', '党组成员、副主任', '一级调研员', '公务员', '2022年4月', 1970.06, null],
    [3, null, '综合科', '郑文清', '科长兼机关党委办公室主任', '四级调研员', '公务员', 45356, '1979-02', null],
    [4, null, '综合科', '李强', null, '一级主任科员', '参公', '2023-12-01', '1985.7', null],
    [5, null, '工程科', '李强', '副科长（主持工作）', null, '参照公务员法管理', '2020.11', '1990.01', null],
    [6, null, '工程科', '王 五', null, null, '事业编制', null, null, '从质监站借调'],
    ['小  计', null, null, '6人'],
    ['合计', null, null, 6],
    ['制表人：某某某', null, null, null, null, null, null, '审核：某某'],
  ]
  const merges = ['A1:J1', 'A3:A4', 'B3:B4', 'C3:C4', 'D3:D4', 'E3:F3', 'G3:G4', 'H3:H4', 'I3:I4', 'J3:J4', 'B5:B10'].map(merge)

  it('has a title, two rows of headings, merged units, totals and a foot', async () => {
    const roster = await read(rows, { merges })
    expect(roster.problems).toEqual([])
    expect(roster.headerRows).toEqual([3, 4])
    expect(roster.columns.map(({ header, field }) => [header, field])).toEqual([
      ['序号', null],
      ['单位', 'unit'],
      ['科室', 'department'],
      ['姓名', 'name'],
      ['职务职级/领导职务', 'leadership'],
      ['职务职级/职级', 'grade'],
      ['人员身份', 'identity'],
      ['任现职时间', 'since'],
      ['出生年月', 'born'],
      ['备注', 'remark'],
    ])
    expect(roster.rows).toBe(6)
    expect(roster.skipped).toEqual([
      { row: 11, why: 'total' },
      { row: 12, why: 'total' },
      { row: 13, why: 'note' },
    ])
    expect(roster.units.map((unit) => [unit.path.join('/'), unit.kind])).toEqual([
      ['示例市人防办', 'office'],
      ['示例市人防办/办领导', 'leadership'],
      ['示例市人防办/综合科', 'department'],
      ['示例市人防办/工程科', 'department'],
    ])
  })

  it('says who holds what, from when, and as what', async () => {
    const roster = await read(rows, { merges })
    expect(posts(roster, '周明远')).toEqual([['办领导 党组书记 regular', '办领导 主任 regular']])
    expect(posts(roster, '郑文清')).toEqual([['综合科 科长 regular', '综合科 机关党委办公室主任 concurrent']])
    expect(posts(roster, '李强')).toEqual([['综合科 工作人员 regular'], ['工程科 副科长 regular', '工程科 科长 acting']])
    expect(posts(roster, '王五')).toEqual([['工程科 工作人员 seconded']])
    expect(roster.persons.map((one) => [one.name, one.since, one.born, one.identity, one.grade])).toEqual([
      ['周明远', '2021-03-01', '1968-05', 'civil_servant', '二级巡视员'],
      ['吴志成', '2022-04-01', '1970-06', 'civil_servant', '一级调研员'],
      ['郑文清', '2024-03-05', '1979-02', 'civil_servant', '四级调研员'],
      ['李强', '2023-12-01', '1985-07', 'reference', '一级主任科员'],
      ['李强', '2020-11-01', '1990-01', 'reference', null],
      ['王五', null, null, 'institution', null],
    ])
    expect(named(roster, '王五')[0]?.from).toBe('质监站')
  })

  it('reads the same from a .csv in GB18030, where nothing is merged', async () => {
    // 姓名,科室,职务\n张三,综合科,科长\n李四,,科员
    const gb = Uint8Array.from(
      'd0d5c3fb2cbfc6cad22cd6b0cef10ad5c5c8fd2cd7dbbacfbfc62cbfc6b3a40ac0eecbc42c2cbfc6d4b1'.match(/../g) ?? [],
      (hex) => Number.parseInt(hex, 16),
    )
    const roster = readRoster(await readSheets(gb))
    expect(roster.persons.map((one) => [one.name, one.unit, one.post])).toEqual([
      ['张三', '综合科', '科长'],
      ['李四', '综合科', '科员'],
    ])
  })
})

describe('traps', () => {
  it('a section row names the unit of the rows below it', async () => {
    const roster = await read(
      [
        ['姓名', '职务', '性别'],
        ['一、办领导（2人）', '一、办领导（2人）', '一、办领导（2人）'],
        ['甲', '主任', '男'],
        ['乙', '副主任', '女'],
        ['（二）综合科：', null, null],
        ['丙', '科长', '男'],
      ],
      { merges: ['A2:C2', 'A5:C5'].map(merge) },
    )
    expect(errors(roster)).toEqual([])
    expect(roster.persons.map((one) => [one.name, one.unit])).toEqual([
      ['甲', '办领导'],
      ['乙', '办领导'],
      ['丙', '综合科'],
    ])
  })

  it('two persons of one name: by month of birth, else by unit and post with a word about it, and never twice the same', async () => {
    const head = ['姓名', '科室', '职务', '出生年月', '备注']
    const told = await read([head, ['张伟', '甲科', '科员', '1980.01', null], ['张伟', '甲科', '科员', '1990.02', null]])
    expect([told.persons.length, told.problems]).toEqual([2, []])
    const untold = await read([head, ['张伟', '甲科', '科员', null, null], ['张伟', '乙科', '科长', null, null]])
    expect([untold.persons.length, errors(untold), warnings(untold)]).toEqual([2, [], [['A3', 'roster.namesake']]])
    const one = await read([head, ['张伟', '甲科', '科员', null, null], ['张伟', '机关党委', '委员', null, '兼任']])
    expect([one.persons.length, posts(one, '张伟'), one.problems]).toEqual([1, [['甲科 科员 regular', '机关党委 委员 concurrent']], []])
    const twice = await read([head, ['张伟', '甲科', '科员', null, null], ['张伟', '甲科', '科员', null, null]])
    expect(errors(twice)).toEqual([['A3', 'roster.repeated']])
  })

  it('two people on one exclusive post, and one who acts beside its holder', async () => {
    const head = ['姓名', '科室', '职务']
    expect(errors(await read([head, ['甲', '综合科', '科长'], ['乙', '综合科', '综合科科长']]))).toEqual([['C3', 'roster.two_holders']])
    expect(
      errors(await read([head, ['甲', '综合科', '科长'], ['乙', '综合科', '副科长（主持工作）'], ['丙', '综合科', '副科长']])),
    ).toEqual([])
    expect(errors(await read([head, ['甲', '综合科', '科员'], ['乙', '综合科', '科员']]))).toEqual([])
    expect(errors(await read([head, ['甲', '一科', '科长'], ['乙', '二科', '科长']]))).toEqual([])
  })

  it('units in a circle, and a unit in two places', async () => {
    const head = ['姓名', '机构', '上级机构', '职务']
    const circle = await read([head, ['甲', '甲科', '乙站', '科员'], ['乙', '乙站', '丙站', '科员'], ['丙', '丙站', '甲科', '科员']])
    expect(errors(circle)).toEqual([['C4', 'roster.unit_cycle']])
    expect(circle.problems[0]?.params.units).toBe('甲科 → 乙站 → 丙站 → 甲科')
    expect(errors(await read([head, ['甲', '甲科', '甲科', '科员']]))).toEqual([['C2', 'roster.unit_cycle']])
    expect(
      errors(
        await read([
          ['姓名', '单位', '科室'],
          ['甲', '甲站', '乙站'],
          ['乙', '乙站', '甲站'],
        ]),
      ),
    ).toHaveLength(1)
    expect(errors(await read([head, ['甲', '甲科', '乙站', '科员'], ['乙', '甲科', '丙站', '科员']]))).toEqual([
      ['C3', 'roster.unit_two_parents'],
    ])
  })

  it('a subordinate unit stands below the office in one row and above its own departments in another', async () => {
    const roster = await read([
      ['姓名', '单位', '科室'],
      ['甲', '市人防办', '质监站'],
      ['乙', '质监站', '综合科'],
      ['丙', '市人防办', '综合科'],
    ])
    expect(roster.units.map((unit) => unit.path.join('/'))).toEqual([
      '市人防办',
      '市人防办/质监站',
      '市人防办/质监站/综合科',
      '市人防办/综合科',
    ])
  })

  it('lent to others, seconded from somewhere, acting by the remark, concurrent in a Party post', async () => {
    const roster = await read([
      ['姓名', '科室', '职务', '党内职务', '所在支部', '备注'],
      ['甲', '综合科', '科员', null, null, '借调至市纪委'],
      ['乙', '综合科', '科员', null, null, '从市住建局借调'],
      ['丙', '综合科', '副科长', '支部书记', '第一党支部', '主持工作'],
      ['丁（抽调）', '工程科', null, null, '第一党支部', '兼任工会主席'],
    ])
    expect(errors(roster)).toEqual([])
    expect(warnings(roster)).toEqual([['F2', 'roster.away']])
    expect(roster.persons.map((one) => one.posts.map((post) => `${post.path.at(-1)} ${post.name} ${post.kind}`))).toEqual([
      ['综合科 科员 regular'],
      ['综合科 科员 seconded'],
      ['综合科 副科长 regular', '综合科 科长 acting', '第一党支部 支部书记 concurrent'],
      ['工程科 工作人员 seconded', '工程科 工会主席 concurrent'],
    ])
    expect(named(roster, '乙')[0]?.from).toBe('市住建局')
  })

  it('职级 in the column of posts is a grade and no post', async () => {
    const roster = await read([
      ['姓名', '科室', '职务'],
      ['甲', '综合科', '四级主任科员'],
      ['乙', '综合科', '科长、一级主任科员'],
      ['丙', '综合科', '科长（正科级）'],
    ])
    expect(roster.persons.map((one) => [one.post, one.grade])).toEqual([
      [null, '四级主任科员'],
      ['科长', '一级主任科员'],
      ['科长', '正科级'],
    ])
  })

  it('says what is hidden, computed or carried besides', async () => {
    const roster = await read(
      [
        ['姓名', '科室'],
        ['甲', '综合科'],
      ],
      {},
      [
        {
          name: '旧册',
          rows: [
            ['姓名', '科室'],
            ['乙', '工程科'],
          ],
          hidden: true,
        },
      ],
    )
    expect(warnings(roster)).toEqual([['旧册!A1', 'roster.hidden_sheet']])
    const sheet = (
      await book([
        ['姓名', '科室'],
        ['#REF!', '综合科'],
        ['甲', '综合科'],
      ])
    ).sheets[0] as Sheet
    const noted = { ...sheet, hiddenRows: [3], notes: new Map([['A2', 'error'] as const, ['B3', 'formula'] as const]) }
    const read2 = readRoster({ format: 'xlsx', encoding: null, macros: true, sheets: [noted] })
    expect(errors(read2)).toEqual([
      ['A2', 'roster.cell_error'],
      ['A2', 'roster.name_missing'],
    ])
    expect(warnings(read2).map(([, code]) => code)).toEqual(['roster.macros', 'roster.hidden_rows', 'roster.formulas'])
  })

  it('1975.1 as a number: asks at a day in office, passes over a month of birth', async () => {
    const sheet = (
      await book([
        ['姓名', '科室', '任职时间', '出生年月'],
        ['甲', '综合科', '2019.1', '1975.1'],
      ])
    ).sheets[0] as Sheet
    const cut = { ...sheet, notes: new Map([['C2', 'cut'] as const, ['D2', 'cut'] as const]) }
    const roster = readRoster({ format: 'xlsx', encoding: null, macros: false, sheets: [cut] })
    expect(roster.problems.map(({ cell, code, level }) => [cell, code, level])).toEqual([
      ['C2', 'roster.zero_lost', 'error'],
      ['D2', 'roster.zero_lost', 'warning'],
    ])
  })

  it('3,000 rows with one bad cell: one problem, at that cell', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => [`某${i}`, `第${i % 40}科`, '科员', i === 1733 ? '2023.13' : '2023.12'])
    const roster = await read([['姓名', '科室', '职务', '任职时间'], ...rows])
    expect(roster.persons).toHaveLength(3000)
    expect(roster.problems.map(({ cell, code }) => [cell, code])).toEqual([['D1735', 'roster.date_impossible']])
  })

  it('no heading, no names, several persons in a cell, a unit nobody can tell', async () => {
    expect(
      errors(
        await read([
          ['甲', '乙'],
          ['丙', '丁'],
        ]),
      ),
    ).toEqual([['A1', 'roster.no_header']])
    const roster = await read([
      ['姓名', '职务', '性别'],
      ['甲、乙', '科长', null],
      ['3人', '科长', null],
      [null, '科长', '男'],
    ])
    expect(errors(roster)).toEqual([
      ['A2', 'roster.name_several'],
      ['A2', 'roster.unit_missing'],
      ['A3', 'roster.name_odd'],
      ['A3', 'roster.unit_missing'],
      ['A4', 'roster.name_missing'],
      ['A4', 'roster.unit_missing'],
    ])
  })

  it('columns as a person corrects them', async () => {
    const given = await book([
      ['名单', null, null],
      ['姓名', '科室', '别的'],
      ['甲', '综合科', '科长'],
    ])
    const columns = [
      { column: 0, field: 'name' },
      { column: 1, field: 'unit' },
      { column: 2, field: 'post' },
    ]
    const roster = readRoster(given, { sheet: '花名册', headerRows: [2], columns })
    expect(roster.columns.map(({ field }) => field)).toEqual(['name', 'unit', 'post'])
    expect(roster.persons.map((one) => [one.unit, one.post])).toEqual([['综合科', '科长']])
    const none = readRoster(given, {
      sheet: '花名册',
      headerRows: [2],
      columns: [
        { column: 1, field: 'name' },
        { column: 0, field: 'nonsense' },
      ],
    })
    expect(none.columns.map(({ field }) => field)).toEqual([null, 'name', null])
  })
})

describe('every cell', () => {
  it('of a row of data is taken in, stands in a column declared unused, or is a problem', async () => {
    const headings = [
      '姓名',
      '单位',
      '科室',
      '上级机构',
      '职务',
      '领导职务',
      '职级',
      '兼任职务',
      '党内职务',
      '所在支部',
      '政治面貌',
      '人员身份',
      '任职方式',
      '原单位',
      '任现职时间',
      '出生年月',
      '身份证号',
      '备注',
      '性别',
      '随便什么',
      '学历',
    ]
    const text = fc.oneof(
      fc.constantFrom(
        '',
        '',
        '甲',
        '综合科',
        '科长',
        '公务员',
        '2024.03',
        '2024.13',
        '借调',
        '同上',
        '合计',
        '兼任',
        '主持工作',
        '1975.06',
        '小计',
        '群众',
        '四级主任科员',
        '（二）',
        '3',
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }).map((one) => one.replace(/\p{C}/gu, '').trim()),
    )
    const sheetOf = (heads: string[], rows: string[][]): Sheet => ({
      name: 's',
      hidden: false,
      width: heads.length,
      merges: [],
      hiddenRows: [],
      hiddenColumns: [],
      notes: new Map(),
      rows: [heads, ...rows]
        .map((cells, i) => ({ number: i + 1, cells: heads.map((_, c) => cells[c] ?? '') }))
        .filter((row) => row.cells.some(Boolean)),
    })
    fc.assert(
      fc.property(
        fc.shuffledSubarray(headings, { minLength: 2 }).filter((heads) => heads.includes('姓名')),
        fc.array(fc.array(text, { minLength: 1, maxLength: headings.length }), { minLength: 1, maxLength: 6 }),
        (heads, rows) => {
          const sheet = sheetOf(heads, rows)
          const roster = readRoster({ format: 'xlsx', encoding: null, macros: false, sheets: [sheet] })
          fc.pre(roster.headerRows.length > 0)
          const known = new Set([...roster.used, ...roster.problems.map(({ cell }) => cell)])
          const unused = new Set(roster.columns.filter(({ field }) => field === null).map(({ column }) => column))
          const over = new Set([...roster.headerRows, ...roster.skipped.map(({ row }) => row)])
          for (const row of sheet.rows.filter(({ number }) => !over.has(number) && number > (roster.headerRows.at(-1) ?? 0)))
            row.cells.forEach((cell, column) => {
              if (cell !== '' && !unused.has(column)) expect(known).toContain(address(row.number, column))
            })
          for (const { code } of roster.problems) expect(rosterProblems).toHaveProperty([code])
        },
      ),
      { numRuns: 400 },
    )
  })
})

describe('dates', () => {
  it.each([
    ['1975.06', '1975-06-01'],
    ['1975.6', '1975-06-01'],
    ['2024年3月', '2024-03-01'],
    ['2024 年 3 月 5 日', '2024-03-05'],
    ['1975-06-01', '1975-06-01'],
    ['1975/6/1', '1975-06-01'],
    ['197506', '1975-06-01'],
    ['19750601', '1975-06-01'],
    ['27546', '1975-06-01'],
    ['２０２４．０３', '2024-03-01'],
    ['二〇二四年十二月三日', '2024-12-03'],
    ['2021.03起', '2021-03-01'],
    ['2021.03—至今', '2021-03-01'],
    ['2024-03-05 00:00', '2024-03-05'],
  ])('%s is %s', (text, day) => {
    const read = dated(text)
    expect(typeof read === 'object' && dayOf(read)).toBe(day)
  })
  it.each([
    ['2023.13', 'impossible'],
    ['2023-02-30', 'impossible'],
    ['20230230', 'impossible'],
    ['0000.05', 'impossible'],
    ['2024年', 'unclear'],
    ['2024', 'unclear'],
    ['75.06', 'unclear'],
    ['去年', 'unclear'],
    ['99999', 'unclear'],
  ])('%s is %s', (text, why) => expect(dated(text)).toBe(why))
  it('the month of birth in an identity number, and nothing of one that lost its end', () => {
    expect(bornFrom('11010119750601001X')).toBe('1975-06')
    expect(bornFrom('110101197506010000000')).toBeNull()
    expect(bornFrom('110101197513010010')).toBeNull()
  })
})

describe('headings', () => {
  it.each([
    ['姓  名', 'name'],
    ['现任职务', 'post'],
    ['职务（岗位）', 'post'],
    ['任现职务时间', 'since'],
    ['任现职级时间', null],
    ['专业技术职务', null],
    ['工作单位', 'unit'],
    ['内设机构', 'department'],
    ['所在党支部', 'branch'],
    ['编制类型', 'identity'],
    ['参加工作时间', null],
    ['序\n号', null],
    ['示例市人民防空办公室机关及所属单位人员花名册', undefined],
    ['单位：示例市人防办', undefined],
  ])('%s is %s', (heading, field) => expect(fieldOf(heading)).toBe(field))
})
