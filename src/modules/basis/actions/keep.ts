import { createHash } from 'node:crypto'
import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { constraintOf, sqlState } from '#kernel/db.ts'
import { decode, limits, Unreadable } from '#kernel/decode.ts'
import { must, Refusal } from '#kernel/errors.ts'
import type { Read, Upload } from '#kernel/house.ts'
import type { Id } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { found, move } from '#kernel/table.ts'
import type { basisRoutes } from '../contract.ts'
import { nameKey, nameKeys, readLaw } from '../reading/index.ts'
import { mayRepeal, placesOf, regulationMoves, wholeOffice } from '../rules.ts'
import type { PreviewView } from '../shapes.ts'
import { insertNodes } from '../store/nodes.ts'
import {
  anyRegulation,
  chain,
  changeFacts,
  changeReason,
  changeRepeal,
  type Facts,
  holdLaw,
  insertRegulation,
  type RegulationRow,
  regulationById,
  sameText,
  shelf,
} from '../store/regulations.ts'
import { restingCount } from '../store/ties.ts'
import { shownRegulation, shownVersion } from './view.ts'

type Routes = typeof basisRoutes
/** As many characters as one text may have. */
const longest = 400_000
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** Line ends and a byte order mark as every text here has them; refused when there is nothing to read or too much. */
function plainText(given: string, at: string): string {
  const text = given.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  if (!/[\p{L}\p{N}]/u.test(text)) throw new Refusal('basis.empty', {}, [{ at }])
  if (text.length > longest) throw new Refusal('basis.too_large', { max: `${longest / 1000},000` }, [{ at }])
  return text
}

export const preview = {
  prepare: async (read: Read, ctx: Ctx, input: InputOf<Routes['preview']>) => {
    ctx.may('basis.keep', wholeOffice)
    const answer = await previewOf(read, ctx, plainText(input.text, '/text'), '')
    return async () => answer
  },
}

export const previewFile = {
  prepare: async (read: Read, ctx: Ctx, input: InputOf<Routes['previewFile']> & { file: Upload }) => {
    ctx.may('basis.keep', wholeOffice)
    const { text, format, encoding } = await decode(input.file.bytes, input.file.name).catch(refusedFile)
    const source = `${input.file.name.slice(0, 200).toWellFormed()} (${[...new Set([format, encoding])].join(', ')})`
    const answer = await previewOf(read, ctx, plainText(text, '/file'), source)
    return async () => answer
  },
}

function refusedFile(error: unknown): never {
  if (!(error instanceof Unreadable)) throw error
  throw new Refusal(`basis.${error.code}`, { max: `${error.params.max ?? limits.file / 1024 / 1024} MB` }, [{ at: '/file' }])
}

/** What was read, and what the library has of it already. */
async function previewOf(read: Read, ctx: Ctx, text: string, source: string): Promise<PreviewView> {
  const { title, facts, nodes, problems } = readLaw(text)
  const { books, same } = await read(async (db) => ({ books: await shelf(db, ctx), same: await sameText(db, ctx.tenant.id, hashOf(text)) }))
  const key = nameKey(title)
  const named = Map.groupBy(
    books.filter(({ names }) => names.includes(key)),
    ({ law }) => law,
  )
  const count = (kind: string) => nodes.filter((node) => node.kind === kind).length
  const twin = books.find(({ id }) => id === same)
  return {
    ...{ title: title.slice(0, 200).toWellFormed(), facts, nodes, problems, text, source },
    counts: { chapters: count('chapter'), articles: count('article'), paragraphs: count('paragraph'), items: count('item') },
    same: twin ? shownVersion(ctx, twin) : null,
    laws: [...named].map(([law, versions]) => ({
      law,
      title: versions.at(-1)?.title ?? '',
      versions: versions.map((one) => shownVersion(ctx, one)),
    })),
  }
}

const factsIn = ({ title, aliases, issuer, document, kind, level, passed, since }: Omit<Facts, 'names'>): Facts => {
  if (passed !== null && passed > since) throw new Refusal('basis.passed_after', { passed, since }, [{ at: '/since' }])
  return { title, aliases, names: nameKeys(title, aliases), issuer, document, kind, level, passed, since }
}

/** Reads the text and answers what writes it whole, into the chain of its law by the day it came into force. */
function taken(ctx: Ctx, input: InputOf<Routes['keep']>): (tx: Tx) => Promise<OkOf<Routes['keep']>> {
  ctx.may('basis.keep', wholeOffice)
  const text = plainText(input.text, '/text')
  const facts = factsIn(input)
  const { nodes, problems } = readLaw(text)
  const places = placesOf(nodes)
  const rows = nodes.map((node, i) => ({
    ...node,
    body: text.slice(node.words, node.kind === 'article' ? node.end : node.own).trim(),
    place: places[i] ?? null,
  }))
  const hash = hashOf(text)
  const articles = nodes.filter(({ kind }) => kind === 'article').length
  return async (tx) => {
    const law = input.versionOf
    if (law !== null && !(await holdLaw(tx, ctx.tenant.id, law))) throw new Refusal('basis.absent_law', {}, [{ at: '/versionOf' }])
    const twin = await sameText(tx, ctx.tenant.id, hash)
    if (twin) await refuseSame(tx, ctx, twin)
    const given = { ...facts, law, text, hash, articles, source: input.source ?? '', problems }
    const id = await insertRegulation(tx, ctx, personOf(ctx), given).catch((error) => refusedVersion(error, facts))
    await insertNodes(tx, ctx.tenant.id, id, rows)
    await chain(tx, ctx.tenant.id, law ?? id)
    await append(tx, ctx, 'regulation.kept', { id }, { title: facts.title, since: facts.since, hash, law: law ?? id })
    return shownRegulation(ctx, found(await regulationById(tx, ctx, id)))
  }
}

