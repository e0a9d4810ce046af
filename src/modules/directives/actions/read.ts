import { addMonths } from '#kernel/calendar/index.ts'
import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import type { directiveRoutes } from '../contract.ts'
import type { Section } from '../outline/types.ts'
import { sinceOf } from '../rules.ts'
import { type Kept, pageOfDirectives, paperById } from '../store/directives.ts'
import { lightsOf } from '../store/proposals.ts'
import { type Sentence, sentenceIn } from './sentences.ts'
import { shownDirective, shownProposals, summary } from './view.ts'

export async function list(db: Db, ctx: Ctx, input: InputOf<typeof directiveRoutes.list>): Promise<OkOf<typeof directiveRoutes.list>> {
  const page = await pageOfDirectives(db, ctx, input, (row) => row)
  const lights = await lightsOf(
    db,
    ctx.tenant.id,
    page.items.map((row) => row.id),
    ctx.lookingBack ? ctx.knownAt : null,
  )
  const own = Map.groupBy(lights, (one) => one.directive)
  return { items: page.items.map((row) => shownDirective(ctx, row, own.get(row.id) ?? [])), next: page.next }
}

export async function read(db: Db, ctx: Ctx, input: InputOf<typeof directiveRoutes.read>): Promise<OkOf<typeof directiveRoutes.read>> {
  const directive = await summary(db, ctx, input.id)
  const [paper, proposals] = await Promise.all([paperById(db, ctx.tenant.id, input.id), shownProposals(db, ctx, input.id)])
  const { text, outline, problems, frame } = found(paper)
  return {
    directive,
    text,
    sections: flat(outline, 0),
    problems,
    frame: frame && frameShown(frame),
    tables: frame?.tables ?? [],
    proposals,
    since: sinceOf(directive.issuedOn, ctx.today, addMonths(ctx.today, -1)),
  }
}

const frameShown = ({ tables: _, secrecy: __, ...shown }: Kept) => shown

const flat = (sections: readonly Section[], depth: number): OkOf<typeof directiveRoutes.read>['sections'] =>
  sections.flatMap(({ marker, level, title, start, end, children }) => [
    { marker, level, depth, title, start, end },
    ...flat(children, depth + 1),
  ])

/**
 * A stretch of a directive with the headings above it, outermost first: what a trace shows as the basis. Offsets are UTF-16 code units.
 * Refuses `thing.absent` when there is no such directive.
 */
export async function sentenceOf(db: Db, tenant: Id, directive: Id, start: number, end: number): Promise<Sentence> {
  return sentenceIn(found(await paperById(db, tenant, directive)), start, end)
}
