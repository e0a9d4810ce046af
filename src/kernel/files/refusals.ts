import type { Refusals } from '../errors.ts'
import { type FileKind, type Foreign, factsOf, fileKinds } from './kinds.ts'

const take = ['请传 PDF、图片、Word、Excel、PPT、OFD 或文本文件。', 'Send a PDF, a picture, Word, Excel, PowerPoint, OFD or a text file.']

const foreign: Record<Foreign, readonly [zh: string, en: string]> = {
  program: [`“{name}”是程序，不收。${take[0]}`, `“{name}” is a program and is not taken. ${take[1]}`],
  script: [`“{name}”是脚本，不收。${take[0]}`, `“{name}” is a script and is not taken. ${take[1]}`],
  html: ['“{name}”是网页。请在浏览器里打印成 PDF 再传。', '“{name}” is a web page. Print it to PDF and send that.'],
  svg: ['“{name}”是 SVG 图形。请导出成 PNG 或 PDF 再传。', '“{name}” is an SVG drawing. Export it as PNG or PDF and send that.'],
  xml: ['“{name}”是 XML 数据。请导出成 PDF 再传。', '“{name}” is XML. Export it as a PDF and send that.'],
  archive: ['“{name}”是压缩包。请解开后逐个上传。', '“{name}” is an archive. Unpack it and send the files one by one.'],
  old_office: [
    '“{name}”是旧版或加了密码的 Office 文件。请去掉密码，另存为 .docx、.xlsx、.pptx 或 PDF 再传。',
    '“{name}” is an old or password-protected Office file. Save it without a password as .docx, .xlsx, .pptx or PDF and send that.',
  ],
  macros: [
    '“{name}”带有宏，不收。请另存为不含宏的 .docx、.xlsx、.pptx 再传。',
    '“{name}” holds macros and is not taken. Save it without them as .docx, .xlsx or .pptx.',
  ],
  picture: [
    '“{name}”是 GIF、BMP 或 TIFF 图片。请另存为 PNG 或 JPEG 再传。',
    '“{name}” is a GIF, BMP or TIFF. Save it as PNG or JPEG and send that.',
  ],
  sound: [
    '“{name}”是音频或视频，不收。可以传截图或文字整理稿。',
    '“{name}” is sound or video and is not taken. Send a still or a written record.',
  ],
  damaged: [
    '“{name}”读不完整，可能已损坏。请打开确认后重新保存再传。',
    '“{name}” cannot be read to its end. Open it, save it anew and send that.',
  ],
  empty: ['“{name}”是空文件。请选有内容的文件。', '“{name}” is empty. Choose a file with something in it.'],
  unknown: [`“{name}”认不出是什么文件。${take[0]}`, `What “{name}” is cannot be told. ${take[1]}`],
}

const really = (kind: FileKind): Refusals[string] => {
  const { says, endings } = factsOf(kind)
  return [
    400,
    `“{name}”的后缀是 .{ending}，内容其实是 ${says[0]}。请确认没有选错；没有选错就把后缀改成 .${endings[0]} 再传。`,
    `“{name}” ends in .{ending} but is really ${says[1]}. Check that it is the right one; if so, rename it to .${endings[0]} and send it again.`,
  ]
}

/** The refusals of files: `file.is_<what>` for what is not taken, `file.really_<kind>` for a name that says something else than the bytes, `file.no_room` for a full disk. */
export const fileRefusals: Refusals = Object.fromEntries([
  ...Object.entries(foreign).map(([what, [zh, en]]) => [`file.is_${what}`, [400, zh, en]] as const),
  ...fileKinds.map((kind) => [`file.really_${kind}`, really(kind)] as const),
  [
    'file.no_room',
    [507, '存储空间已满，文件没有存下。请联系系统管理员。', 'The storage is full and the file was not kept. Tell the administrator.'],
  ],
])
