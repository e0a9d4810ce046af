import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, isDay } from '#kernel/calendar/index.ts'
import { actKinds, kindIn } from './kinds.ts'
import { readLine } from './line.ts'
import { readWhen } from './when.ts'
import { type Ground, readWho } from './who.ts'

/** Tuesday 24 November 2026. */
const today = '2026-11-24'

describe('the day', () => {
  it.each([
    ['今天开会', '2026-11-24'],
    ['昨天开会', '2026-11-23'],
    ['前天 走访', '2026-11-22'],
    ['大前天走访', '2026-11-21'],
    ['3天前到工地', '2026-11-21'],
    ['两天前到工地', '2026-11-22'],
    ['十二天前到工地', '2026-11-12'],
    ['11月20日 学习例会', '2026-11-20'],
    ['11 月 20 日 学习例会', '2026-11-20'],
    ['１１月２０日 学习例会', '2026-11-20'],
    ['11月20 学习例会', '2026-11-20'],
    ['十一月二十日学习例会', '2026-11-20'],
    ['二〇二六年三月五日学习例会', '2026-03-05'],
    ['11月20号学习例会', '2026-11-20'],
    ['11月20日（周五）学习例会', '2026-11-20'],
    ['11月20日周五学习例会', '2026-11-20'],
    ['12月30日谈心谈话', '2025-12-30'],
    ['2月29日谈心谈话', '2024-02-29'],
    ['去年11月20日谈心谈话', '2025-11-20'],
    ['2026年3月1日谈心谈话', '2026-03-01'],
    ['2026-03-01 谈心谈话', '2026-03-01'],
    ['2026.3.1 谈心谈话', '2026-03-01'],
    ['11/20 谈心谈话', '2026-11-20'],
    ['20日谈心谈话', '2026-11-20'],
    ['28号谈心谈话', '2026-10-28'],
    ['31号谈心谈话', '2026-10-31'],
    ['上月5日谈心谈话', '2026-10-05'],
    ['周三学习例会', '2026-11-18'],
    ['周二学习例会', '2026-11-24'],
    ['上周三学习例会', '2026-11-18'],
    ['上上周三学习例会', '2026-11-11'],
    ['本周一学习例会', '2026-11-23'],
    ['星期日值班', '2026-11-22'],
    ['支部学习例会，昨天', '2026-11-23'],
    ['和陈小禾昨天谈话，提出3点意见', '2026-11-23'],
    ['昨天组织学习《2026年3月1日在全会上的讲话》', '2026-11-23'],
    ['昨天布置12月1日前报送台账', '2026-11-23'],
    ['今天下午3点至5点开会', '2026-11-24'],
    ['yesterday: study session', '2026-11-23'],
    ['met the station today', '2026-11-24'],
    ['the day before yesterday, site visit', '2026-11-22'],
    ['on Nov 20 site visit', '2026-11-20'],
    ['20 November site visit', '2026-11-20'],
    ['site visit on Friday', '2026-11-20'],
    ['last Tuesday site visit', '2026-11-17'],
    ['3 days ago, site visit', '2026-11-21'],
    ['last night on watch', '2026-11-23'],
  ])('%s is on %s', (line, day) => {
    expect(readWhen(line, today)).toMatchObject({ day, dayNamed: true, beganOn: null, ask: null })
  })

  it.each([
    '主持学习例会',
    '督促12月1日前报送台账',
    '督促3日内报送台账',
    '通报9月30日以前的问题',
    '检查自11月1日起的值班记录',
    '到3号楼检查',
    '到2号工地检查',
    '印发第20号文件',
    '印发〔2026〕20号',
    '提出3点意见',
    '会议开了2小时',
    '学习11月的通报',
    '制定本周工作安排',
    '学习“3月5日讲话”精神',
    '安排3月5个项目的检查',
    'prepared the report due Monday deadline',
  ])('%s names none: today', (line) => {
    expect(readWhen(line, today)).toMatchObject({ day: today, dayNamed: false, time: null, ask: null, what: line })
  })

  it.each([
    ['11月18日至20日 到省里培训', '2026-11-18', '2026-11-20'],
    ['11月18日-20日 到省里培训', '2026-11-18', '2026-11-20'],
    ['11月18-20日 到省里培训', '2026-11-18', '2026-11-20'],
    ['11月18日到11月20日 到省里培训', '2026-11-18', '2026-11-20'],
    ['10月30日至11月2日专项检查', '2026-10-30', '2026-11-02'],
    ['2025年12月30日至2026年1月4日值班', '2025-12-30', '2026-01-04'],
    ['2025年12月30日至1月4日值班', '2025-12-30', '2026-01-04'],
    ['18日至20日专项检查', '2026-11-18', '2026-11-20'],
    ['上周一至周三专项检查', '2026-11-16', '2026-11-18'],
    ['昨天到今天专项检查', '2026-11-23', '2026-11-24'],
    ['十一月十八日至二十日专项检查', '2026-11-18', '2026-11-20'],
  ])('%s lasted from %s to %s', (line, beganOn, day) => {
    expect(readWhen(line, today)).toMatchObject({ day, beganOn, ask: null })
    expect(readWhen(line, today).what).toMatch(/^(到省里培训|专项检查|值班)$/)
  })
})

