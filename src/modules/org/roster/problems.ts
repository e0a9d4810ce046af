import type { Refusals } from '#kernel/errors.ts'

/** What may be wrong with a roster, at a cell. Errors keep the whole file out; warnings only say how it was understood. */
export const rosterProblems: Refusals = {
  'roster.no_header': [
    400,
    '没有找到表头。表头要有“姓名”，另外至少有一列（单位、职务……）。',
    'There is no row of headings: it needs 姓名 and at least one more (单位, 职务 …).',
  ],
  'roster.no_name_column': [400, '没有哪一列是姓名，请指定。', 'No column holds the names: choose one.'],
  'roster.column_twice': [
    400,
    '“{header}”和“{first}”像是同一项，只取“{first}”；如果不对，请改。',
    '“{header}” looks like “{first}”, which alone is taken; correct it if that is wrong.',
  ],
  'roster.macros': [400, '文件里带有宏；没有运行，也没有读。', 'The file carries macros; they were neither run nor read.'],
  'roster.this_hidden': [
    400,
    '工作表“{sheet}”是隐藏的；可见的工作表里没有花名册。',
    'Sheet “{sheet}” is hidden; no visible sheet holds a roster.',
  ],
  'roster.hidden_sheet': [
    400,
    '有隐藏的工作表“{sheet}”（{rows} 行），没有读。',
    'There is a hidden sheet, “{sheet}” ({rows} rows); it was not read.',
  ],
  'roster.other_sheet': [
    400,
    '还有一张工作表“{sheet}”（{rows} 行），没有读；需要时换一张再导入。',
    'There is another sheet, “{sheet}” ({rows} rows); it was not read. Import it by itself if needed.',
  ],
  'roster.hidden_rows': [
    400,
    '有 {count} 行是隐藏的（或被筛掉），同样读了。',
    '{count} rows are hidden or filtered away; they were read all the same.',
  ],
  'roster.hidden_columns': [400, '有 {count} 列是隐藏的，同样读了。', '{count} columns are hidden; they were read all the same.'],
  'roster.formulas': [400, '有 {count} 格是公式，取的是上次算出的值。', '{count} cells are formulas; the values last computed were taken.'],
  'roster.cell_error': [400, '这一格是公式错误“{text}”，请改正。', 'This cell is a formula’s error, “{text}”; correct it.'],
  'roster.uncomputed': [
    400,
    '这一格的公式没有算出值。请在 Excel 或 WPS 里打开、保存后再传。',
    'The formula in this cell was never computed. Open the file, save it and send it again.',
  ],
  'roster.too_long': [400, '这一格太长，最多 {max} 个字。', 'The text in this cell is too long; at most {max} characters.'],
  'roster.name_missing': [400, '这一行没有姓名。', 'There is no name in this row.'],
  'roster.name_several': [400, '“{name}”像是几个人，请一人一行。', '“{name}” looks like several persons: one to a row.'],
  'roster.name_odd': [400, '“{name}”不像姓名。', '“{name}” does not look like a name.'],
  'roster.unit_missing': [400, '看不出{name}在哪个单位或科室。', 'It does not say which unit {name} is in.'],
  'roster.unit_two_parents': [
    400,
    '“{unit}”在 {at} 属于“{first}”，这里属于“{second}”。',
    '“{unit}” belongs to “{first}” at {at} and to “{second}” here.',
  ],
  'roster.unit_cycle': [400, '机构互相隶属，成了一个圈：{units}。', 'The units belong to one another in a circle: {units}.'],
  'roster.kind_unknown': [
    400,
    '看不懂任职方式“{text}”，按正式任职读入。',
    '“{text}” says nothing we know of how a post is held; taken as regular.',
  ],
  'roster.away': [
    400,
    '{name}借出在外：仍按本单位的岗位读入，借到哪里请在任职里另记。',
    '{name} is lent to others: read in with the post here; record where they are in an appointment.',
  ],
  'roster.zero_lost': [
    400,
    '“{text}”是数字，分不清是 1 月还是 10 月。请把这一格改成文本，写成 1975.01 或 1975.10。',
    '“{text}” is a number: January or October cannot be told. Make the cell a text, 1975.01 or 1975.10.',
  ],
  'roster.date_impossible': [400, '没有“{text}”这个日期。', 'There is no such date as “{text}”.'],
  'roster.date_unclear': [
    400,
    '看不懂日期“{text}”，请写成 2024.03 或 2024-03-05。',
    '“{text}” is no date we can read; write 2024.03 or 2024-03-05.',
  ],
  'roster.id_unclear': [
    400,
    '身份证号读不出出生年月（可能按数字存了，末几位已丢），没有用。',
    'The identity number gives no month of birth (stored as a number it loses its end); it was not used.',
  ],
  'roster.born_differs': [
    400,
    '{name}的出生年月 {born} 与身份证号里的 {id} 不一致。',
    'The month of birth of {name}, {born}, is not the one in the identity number, {id}.',
  ],
  'roster.identity_unknown': [
    400,
    '人员身份“{text}”不在公务员、参公、事业、聘用之内，没有读入。',
    '“{text}” is none of 公务员, 参公, 事业, 聘用; it was not taken in.',
  ],
  'roster.party_unknown': [
    400,
    '看不懂政治面貌“{text}”，没有读入。',
    '“{text}” says nothing we know of Party membership; it was not taken in.',
  ],
  'roster.repeated': [400, '{name}与 {first} 重复：同名、同岗位。', '{name} stands at {first} already, in the same post.'],
  'roster.namesake': [
    400,
    '{name}与 {first} 同名，按两个人读入；如果是一个人兼任，请在备注里写“兼任”。',
    '{name} has the name of {first} and is read as another person; if it is one person, write 兼任 in the remark.',
  ],
  'roster.two_holders': [
    400,
    '“{unit}”的“{post}”只能有一人，{at} 已是{first}，这里又是{name}。',
    '“{post}” of “{unit}” is held by one person: {first} at {at}, and here {name}.',
  ],
  'roster.unit_ambiguous': [
    400,
    '单位里有 {count} 个“{unit}”，看不出是哪一个。请加一列上级机构，或把上级写在前面（上级/{unit}）。',
    'There are {count} units called “{unit}”; it cannot be told which is meant. Add the unit above it, in a column or in front (above/{unit}).',
  ],
  'roster.which': [
    400,
    '单位里有 {count} 个{name}，看不出是哪一个。请补上出生年月或现任职务。',
    'There are {count} persons called {name}; it cannot be told which is meant. Add the month of birth or the post held now.',
  ],
  'roster.post_held': [
    400,
    '“{unit}”的“{post}”只能有一人，现在是{first}，表里写的是{name}。请先免去{first}，或改这张表。',
    '“{post}” of “{unit}” is held by one person, now {first}; the sheet says {name}. End the appointment of {first} first, or correct the sheet.',
  ],
  'roster.since_clipped': [
    400,
    '有 {count} 处任职早于系统里那个岗位开始的日子，从岗位开始的日子记起。',
    '{count} appointments begin before the post does in this office; they are recorded from the day it begins.',
  ],
  'roster.from_missing': [400, '没有写{name}是从哪里借调来的。', 'It does not say where {name} is seconded from.'],
  'roster.absent': [
    400,
    '系统里有 {count} 人不在这张表里，没有改动：{names}',
    '{count} persons of this office are not in the sheet; they stay as they are: {names}',
  ],
}
