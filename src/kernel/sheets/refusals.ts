import type { Refusals } from '../errors.ts'

/** Files that are no spreadsheet, or more of one than is taken in. */
export const sheetRefusals: Refusals = {
  'sheet.empty': [400, '文件是空的。', 'The file is empty.'],
  'sheet.not_sheet': [
    400,
    '这不是表格文件。请用 .xlsx 或 .csv；别的格式请先在 Excel 或 WPS 里另存为 .xlsx。',
    'This is not a spreadsheet. Use .xlsx or .csv; save other formats as .xlsx first.',
  ],
  'sheet.old': [
    400,
    '这是旧式的 .xls（或 .et）文件，或者加了密码。请在 Excel 或 WPS 里去掉密码、另存为 .xlsx 再传。',
    'This is an old .xls file, or it has a password. Take the password off, save it as .xlsx and send it again.',
  ],
  'sheet.broken': [
    400,
    '表格文件已损坏，打不开。请在 Excel 或 WPS 里打开、另存一份再传。',
    'The spreadsheet is damaged and cannot be opened. Open it, save a copy and send that.',
  ],
  'sheet.too_large': [413, '文件过大，最多 {max} MB。请分成几个文件。', 'The file is too large; at most {max} MB. Split it.'],
  'sheet.bomb': [
    413,
    '文件解开后超过 {max} MB 或压缩得不合常理，没有打开。',
    'It would unpack to over {max} MB, or is packed beyond reason; it was not opened.',
  ],
  'sheet.too_many_rows': [
    413,
    '工作表“{sheet}”的内容超过 {max} 行（到第 {row} 行）。请分成几个文件，或删掉末尾多余的内容。',
    'Sheet “{sheet}” holds more than {max} rows (down to row {row}). Split it, or delete what stands at its end by mistake.',
  ],
  'sheet.too_wide': [
    413,
    '工作表“{sheet}”超过 {max} 列。请删掉右边多余的列。',
    'Sheet “{sheet}” has more than {max} columns. Delete the ones at its right that are not needed.',
  ],
  'sheet.too_many_cells': [
    413,
    '表格内容过多（超过 {max} 格，合并单元格也算在内）。请分成几个文件。',
    'There is too much in it (over {max} cells, merged ones counted). Split it.',
  ],
  'sheet.slow': [
    413,
    '表格过于复杂，{max} 秒内没有读完。请另存为只有数据的 .xlsx 或 .csv。',
    'It could not be read within {max} seconds. Save the data alone as .xlsx or .csv.',
  ],
}
