import { Refusal } from '../errors.ts'
import { type FileKind, type Found, factsOf, fileKinds } from './kinds.ts'

/** Names of files: made harmless, and held against what the bytes say. Pure. */

/** Characters of a whole name, its ending included; and the bytes a file system takes of it. */
const longest = 120
const bytesAtMost = 240

/** Endings by which people know what a file is: a wrong one is refused. Any other is taken for a part of the name. */
const wellKnown = new Set([
  ...fileKinds.flatMap((kind) => factsOf(kind).endings),
  ...'doc xls ppt docm xlsm pptm dot dotx xlt xltx pps ppsx wps et dps rtf odt ods odp csv md log xml json'.split(' '),
  ...'exe com bat cmd ps1 sh js jse vbs vbe wsf msi scr lnk dll apk jar py app dmg iso reg hta chm url html htm xhtml mht svg'.split(' '),
  ...'gif bmp tif tiff ico avif psd cdr dwg dxf ai eps'.split(' '),
  ...'zip rar 7z gz tar bz2 xz cab mp3 mp4 wav m4a aac amr mov avi wmv mkv flv webm'.split(' '),
])

const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i

/** The ending of a name, in small letters without its dot; empty when it has none that people would know. */
function endingOf(name: string): string {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  return wellKnown.has(ending) ? ending : ''
}

/** Without folders, signs that are not to be seen, and what Windows takes in no name. */
function plain(raw: string): string {
  const last = raw.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  return last
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
}

const encoder = new TextEncoder()
function cut(stem: string, ending: string): string {
  const letters = [...stem].slice(0, longest - ending.length)
  while (encoder.encode(letters.join('')).length > bytesAtMost - ending.length) letters.pop()
  return letters.join('').replace(/[. ]+$/, '')
}

/**
 * A name that is safe on every machine and ends as its kind does: no folders, no signs that cannot be seen, at most 120 characters.
 * A name of nothing else becomes `file`.
 */
export function safeName(raw: string, kind: FileKind): string {
  const name = plain(raw)
  const had = endingOf(name)
  const fits = factsOf(kind).endings.includes(had)
  const ending = `.${fits ? had : factsOf(kind).endings[0]}`
  const stem = cut(fits ? name.slice(0, -ending.length).replace(/[. ]+$/, '') : name, ending)
  const bare = stem === '' ? 'file' : reserved.test(stem.split('.')[0] ?? '') ? `_${stem}` : stem
  return `${bare}${ending}`
}

/**
 * What is kept of an uploaded file: its safe name and its kind.
 * @throws {Refusal} `file.is_<what>` for bytes that are not taken, `file.really_<kind>` for a name that promises something else
 */
export function accepted(raw: string, found: Found): { name: string; kind: FileKind } {
  const shown = [...plain(raw)].slice(0, 60).join('') || 'file'
  if ('foreign' in found) throw new Refusal(`file.is_${found.foreign}`, { name: shown }, [{ at: '/file' }])
  const ending = endingOf(plain(raw))
  if (ending !== '' && !factsOf(found.kind).endings.includes(ending)) {
    throw new Refusal(`file.really_${found.kind}`, { name: shown, ending }, [{ at: '/file' }])
  }
  return { name: safeName(raw, found.kind), kind: found.kind }
}

/**
 * The header that names a download (RFC 6266): the true name in UTF-8 (RFC 5987), and one of plain letters for programs that do not read that.
 */
export function disposition(name: string, inline = false): string {
  const ascii = name
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]+/g, '_')
    .replace(/["\\%]/g, '_')
  const encoded = encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${inline ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
