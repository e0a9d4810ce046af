/** What a file that is kept may be, and how each kind is called. Told by its bytes, never by its name or a header. Browser-safe. */

type Facts = {
  media: string
  /** The endings a name of this kind may have; the first is the one to use. */
  endings: readonly [string, ...string[]]
  /** A browser may show it in the page; the others are handed out as downloads only. */
  inline: boolean
  says: readonly [zh: string, en: string]
}

const office = 'application/vnd.openxmlformats-officedocument'

const facts = {
  pdf: { media: 'application/pdf', endings: ['pdf'], inline: true, says: ['PDF 文件', 'a PDF'] },
  png: { media: 'image/png', endings: ['png'], inline: true, says: ['PNG 图片', 'a PNG picture'] },
  jpeg: { media: 'image/jpeg', endings: ['jpg', 'jpeg', 'jfif'], inline: true, says: ['JPEG 图片', 'a JPEG picture'] },
  webp: { media: 'image/webp', endings: ['webp'], inline: true, says: ['WebP 图片', 'a WebP picture'] },
  heic: { media: 'image/heic', endings: ['heic', 'heif'], inline: false, says: ['HEIC 照片', 'an HEIC photo'] },
  docx: { media: `${office}.wordprocessingml.document`, endings: ['docx'], inline: false, says: ['Word 文档', 'a Word document'] },
  xlsx: { media: `${office}.spreadsheetml.sheet`, endings: ['xlsx'], inline: false, says: ['Excel 表格', 'an Excel sheet'] },
  pptx: { media: `${office}.presentationml.presentation`, endings: ['pptx'], inline: false, says: ['PPT 演示文稿', 'a presentation'] },
  ofd: { media: 'application/ofd', endings: ['ofd'], inline: false, says: ['OFD 版式文件', 'an OFD document'] },
  txt: { media: 'text/plain', endings: ['txt'], inline: false, says: ['文本文件', 'a text file'] },
} as const satisfies Record<string, Facts>

export type FileKind = keyof typeof facts
export const fileKinds = Object.keys(facts) as FileKind[]
export const factsOf = (kind: FileKind): Facts => facts[kind]

/** What else bytes may turn out to be; each has its refusal `file.is_<what>`. */
export type Foreign =
  | 'program'
  | 'script'
  | 'html'
  | 'svg'
  | 'xml'
  | 'archive'
  | 'old_office'
  | 'macros'
  | 'picture'
  | 'sound'
  | 'damaged'
  | 'empty'
  | 'unknown'

/** What the bytes say. */
export type Found = { kind: FileKind } | { foreign: Foreign }

/** Every ending that may be chosen, with its dot: for `<input accept>`. */
export const endings: string[] = fileKinds.flatMap((kind) => facts[kind].endings.map((ending) => `.${ending}`))