/** Takes a text into the library: read outside of the transaction. */
export const keep = { prepare: async (_read: Read, ctx: Ctx, input: InputOf<Routes['keep']>) => taken(ctx, input) }

/** The same within a transaction that is open already; for those who take in several things at once. */
export const keepLaw = (tx: Tx, ctx: Ctx, input: InputOf<Routes['keep']>): Promise<OkOf<Routes['keep']>> => taken(ctx, input)(tx)

async function refuseSame(db: Db, ctx: Ctx, id: Id): Promise<never> {
  const { title, since } = found(await regulationById(db, ctx, id))
  throw new Refusal('basis.same', { title, since }, [{ at: '/text' }])
}

/** Two versions of one law cannot begin on one day, nor one text stand twice, whoever was first. */
function refusedVersion(error: unknown, { title, since }: Facts): never {
  const constraint = sqlState(error) === '23505' ? constraintOf(error) : null
  if (constraint === 'regulation_version') throw new Refusal('basis.same_since', { title, since }, [{ at: '/since' }])
  if (constraint === 'regulation_text') throw new Refusal('basis.same', { title, since }, [{ at: '/text' }])
  throw error
}

/** The version, its law locked, for a change; refused to whoever does not keep the library. */
async function held(tx: Tx, ctx: Ctx, id: Id): Promise<RegulationRow> {
  ctx.may('basis.keep', wholeOffice)
  const { law } = found(await regulationById(tx, ctx, id))
  await holdLaw(tx, ctx.tenant.id, law)
  return found(await regulationById(tx, ctx, id))
}

export async function correct(tx: Tx, ctx: Ctx, input: InputOf<Routes['correct']>): Promise<OkOf<Routes['correct']>> {
  const row = await held(tx, ctx, input.id)
  const facts = factsIn(input)
  await move(tx, ctx, regulationMoves, row, 'correct')
  await changeFacts(tx, ctx.tenant.id, row.id, facts).catch((error) => refusedVersion(error, facts))
  await chain(tx, ctx.tenant.id, row.law)
  const { names: _, ...said } = facts
  await append(tx, ctx, 'regulation.corrected', row, said)
  return shownRegulation(ctx, found(await regulationById(tx, ctx, row.id)))
}

export async function repeal(tx: Tx, ctx: Ctx, input: InputOf<Routes['repeal']>): Promise<OkOf<Routes['repeal']>> {
  const row = await held(tx, ctx, input.id)
  const versions = (await shelf(tx, ctx)).filter(({ law }) => law === row.law)
  must(mayRepeal({ ...row, replacedBy: versions.at(-1)?.id !== row.id }, input.on))
  await move(tx, ctx, regulationMoves, row, 'repeal')
  await changeRepeal(tx, ctx.tenant.id, row.id, input.on, input.reason)
  await chain(tx, ctx.tenant.id, row.law)
  await append(tx, ctx, 'regulation.repealed', row, { on: input.on, reason: input.reason })
  return shownRegulation(ctx, found(await regulationById(tx, ctx, row.id)))
}

export async function restore(tx: Tx, ctx: Ctx, input: { id: Id }): Promise<OkOf<Routes['restore']>> {
  const row = await held(tx, ctx, input.id)
  await move(tx, ctx, regulationMoves, row, 'restore')
  await changeRepeal(tx, ctx.tenant.id, row.id, null, null)
  await chain(tx, ctx.tenant.id, row.law)
  await append(tx, ctx, 'regulation.restored', row)
  return shownRegulation(ctx, found(await regulationById(tx, ctx, row.id)))
}

/** Withdraws what was taken in by mistake, unless duties rest on it: the version before it is in force again until the next. */
export async function withdraw(tx: Tx, ctx: Ctx, input: InputOf<Routes['withdraw']>): Promise<OkOf<Routes['withdraw']>> {
  const row = await held(tx, ctx, input.id)
  const { count, title } = await restingCount(tx, ctx.tenant.id, row.id)
  if (count > 0) throw new Refusal('basis.rested_on', { count, title })
  await move(tx, ctx, regulationMoves, row, 'withdraw')
  await changeReason(tx, ctx.tenant.id, row.id, input.reason)
  await chain(tx, ctx.tenant.id, row.law)
  await append(tx, ctx, 'regulation.withdrawn', row, { reason: input.reason })
  return shownRegulation(ctx, found(await anyRegulation(tx, ctx.tenant.id, row.id)))
}
