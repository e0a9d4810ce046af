import { createHash } from 'node:crypto'
import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { Tx } from '#kernel/db.ts'
import { decode, limits, Unreadable } from '#kernel/decode.ts'
import { must, Refusal } from '#kernel/errors.ts'
import type { Upload } from '#kernel/house.ts'
import { newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { officeOn, outlineOffice } from '#modules/org/index.ts'
import type { directiveRoutes } from '../contract.ts'
import { propose } from '../outline/index.ts'
import type { Holder } from '../outline/types.ts'
import { type DirectiveKind, keepable, mayUpload, paperTitle, titleOf } from '../rules.ts'
import { insertDirective, insertProposals, keepEvents } from '../store.ts'
import { changeable, fresh } from './rows.ts'
import { summary } from './view.ts'

/** As many characters as one paper may have. */
const longest = 400_000

type Paper = {
  title?: string
  kind: DirectiveKind
  issuedOn: string
  speakerPost?: string
  text: string
  source: string
  file: string | null
}

export const add = (tx: Tx, ctx: Ctx, input: InputOf<typeof directiveRoutes.add>): Promise<OkOf<typeof directiveRoutes.add>> =>
  take(tx, ctx, { ...input, source: 'paste', file: null })

export async function upload(
  tx: Tx,
  ctx: Ctx,
  input: InputOf<typeof directiveRoutes.upload> & { file: Upload },
): Promise<OkOf<typeof directiveRoutes.upload>> {
  must(mayUpload(input))
  const { text, format, encoding } = await decode(input.file.bytes, input.file.name).catch(refusedFile)
  const source = `${input.file.name.slice(0, 200).toWellFormed()} (${[format, encoding].filter(Boolean).join(', ')})`
  return take(tx, ctx, { ...input, speakerPost: input.speakerPost || undefined, text, source, file: input.file.name })
}

/** The reader's refusals of a file, as this module's. */
function refusedFile(error: unknown): never {
  if (!(error instanceof Unreadable)) throw error
  throw new Refusal(`directive.${error.code}`, { max: `${error.params.max ?? limits.file / 1024 / 1024} MB` }, [{ at: '/file' }])
}

/** Reads the text against the office of its day and keeps it with everything proposed. */
async function take(tx: Tx, ctx: Ctx, given: Paper): Promise<OkOf<typeof directiveRoutes.add>> {
  const by = personOf(ctx)
  const place = given.file === null ? '/text' : '/file'
  const { text, cleaned } = keepable(given.text)
  if (!/[\p{L}\p{N}]/u.test(text)) throw new Refusal('directive.empty', {}, [{ at: place }])
  const characters = Array.from(text).length
  if (characters > longest) throw new Refusal('directive.too_large', { max: `${longest / 1000},000` }, [{ at: place }])
  const office = outlineOffice(await officeOn(tx, ctx.tenant.id, given.issuedOn))
  const speaker = given.speakerPost === undefined ? null : office.posts.find((post) => post.id === given.speakerPost)
  if (speaker === undefined) throw new Refusal('directive.speaker', { day: given.issuedOn }, [{ at: '/speakerPost' }])
  const reading = propose(text, { office, date: given.issuedOn, ...(speaker === null ? {} : { speaker: speaker.name }) })
  const id = newId()
  await insertDirective(tx, ctx, by, {
    id,
    title: paperTitle(given.title, text, given.file),
    kind: given.kind,
    issued_on: given.issuedOn,
    speaker_post_id: speaker?.id ?? null,
    body: text,
    body_hash: createHash('sha256').update(text).digest('hex'),
    characters,
    source: given.source,
    outline: reading.sections,
    problems: [...reading.problems, ...cleaned.map((at) => ({ code: 'text.cleaned', start: at, end: at + 1 }))],
  })
  const rows = reading.proposals.map((one, i) =>
    fresh({ ...one, title: one.title || titleOf(one.text), holders: speaking(one.holders, speaker) }, text, i + 1),
  )
  await insertProposals(tx, ctx, id, rows)
  await keepEvents(tx, ctx, id, [
    { thing: id, verb: 'add', actor: by, after: { state: 'reading' } },
    ...rows.map((row) => ({ thing: row.id, verb: 'read' as const, actor: null, after: changeable(row) })),
  ])
  await append(tx, ctx, 'directive.added', { id }, { kind: given.kind, proposals: rows.map((row) => row.id) })
  return summary(tx, ctx, id)
}

/** 我 is the post that was named, whatever else in the office is called the same. */
const speaking = (holders: Holder[], post: { id: string; name: string } | null): Holder[] =>
  holders.map((one) =>
    post && one.role === 'speaker' ? { ...one, name: post.name, refs: [{ type: 'post', id: post.id, name: post.name }] } : one,
  )
