import { isDay } from '#kernel/calendar/days.ts'

/** Days and months as rosters write them. */

/** `day` is null where only the month is said. `unclear`: not readable as a date, or only a year. `impossible`: month 13, 30 February. */
export type Dated = { year: number; month: number; day: number | null } | 'impossible' | 'unclear'

const numerals: Record<string, string> = {
  〇: '0',
  零: '0',
  '○': '0',
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
}

/** 二〇二四年十二月三日 → 2024年12月3日. */
const arabic = (text: string): string =>
  text
    .replace(
      /([一二三四五六七八九]?)十([一二三四五六七八九]?)(?=[月日号])/g,
      (_, tens: string, ones: string) => `${tens ? numerals[tens] : '1'}${ones ? numerals[ones] : '0'}`,
    )
    .replace(/[〇零○一二三四五六七八九]/g, (c) => numerals[c] ?? c)

const shapes = [
  /^(\d{4})年(\d{1,2})月(?:(\d{1,2})[日号]?)?$/,
  /^(\d{4})([.\-/])(\d{1,2})(?:\2(\d{1,2}))?$/,
  /^(\d{4})(\d{2})(\d{2})?$/,
] as const

/** Day zero of spreadsheets' serial numbers. */
const serialZero = Date.UTC(1899, 11, 30)

/** 1975.06, 1975-6, 1975年6月, 2024年3月5日, 197506, 20240305, 1975-06-01 00:00, a spreadsheet's serial number; a trailing 起 or 至今 is passed over. */
export function dated(text: string): Dated {
  const plain = arabic(
    text
      .normalize('NFKC')
      .replace(/\s+\d{1,2}:\d{2}(?::\d{2})?$/, '')
      .replace(/\s+/g, ''),
  )
    .replace(/[。．·、]/g, '.')
    .replace(/[—–~－至到]+(?:今)?$|起$|任$|始$/, '')
    .replace(/[.\-/]$/, '')
  if (/^\d{5}$/.test(plain)) return ofSerial(Number(plain))
  const [han, dotted, solid] = shapes.map((shape) => shape.exec(plain))
  if (han) return checked(han[1], han[2], han[3])
  if (dotted) return checked(dotted[1], dotted[3], dotted[4])
  if (solid) return checked(solid[1], solid[2], solid[3])
  return 'unclear'
}

function ofSerial(serial: number): Dated {
  const [year = 0, month = 0, day = 0] = new Date(serialZero + serial * 86_400_000).toISOString().slice(0, 10).split('-').map(Number)
  return year < 1927 || year > 2064 ? 'unclear' : { year, month, day }
}

function checked(yearText = '', monthText = '', dayText?: string): Dated {
  const [year, month, day] = [Number(yearText), Number(monthText), dayText === undefined ? null : Number(dayText)]
  if (year < 1900 || year > 2100 || month < 1 || month > 12) return 'impossible'
  return isDay(dayOf({ year, month, day })) ? { year, month, day } : 'impossible'
}

const two = (n: number) => String(n).padStart(2, '0')
type Read = { year: number; month: number; day: number | null }
/** `YYYY-MM-DD`; a month begins on its first day. */
export const dayOf = ({ year, month, day }: Read): string => `${year}-${two(month)}-${two(day ?? 1)}`
export const monthOf = ({ year, month }: Read): string => `${year}-${two(month)}`

/** The month of birth in an 18-digit identity number, or null. Nothing else of the number is looked at. */
export function bornFrom(idNumber: string): string | null {
  const digits = /^\d{6}(\d{4})(\d{2})\d{2}\d{3}[\dXx]$/.exec(idNumber.normalize('NFKC').replace(/\s+/g, ''))
  return digits && Number(digits[2]) >= 1 && Number(digits[2]) <= 12 ? `${digits[1]}-${digits[2]}` : null
}
