import type { InputOf, OkOf } from '#kernel/contract.ts'
import type { Tx } from '#kernel/db.ts'
import { must } from '#kernel/errors.ts'
import type { Read, Upload } from '#kernel/house.ts'
import { newId } from '#kernel/ids.ts'
import { append } from '#kernel/ledger.ts'
import { type Ctx, personOf } from '#kernel/scope.ts'
import { officeOn, outlineOffice } from '#modules/org/index.ts'
import type { directiveRoutes } from '../contract.ts'
import { propose } from '../outline/index.ts'
import { kindOfPaper, mayUpload, type Origin } from '../rules.ts'
import { insertDirective } from '../store/directives.ts'
import { keepEvents } from '../store/events.ts'
import { insertProposals } from '../store/proposals.ts'
import { decoded, type Ready, readable, readPaper } from './paper.ts'
import { oweReply } from './reply.ts'
import { changeable } from './rows.ts'
import { summary } from './view.ts'

type Pasted = InputOf<typeof directiveRoutes.add>
type Uploaded = InputOf<typeof directiveRoutes.upload> & { file: Upload }
type Answer = Promise<OkOf<typeof directiveRoutes.add>>

/** Reading comes before the transaction, keeping within it. */
export const prepareAdd = async (read: Read, ctx: Ctx, input: Pasted): Promise<(tx: Tx) => Answer> => {
  const ready = await readPaper(read, ctx, { ...input, source: 'paste', file: null })
  return (tx) => keep(tx, ctx, ready)
}

/** Pasting in one go, for whoever has a transaction open already. */
export const add = async (tx: Tx, ctx: Ctx, input: Pasted): Answer => (await prepareAdd((fn) => fn(tx), ctx, input))(tx)

const orNull = (words: string | undefined) => (words === undefined ? undefined : words.trim() === '' ? null : words.trim())

export const prepareUpload = async (read: Read, ctx: Ctx, input: Uploaded): Promise<(tx: Tx) => Answer> => {
  must(mayUpload(input))
  const { file, speakerPost, origin, sender, number, receivedOn, replyDue, ...fields } = input
  const ready = await readPaper(read, ctx, {
    ...fields,
    ...(await decoded(file)),
    ...(origin ? { origin: origin as Origin } : {}),
    ...(speakerPost ? { speakerPost } : {}),
    sender: orNull(sender),
    number: orNull(number),
    receivedOn: orNull(receivedOn),
    replyDue: orNull(replyDue),
    file: file.name,
  })
  return (tx) => keep(tx, ctx, ready)
}

/** Keeps a paper with everything proposed; an answer that is owed comes last, with its tally. */
async function keep(tx: Tx, ctx: Ctx, ready: Ready): Answer {
  const by = personOf(ctx)
  const { facts, rows, reading } = ready
  const id = newId()
  const problems = [...reading.problems, ...ready.cleaned.map((at) => ({ code: 'text.cleaned', start: at, end: at + 1 }))]
  const paper = {
    id,
    kind: ready.kind,
    issued_on: ready.issuedOn,
    speaker_post_id: ready.speaker,
    source: ready.source,
    frame: ready.frame,
  }
  const text = { body: ready.text, body_hash: ready.hash, characters: ready.characters, outline: reading.sections, problems }
  await insertDirective(tx, ctx, by, { ...paper, ...text, title: facts.title }, facts)
  await insertProposals(tx, ctx, id, rows)
  await keepEvents(tx, ctx, id, [
    { thing: id, verb: 'add', actor: by, after: { state: 'reading', facts } },
    ...rows.map((row) => ({ thing: row.id, verb: 'read' as const, actor: null, after: changeable(row) })),
  ])
  await append(tx, ctx, 'directive.added', { id }, { kind: ready.kind, origin: facts.origin, proposals: rows.map((row) => row.id) })
  const answer = await summary(tx, ctx, id)
  await oweReply(tx, ctx, id, facts)
  return answer
}

type Looked = InputOf<typeof directiveRoutes.look> & { file: Upload }

/** What a file says about itself. Nothing is kept, so the transaction has nothing to do. */
export async function prepareLook(read: Read, ctx: Ctx, input: Looked): Promise<() => Promise<OkOf<typeof directiveRoutes.look>>> {
  const { text, characters } = readable((await decoded(input.file)).text, '/file')
  const office = outlineOffice(await read((db) => officeOn(db, ctx.tenant.id, ctx.today)))
  const { frame, proposals, tables } = propose(text, { office })
  const { title, number, issuer, issuedOn, addressees, meeting, secrecy } = frame
  const looked = {
    ...{ title, number, issuer, issuedOn, addressees, meeting, secrecy, characters, tables },
    kind: kindOfPaper(title ?? '', meeting !== null),
    origin: frame.source === 'superior' ? ('superior' as const) : ('own' as const),
    replyDue: frame.reply?.day ?? null,
    attachments: frame.attachments.map((one) => one.title),
    commands: proposals.filter((one) => one.type === 'duty').length,
    problems: proposals.filter((one) => one.type === 'finding').length,
  }
  return async () => looked
}
