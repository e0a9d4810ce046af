import type { FileKind } from '#kernel/files/kinds.ts'

/** 820 kB, 3.4 MB: as people say a file's size. */
export const sayBytes = (bytes: number): string =>
  bytes < 1000 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`

const marks: Record<FileKind, string> = {
  pdf: 'PDF',
  png: 'PNG',
  jpeg: 'JPG',
  webp: 'WEBP',
  heic: 'HEIC',
  docx: 'W',
  xlsx: 'X',
  pptx: 'P',
  ofd: 'OFD',
  txt: 'TXT',
}
/** A few letters in place of a picture of the kind. */
export const markOf = (kind: FileKind): string => marks[kind]
