import { instantAtEndOfDay } from '#kernel/calendar/index.ts'
import type { InputOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import type { FileAnswer } from '#kernel/files/index.ts'
import type { Ctx } from '#kernel/scope.ts'
import { writeSheets } from '#kernel/sheets/index.ts'
import type { traceRoutes } from '../contract.ts'
import { tracePages } from '../pages.ts'
import type { Subject } from '../rules.ts'
import { cause, directive, unit } from './down.ts'
import { act, duty, obligation, person, type TraceOk } from './from.ts'
import { say } from './say.ts'

type Input = InputOf<typeof traceRoutes.file>
type From = (db: Db, ctx: Ctx, input: { id: string; start?: number }) => Promise<TraceOk>
const from: Record<Subject, From> = { obligation, duty, act, person, directive, unit, cause }

/** The same context on another day. Refused as a page's day is: `asof.future` at /beside. */
function on(ctx: Ctx, day: string): Ctx {
  if (day > ctx.today) throw new Refusal('asof.future', { day }, [{ at: '/beside' }])
  const lookingBack = day < ctx.today
  return { ...ctx, day, lookingBack, knownAt: lookingBack ? instantAtEndOfDay(day, ctx.tenant.zone) : ctx.now }
}

/** The trace as .xlsx, with another day beside it where one is given. Refused as the trace is, on either day. */
export async function file(db: Db, ctx: Ctx, input: Input): Promise<FileAnswer> {
  const trace = from[input.kind ?? 'obligation']
  const asked = { id: input.id, ...(input.start === undefined ? {} : { start: input.start }) }
  const own = await trace(db, ctx, asked)
  const other = input.beside === undefined || input.beside === ctx.day ? null : await trace(db, on(ctx, input.beside), asked)
  const body = await writeSheets(tracePages(own, other, ctx.tenant.name, ctx.lang))
  const name = say(ctx, `倒查 ${own.subject.title.slice(0, 30)} ${own.day}.xlsx`, `Trace ${own.subject.title.slice(0, 30)} ${own.day}.xlsx`)
  return { name, kind: 'xlsx', body, size: body.byteLength }
}