describe('what is asked about the day, never guessed', () => {
  it.each([
    ['2月30日 学习例会', 'absent', '2月30日', []],
    ['13月1日 学习例会', 'absent', '13月1日', []],
    ['2026-02-29 学习例会', 'absent', '2026-02-29', []],
    ['二〇二六年二月三十日学习', 'absent', '二〇二六年二月三十日', []],
    ['11月31日 学习例会', 'absent', '11月31日', []],
    ['上月31号 学习例会', null, '', []],
    ['11月18日至31日 专项检查', 'absent', '11月18日至31日', []],
    ['3月5日学习3月1日会议精神', 'two', '3月5日、3月1日', ['2026-03-01', '2026-03-05']],
    ['昨天开会，前天检查', 'two', '昨天、前天', ['2026-11-22', '2026-11-23']],
    ['11月20日至11月18日检查', 'two', '11月20日至11月18日', ['2026-11-18', '2026-11-20']],
    ['11月20日（周四）学习例会', 'weekday', '11月20日（周四）', ['2026-11-19', '2026-11-20']],
    ['明天开会', 'future', '明天', []],
    ['11月23日至25日检查', 'future', '11月23日至25日', []],
    ['下周三开会', 'future', '下周三', []],
    ['11月27日开会'.replace('11月27日', '2026年11月27日'), 'future', '2026年11月27日', []],
    ['月初 召开支委会', 'vague', '月初', []],
    ['10月底到工地检查', 'vague', '10月底', []],
    ['前几天走访企业', 'vague', '前几天', []],
    ['上周 走访企业', 'vague', '上周', ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22']],
    ['本周走访企业', 'vague', '本周', ['2026-11-23', '2026-11-24']],
    ['周末值班', 'vague', '周末', ['2026-11-21', '2026-11-22']],
    ['3月 开展检查', 'vague', '3月', []],
    ['走访企业，上个月', 'vague', '上个月', []],
    ['recently visited the site', 'vague', 'recently', []],
  ])('%s: %s', (line, why, said, days) => {
    const read = readWhen(line, today)
    if (why === null) {
      expect(read).toMatchObject({ day: '2026-10-31', ask: null })
      return
    }
    expect(read).toMatchObject({ day: null, beganOn: null, ask: { why, said, days } })
    // Nothing is taken out of the text while it is asked.
    expect(read.what).toBe(line)
  })

  it('a rough day comes with the days between which it lies, none of them to come', () => {
    expect(readWhen('月初 支委会', today).ask).toMatchObject({ from: '2026-11-01', until: '2026-11-10' })
    expect(readWhen('月底 支委会', today).ask).toMatchObject({ from: '2026-11-21', until: '2026-11-24' })
    expect(readWhen('10月中旬 支委会', today).ask).toMatchObject({ from: '2026-10-11', until: '2026-10-20' })
    expect(readWhen('12月初 支委会', today).ask).toMatchObject({ from: '2025-12-01', until: '2025-12-10' })
  })
})

describe('the hour', () => {
  it.each([
    ['今天下午3点开会', '15:00', '开会'],
    ['今天下午三点半开会', '15:30', '开会'],
    ['上午10点20分 开会', '10:20', '开会'],
    ['昨天晚上八点 值班', '20:00', '值班'],
    ['中午12点碰头', '12:00', '碰头'],
    ['中午1点碰头', '13:00', '碰头'],
    ['3点开会', '15:00', '开会'],
    ['9点开会', '09:00', '开会'],
    ['14:30 开会', '14:30', '开会'],
    ['14：30 开会', '14:30', '开会'],
    ['今晚7点值班', '19:00', '值班'],
    ['11月20日 党组会，下午3点开始', '15:00', '党组会，下午3点开始'],
    ['今天下午3点至5点开会', '15:00', '下午3点至5点开会'],
    ['yesterday at 3pm, site visit', '15:00', 'site visit'],
    ['today 9:30 am study', '09:30', 'study'],
    ['site visit yesterday afternoon at 2', null, 'site visit yesterday afternoon at 2'],
  ])('%s', (line, time, what) => {
    expect(readWhen(line, today)).toMatchObject({ time, what })
  })

  it.each([
    ['今天下午 支部学习例会', 'afternoon', '下午支部学习例会'],
    ['昨晚在岗值班', 'evening', '晚上在岗值班'],
    ['this morning study session', 'morning', 'morning study session'],
    ['支部学习例会，昨天上午', 'morning', '支部学习例会，上午'],
  ])('%s: without an hour the part of the day stays in the text', (line, part, what) => {
    expect(readWhen(line, today)).toMatchObject({ time: null, part, what })
  })
})

describe('the text', () => {
  it.each([
    ['今天，主持支部学习例会', '主持支部学习例会'],
    ['昨天的支部学习例会', '支部学习例会'],
    ['支部学习例会，11月20日。', '支部学习例会'],
    ['和陈小禾昨天谈话', '和陈小禾昨天谈话'],
    ['今天', ''],
  ])('%s → %s', (line, what) => {
    expect(readWhen(line, today).what).toBe(what)
  })
})

describe('the kind', () => {
  it.each([
    ['中心组学习纪律处分条例', 'study'],
    ['召开科务会，安排廉政工作', 'meeting'],
    ['与王建业谈心谈话', 'talk'],
    ['到质监站检查', 'inspection'],
    ['部署专项整治', 'deploy'],
    ['听取工程科汇报', 'hear'],
    ['协调解决审批积压', 'coordinate'],
    ['督办整改事项', 'press'],
    ['报送月报', 'paper'],
    ['走访企业', 'visit'],
    ['完成档案室搬迁', 'other'],
    ['site visit', 'visit'],
  ] as const)('%s is %s', (line, kind) => {
    expect(kindIn(line).kind).toBe(kind)
  })
})

const seat = (person: string, name: string, post: string, unit: string) => ({ person, name, post, unit })
const office: Ground = {
  seats: [
    seat('zhou', '周明远', '主任', 'office'),
    seat('zhou', '周明远', '党组书记', 'group'),
    seat('wu', '吴志成', '副主任', 'office'),
    seat('wang', '王建', '工程科科长', 'works'),
    seat('wangye', '王建业', '质监站站长', 'station'),
    seat('chen', '陈小禾', '工程科科员', 'works'),
    seat('li1', '李明', '综合科科员', 'general'),
    seat('li2', '李明', '质监站科员', 'station'),
    seat('ouyang', '欧阳春', '综合科科长', 'general'),
    seat('gao', '高', '司机', 'general'),
  ],
  units: [
    { id: 'office', name: '示例市人防办', aliases: [] },
    { id: 'works', name: '工程科', aliases: ['工程处'] },
    { id: 'general', name: '综合科', aliases: [] },
    { id: 'station', name: '质量监督站', aliases: ['质监站'] },
    { id: 'branch', name: '第一党支部', aliases: ['一支部'] },
  ],
}
const peopleIn = (line: string) => readWho(line, office).people.map(({ person, part }) => [person, part])

describe('who is named', () => {
  it.each([
    [
      '和陈小禾、王建业谈话',
      [
        ['chen', 'attend'],
        ['wangye', 'attend'],
      ],
    ],
    ['王建谈话', [['wang', 'attend']]],
    ['王建业谈话', [['wangye', 'attend']]],
    ['学习条例，周明远主持，参加12人', [['zhou', 'chair']]],
    ['学习条例，周主任主持', [['zhou', 'chair']]],
    [
      '学习条例，周明远同志主持，吴副主任主讲',
      [
        ['zhou', 'chair'],
        ['wu', 'speak'],
      ],
    ],
    ['学习条例，吴主任主持', [['wu', 'chair']]],
    ['欧阳科长检查', [['ouyang', 'attend']]],
    [
      '主持人：周明远，主讲：陈小禾',
      [
        ['zhou', 'chair'],
        ['chen', 'speak'],
      ],
    ],
    [
      '科务会，陈小禾、王建列席',
      [
        ['chen', 'observe'],
        ['wang', 'observe'],
      ],
    ],
    [
      '科务会，列席：陈小禾、王建',
      [
        ['chen', 'observe'],
        ['wang', 'observe'],
      ],
    ],
    ['科务会，陈小禾请假，王建参加', [['wang', 'attend']]],
    ['科务会，请假：陈小禾、王建', []],
    ['科务会，陈小禾参加，陈小禾请假', []],
    [
      '工程科王建、陈小禾到现场',
      [
        ['wang', 'attend'],
        ['chen', 'attend'],
      ],
    ],
    ['提高认识', []],
    ['开会', []],
  ] as const)('%s', (line, people) => {
    expect(peopleIn(line)).toEqual(people)
  })

  it('two of one name are asked, unless their unit or post says which', () => {
    const { people, asks } = readWho('和李明谈话', office)
    expect(people).toEqual([])
    expect(asks).toEqual([
      {
        said: '李明',
        at: 1,
        among: [
          { person: 'li1', name: '李明', note: '综合科科员' },
          { person: 'li2', name: '李明', note: '质监站科员' },
        ],
      },
    ])
    expect(peopleIn('和综合科李明谈话')).toEqual([['li1', 'attend']])
    expect(peopleIn('和质监站李明谈话')).toEqual([['li2', 'attend']])
    expect(peopleIn('和李明（综合科）谈话')).toEqual([['li1', 'attend']])
    // Somebody who was not there need not be told apart.
    expect(readWho('科务会，李明请假', office).asks).toEqual([])
  })

  it('a title that two bear is asked too', () => {
    const two: Ground = { ...office, seats: [...office.seats, seat('zhou2', '周正', '副主任', 'office')] }
    expect(readWho('周主任主持', two).asks).toMatchObject([{ said: '周主任', among: [{ name: '周明远' }, { name: '周正' }] }])
  })

  it('whole units', () => {
    expect(readWho('工程科全体干部参加，质监站全体人员列席', office).units).toMatchObject([{ unit: 'works' }, { unit: 'station' }])
    expect(readWho('到工程科检查', office).units).toEqual([])
  })

  it.each([
    ['参加12人', 12],
    ['参会人员共15人', 15],
    ['到会十二人', 12],
    ['二十三名党员参加', 23],
    ['应到15人，实到12人', 12],
    ['共18人', 18],
    ['12 people attended', 12],
    ['约谈2人', null],
    ['参加10余人', null],
    ['应到15人', null],
    ['检查3个工地', null],
    ['帮助30人', null],
  ])('%s: %s', (line, count) => {
    expect(readWho(line, office).count).toBe(count)
  })
})

describe('a line', () => {
  const read = (line: string, on = today) => readLine(line, on, () => office)

  it('is read whole', () => {
    expect(read('3月5日下午 中心组学习纪律处分条例，周明远主持，参加12人')).toMatchObject({
      day: '2026-03-05',
      time: null,
      part: 'afternoon',
      kind: 'study',
      people: [{ person: 'zhou', part: 'chair' }],
      count: 12,
      what: '下午中心组学习纪律处分条例，周明远主持，参加12人',
      asks: { day: null, names: [] },
    })
  })

  it('is read in the office of its day', () => {
    const asked: string[] = []
    readLine('3月5日 与李明谈话', today, (day) => {
      asked.push(day)
      return office
    })
    expect(asked).toEqual(['2026-03-05'])
  })

  it('of a talk keeps no hour', () => {
    expect(read('昨天下午3点与陈小禾谈心谈话')).toMatchObject({ kind: 'talk', time: null, day: '2026-11-23' })
  })

  const words = fc.constantFrom(
    ...[
      '今天',
      '昨天',
      '昨晚',
      '周三',
      '（周三）',
      '11月20日',
      '2月30日',
      '月初',
      '上周',
      '至',
      '22日',
      '下午',
      '3点',
      '半',
      '前',
      '第',
      '号',
    ],
    ...[
      '开会',
      'today',
      'on',
      'Nov 20',
      '3pm',
      ' ',
      '，',
      '9',
      '一',
      '王建业',
      '王建',
      '李明',
      '周主任',
      '主持',
      '列席',
      '请假',
      '参加',
      '12人',
    ],
    ...['工程科', '全体', '《', '》', '学习', '谈话', '的', '。', '１', '：'],
  )
  const lines = fc
    .array(fc.oneof({ weight: 4, arbitrary: words }, fc.string({ maxLength: 4, unit: 'binary' })), { maxLength: 10 })
    .map((parts) => parts.join(''))
  const days = fc.integer({ min: 0, max: 900 }).map((back) => addDays(today, -back))
  const signs = (text: string) => [...text].filter((sign) => !/[\s,，、：:。.;；！!）)的]/.test(sign)).join('')
  /** Whether the signs of one text stand in another, in their order. */
  const within = (part: string, whole: string) => {
    let at = 0
    for (const sign of part) {
      at = whole.indexOf(sign, at)
      if (at < 0) return false
      at += 1
    }
    return true
  }

  it('loses no sign: its pieces are the line, and what is neither day nor hour stays in the text', () => {
    fc.assert(
      fc.property(lines, days, (line, on) => {
        const { pieces, what } = read(line, on)
        expect(pieces.map(({ start, end }) => line.slice(start, end)).join('')).toBe(line)
        const kept = pieces.filter(({ is }) => is !== 'day' && is !== 'time').map(({ start, end }) => line.slice(start, end))
        expect(within(signs(kept.join('')).replace(/on|at|in/gi, ''), what)).toBe(true)
      }),
      { numRuns: 700 },
    )
  })

  it('says a day that exists and has come, or asks; a time of the day; a kind there is; people of the office; and is the same each time', () => {
    fc.assert(
      fc.property(lines, days, (line, on) => {
        const one = read(line, on)
        expect(read(line, on)).toEqual(one)
        expect(one.day === null).toBe(one.asks.day !== null)
        if (one.day !== null) {
          expect(isDay(one.day)).toBe(true)
          expect(one.day <= on).toBe(true)
          if (one.beganOn !== null) expect(one.beganOn < one.day).toBe(true)
          if (!one.dayNamed) expect(one.day).toBe(on)
        } else expect(one.what).toBe(line.trim())
        for (const day of one.asks.day?.days ?? []) expect(isDay(day)).toBe(true)
        if (one.time !== null) expect(one.time).toMatch(/^([01]\d|2[0-3]):[0-5]\d$/)
        expect(actKinds).toContain(one.kind)
        for (const { person } of one.people) expect(office.seats.some((held) => held.person === person)).toBe(true)
      }),
      { numRuns: 700 },
    )
  })

  it('read again from its text, it takes nothing more away and names the same people', () => {
    fc.assert(
      fc.property(lines, days, (line, on) => {
        const one = read(line, on)
        const again = read(one.what, on)
        expect(again.what).toBe(one.what)
        expect(again.people.map(({ person, part }) => [person, part])).toEqual(one.people.map(({ person, part }) => [person, part]))
        expect(again.count).toBe(one.count)
      }),
      { numRuns: 700 },
    )
  })
})
