import { type Params, Refusal, type Refusals } from '../errors.ts'

/** What the calendar declines to do. `{at}` of the place says where: a line and sentence, or a path into the JSON. */
export const calendarRefusals: Refusals = {
  'calendar.bad_day': [400, '没有“{day}”这一天（应写作 2026-02-10）。', 'There is no day “{day}” (write 2026-02-10).'],
  'calendar.bad_zone': [400, '没有“{zone}”这个时区。', 'There is no time zone “{zone}”.'],
  'calendar.bad_span': [
    400,
    '看不懂期限“{span}”：写作 15wd（工作日）、3d（日）、2w（周）或 1m（月），可带负号，最多 {max}。',
    'The span “{span}” is not understood: write 15wd (working days), 3d, 2w or 1m, with a minus to count back, at most {max}.',
  ],
  'calendar.bad_fraction': [400, '比例“{fraction}”应大于 0，且不超过 1。', 'The fraction “{fraction}” must be above 0 and at most 1.'],
  'calendar.bad_cadence': [400, '看不懂周期“{rule}”：{part}。{hint_zh}', 'The cadence “{rule}” is not understood: {part}. {hint_en}'],
  'calendar.window': [
    400,
    '时间窗“{from} 至 {until}”过宽，最多 {max} 个周期。',
    'The window {from} to {until} is too wide: at most {max} periods.',
  ],
  'calendar.range': [400, '结束日 {until} 早于开始日 {from}。', 'It ends on {until}, before it begins on {from}.'],
  'calendar.no_file': [404, '读写不了文件“{file}”：{why_zh}。', 'The file “{file}” cannot be read or written: {why_en}.'],
  'calendar.bad_command': [400, '看不懂“{what}”。用法：{usage}', '“{what}” is not understood. Usage: {usage}'],
  'calendar.unknown_year': [
    404,
    '没有 {year} 年的安排，按周一至周五计；请用 calendar import 导入。',
    'There is no notice for {year}; Monday to Friday is assumed. Import it with calendar import.',
  ],
  'calendar.empty': [400, '文件是空的，没有任何放假安排。', 'The file is empty: there is no holiday in it.'],
  'calendar.too_large': [413, '内容过大，最多 {max} 个字符。', 'Too large: at most {max} characters.'],
  'calendar.not_json': [400, '不是合法的 JSON：{why}', 'Not valid JSON: {why}'],
  'calendar.bad_field': [400, '“{field}”不对：应为{want_zh}。', '“{field}” is not right: it should be {want_en}.'],
  'calendar.no_year': [
    400,
    '看不出是哪一年的安排：请带上通知标题，或用 --year 指明年份。',
    'The year is not stated: include the title of the notice, or name the year with --year.',
  ],
  'calendar.two_years': [400, '年份不一致：{one} 与 {other}。', 'The years disagree: {one} and {other}.'],
  'calendar.wrong_year': [400, '{day} 不属于 {year} 年的安排。', '{day} does not belong to the arrangement of {year}.'],
  'calendar.no_notice': [
    400,
    '没有找到放假安排：每一项应像“一、元旦：1月1日（周四）至3日（周六）放假，共3天。”',
    'No holiday found: each should read like “一、元旦：1月1日（周四）至3日（周六）放假，共3天。”',
  ],
  'calendar.unread': [400, '这一句没有读懂：“{sentence}”（{why_zh}）', 'This sentence was not understood: “{sentence}” ({why_en})'],
  'calendar.wrong_weekday': [400, '{day} 是{is_zh}，不是{said}：“{sentence}”', '{day} is a {is_en}, not {said}: “{sentence}”'],
  'calendar.wrong_count': [
    400,
    '说是共 {said} 天，数出来是 {counted} 天：“{sentence}”',
    'It says {said} days, but {counted} are named: “{sentence}”',
  ],
  'calendar.both': [400, '{day} 既放假又上班（另见{other}）。', '{day} is both off and working (see also {other}).'],
  'calendar.twice': [400, '{day} 写了两次（另见{other}）。', '{day} is named twice (see also {other}).'],
  'calendar.needless': [
    400,
    '{day} 是{is_zh}，本来就上班；年份对吗？“{sentence}”',
    '{day} is a {is_en} and a working day anyway; is the year right? “{sentence}”',
  ],
}

/** Throws the refusal `code`, with the place it concerns. */
export function decline(code: keyof typeof calendarRefusals & string, params: Params = {}, at?: string): never {
  throw new Refusal(code, params, at ? [{ at }] : [])
}
