import { type ActKind, dayOnly, kindIn } from './kinds.ts'
import { type DayAsk, readWhen, type Span } from './when.ts'
import { type Ground, type NameAsk, readWho, type Who } from './who.ts'

/** Reads one line of plain words: when, what kind, who with which part, how many, and what has to be asked. Server, command line and browser share it. */

export type Piece = Span & { is: 'day' | 'time' | 'person' | 'part' | 'count' | 'text' }
export type Reading = {
  line: string
  day: string | null
  beganOn: string | null
  dayNamed: boolean
  time: string | null
  part: ReturnType<typeof readWhen>['part']
  kind: ActKind
  /** The word that named the kind. */
  kindSaid: string | null
  people: Who['people']
  units: Who['units']
  count: number | null
  /** What is kept as the text of the act: the line but for the day and the hour at its edges. */
  what: string
  asks: { day: DayAsk | null; names: NameAsk[] }
  /** The line in pieces, without a gap: together they are the line. */
  pieces: Piece[]
}

/** Tiles a line: each mark covers what no mark before it has covered, and the rest is text. */
function tiled(line: string, marks: readonly (readonly [Piece['is'], readonly Span[]])[]): Piece[] {
  const is: Piece['is'][] = Array.from({ length: line.length }, () => 'text')
  const starts = new Set<number>()
  for (const [name, spans] of marks)
    for (const { start, end } of spans)
      for (let at = start; at < end; at += 1)
        if (is[at] === 'text') {
          is[at] = name
          if (at === start) starts.add(at)
        }
  const pieces: Piece[] = []
  for (let at = 0; at < line.length; at += 1) {
    const last = pieces.at(-1)
    if (last && last.is === is[at] && !starts.has(at)) last.end = at + 1
    else pieces.push({ start: at, end: at + 1, is: is[at] ?? 'text' })
  }
  return pieces
}

/** `officeOn` gives the office of a day: names are read as of the day it happened. */
export function readLine(line: string, today: string, officeOn: (day: string) => Ground): Reading {
  const when = readWhen(line, today)
  const who = readWho(line, officeOn(when.day ?? today))
  const { kind, said } = kindIn(when.what)
  return {
    line,
    day: when.day,
    beganOn: when.beganOn,
    dayNamed: when.dayNamed,
    time: dayOnly(kind) ? null : when.time,
    part: when.part,
    kind,
    kindSaid: said,
    people: who.people,
    units: who.units,
    count: who.count,
    what: when.what,
    asks: { day: when.ask, names: who.asks },
    pieces: tiled(line, [
      ['day', when.days],
      ['time', when.times],
      ['person', who.names],
      ['part', who.parts],
      ['count', who.counts],
    ]),
  }
}
