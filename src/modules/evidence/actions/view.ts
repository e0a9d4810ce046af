import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { Db } from '#kernel/db.ts'
import { Refusal } from '#kernel/errors.ts'
import type { FileAnswer } from '#kernel/files/index.ts'
import { factsOf } from '#kernel/files/kinds.ts'
import type { House } from '#kernel/house.ts'
import type { Id } from '#kernel/ids.ts'
import type { Ctx } from '#kernel/scope.ts'
import { found } from '#kernel/table.ts'
import { type ActRow, readableActs } from '#modules/acts/index.ts'
import type { evidenceRoutes } from '../contract.ts'
import { evidenceActions, mayAdd, mayRemove, takesMore } from '../rules.ts'
import { correctedBy, type EvidenceRow, evidenceById, evidenceOf, withSameBytes } from '../store.ts'

type Routes = typeof evidenceRoutes
export type Shown = OkOf<Routes['list']>['items'][number]
const alsoAtMost = 3

/** An act as the rules of evidence see it. */
export const asAct = (row: ActRow) => ({ doneBy: row.done_by, recordedBy: row.recorded_by, unit: row.unit_id, state: row.state })

/** The act, if this person may read it; whoever may not is told what one is told of an act that is not there. */
export async function readable(db: Db, ctx: Ctx, act: Id): Promise<ActRow> {
  return found((await readableActs(db, ctx, [act]))[0])
}

/** The same bytes with other acts: by hash, those acts that this person may read. */
async function elsewhere(db: Db, ctx: Ctx, rows: readonly EvidenceRow[]): Promise<(row: EvidenceRow) => Shown['also']> {
  const same = await withSameBytes(db, ctx, [...new Set(rows.filter((row) => row.state === 'kept').map((row) => row.hash))])
  const others = [...new Set(same.map((one) => one.act_id))].filter((act) => rows.some((row) => row.act_id !== act))
  const acts = new Map((others.length > 0 ? await readableActs(db, ctx, others) : []).map((act) => [act.id, act]))
  return (row) =>
    same
      .filter((one) => one.hash === row.hash && one.act_id !== row.act_id && row.state === 'kept')
      .flatMap((one) => acts.get(one.act_id) ?? [])
      .slice(0, alsoAtMost)
      .map((act) => ({ act: act.id, what: [...act.what].slice(0, 60).join(''), happenedOn: act.happened_on }))
}

/** Rows as they are answered: states as known on the day one looks at, what came later marked, what one may do now. */
export async function shown(db: Db, ctx: Ctx, rows: readonly EvidenceRow[], acts: readonly ActRow[]): Promise<Shown[]> {
  const also = await elsewhere(db, ctx, rows)
  const byId = new Map(acts.map((act) => [act.id, asAct(act)]))
  return rows.flatMap((row) => {
    const act = byId.get(row.act_id)
    const later = row.uploaded_at > ctx.knownAt
    const gone = row.state === 'removed'
    // Came and went after the day looked back to.
    if (!act || (later && gone)) return []
    const state = gone && row.moved_at > ctx.knownAt ? 'kept' : row.state
    return {
      id: row.id,
      act: row.act_id,
      name: row.name,
      kind: row.kind,
      size: row.size,
      hash: row.hash,
      takenOn: row.taken_on,
      uploadedAt: row.uploaded_at.toISOString(),
      uploadedBy: { id: row.uploaded_by, name: row.uploaded_by_name },
      state,
      later,
      gone,
      removed: gone ? { by: row.moved_by_name, at: row.moved_at.toISOString(), reason: row.reason ?? '' } : null,
      also: also(row),
      actions: evidenceActions(
        { state, kind: row.kind, later, gone },
        mayRemove(ctx.can, act, row.uploaded_by, ctx.actor.person),
        ctx.lookingBack,
      ),
    }
  })
}

/** The files of an act, and of the entries it corrects: a correction does not lose what was attached before. */
export async function list(db: Db, ctx: Ctx, input: InputOf<Routes['list']>): Promise<OkOf<Routes['list']>> {
  const act = await readable(db, ctx, input.id)
  const line = act.corrects_id === null ? [act] : await readableActs(db, ctx, await correctedBy(db, ctx.tenant.id, act.id))
  const rows = await evidenceOf(
    db,
    ctx.tenant.id,
    line.map((one) => one.id),
  )
  const cap = (key: string) => Number(ctx.rule(`evidence.${key}`).value)
  const adds = !ctx.lookingBack && takesMore(asAct(act)).ok && mayAdd(ctx.can, asAct(act), ctx.actor.person)
  return {
    items: await shown(db, ctx, rows, line),
    caps: { file: cap('file'), act: cap('act'), files: cap('files') },
    actions: adds ? ['add'] : [],
  }
}

async function handOut(db: Db, ctx: Ctx, id: Id, house: House, inline: boolean): Promise<FileAnswer> {
  const row = found(await evidenceById(db, ctx.tenant.id, id))
  await readable(db, ctx, row.act_id)
  if (row.uploaded_at > ctx.knownAt) throw new Refusal('thing.absent')
  if (row.state === 'removed') throw new Refusal('evidence.removed')
  if (inline && !factsOf(row.kind).inline) throw new Refusal('evidence.not_shown')
  const opened = await house.files.open(ctx.tenant.id, row.hash)
  if (!opened) {
    house.log.error({ evidence: row.id, office: ctx.tenant.code }, 'the bytes of a file are not in the storage')
    throw new Refusal('evidence.lost')
  }
  return { name: row.name, kind: row.kind, inline, ...opened }
}

export const show = (db: Db, ctx: Ctx, input: InputOf<Routes['show']>, house: House) => handOut(db, ctx, input.id, house, true)
export const download = (db: Db, ctx: Ctx, input: InputOf<Routes['download']>, house: House) => handOut(db, ctx, input.id, house, false)
