import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '../errors.ts'
import { type Calendar, type CalendarYear, calendarOf } from './calendar.ts'
import { readCalendar } from './read.ts'
import { decline } from './refusals.ts'

const SHIPPED = join(import.meta.dirname, '../../../rulepacks/cn-calendar')
const LARGEST_FILE = 1_000_000

const reasons: Record<string, readonly [zh: string, en: string]> = {
  ENOENT: ['没有这个文件', 'there is no such file'],
  EISDIR: ['这是一个文件夹', 'it is a folder'],
  ENOTDIR: ['路径中有一段不是文件夹', 'a part of its path is no folder'],
  EEXIST: ['路径中有一段不是文件夹', 'a part of its path is no folder'],
  EACCES: ['没有权限', 'permission is missing'],
  EPERM: ['没有权限', 'permission is missing'],
  EROFS: ['磁盘只读', 'the disk is read-only'],
  ENOSPC: ['磁盘已满', 'the disk is full'],
}
/** What a failed file access says, in both languages and without the stack; the system's own code where it is a rare one. */
function whyOf(error: unknown): { why_zh: string; why_en: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const [why_zh, why_en] = reasons[code] ?? [code, code]
  return { why_zh, why_en }
}

/** A text file as text: UTF-8, UTF-16 with its mark, else GB18030, in which offices' text files often come. Refuses what cannot be read or is over 1 MB. */
export async function readText(file: string): Promise<string> {
  try {
    if ((await stat(file)).size > LARGEST_FILE) return decline('calendar.too_large', { max: LARGEST_FILE }, file)
    const bytes = await readFile(file)
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      return new TextDecoder('gb18030').decode(bytes)
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    return decline('calendar.no_file', { file, ...whyOf(error) }, file)
  }
}

async function yearsIn(folder: string): Promise<CalendarYear[]> {
  const names = await readdir(folder).catch(() => [])
  const files = names.filter((name) => /^\d{4}\.json$/.test(name)).sort()
  return Promise.all(
    files.map(async (name) => {
      const file = join(folder, name)
      try {
        return readCalendar(await readText(file))
      } catch (error) {
        // A damaged file must be named: silently going without it would move due days.
        if (error instanceof Refusal)
          throw new Refusal(error.code, error.params, [{ at: [file, ...error.places.map((place) => place.at)].join(' ') }])
        throw error
      }
    }),
  )
}

/** The years shipped with the product, then those imported into the data folder. Refuses, naming the file, when one is damaged. */
export async function loadCalendarYears(dataDir?: string): Promise<CalendarYear[]> {
  const shipped = await yearsIn(SHIPPED)
  return dataDir === undefined ? shipped : [...shipped, ...(await yearsIn(join(dataDir, 'calendar')))]
}

/** The calendar in force: shipped years, an imported year wins over the shipped one. */
export const loadCalendar = async (dataDir?: string): Promise<Calendar> => calendarOf(await loadCalendarYears(dataDir))

/** Keeps an imported year in the data folder, whole or not at all; returns the file's path. */
export async function storeCalendarYear(year: CalendarYear, dataDir: string): Promise<string> {
  const folder = join(dataDir, 'calendar')
  const file = join(folder, `${year.year}.json`)
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(`${file}.${process.pid}.part`, `${JSON.stringify(year, null, 2)}\n`)
    await rename(`${file}.${process.pid}.part`, file)
  } catch (error) {
    return decline('calendar.no_file', { file, ...whyOf(error) }, file)
  }
  return file
}
