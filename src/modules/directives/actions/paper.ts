import { createHash } from 'node:crypto'
import { isDay } from '#kernel/calendar/index.ts'
import { decode, limits, Unreadable } from '#kernel/decode.ts'
import { must, Refusal } from '#kernel/errors.ts'
import type { Read, Upload } from '#kernel/house.ts'
import type { Ctx } from '#kernel/scope.ts'
import { officeOn, outlineOffice } from '#modules/org/index.ts'
import { propose } from '../outline/index.ts'
import type { Holder, Reading } from '../outline/types.ts'
import { type DirectiveKind, type Facts, keepable, mayCome, type Origin, paperTitle, titleOf } from '../rules.ts'
import type { Kept } from '../store/directives.ts'
import type { NewProposal } from '../store/proposals.ts'
import { fresh } from './rows.ts'

/** As many characters as one paper may have. */
const longest = 400_000

export type Given = {
  title?: string
  kind: DirectiveKind
  issuedOn: string
  speakerPost?: string
  origin?: Origin
  sender?: string | null
  number?: string | null
  receivedOn?: string | null
  replyDue?: string | null
  text: string
  source: string
  file: string | null
}
/** A paper that was read and is ready to be kept. */
export type Ready = {
  facts: Facts
  kind: DirectiveKind
  issuedOn: string
  speaker: string | null
  text: string
  hash: string
  characters: number
  source: string
  reading: Reading
  cleaned: number[]
  frame: Kept
  rows: NewProposal[]
}

/** The text of an uploaded file; the reader's refusals of it as this module's. */
export async function decoded(file: Upload): Promise<{ text: string; source: string }> {
  const { text, format, encoding } = await decode(file.bytes, file.name).catch((error: unknown) => {
    if (!(error instanceof Unreadable)) throw error
    throw new Refusal(`directive.${error.code}`, { max: `${error.params.max ?? limits.file / 1024 / 1024} MB` }, [{ at: '/file' }])
  })
  return { text, source: `${file.name.slice(0, 200).toWellFormed()} (${[format, encoding].filter(Boolean).join(', ')})` }
}

/** What a paper may be: some words, no more than it can hold, nothing classified. Refuses with the place it came in by. */
export function readable(text: string, at: string): { text: string; cleaned: number[]; characters: number } {
  const { text: kept, cleaned } = keepable(text)
  if (!/[\p{L}\p{N}]/u.test(kept)) throw new Refusal('directive.empty', {}, [{ at }])
  const characters = Array.from(kept).length
  if (characters > longest) throw new Refusal('directive.too_large', { max: `${longest / 1000},000` }, [{ at }])
  return { text: kept, cleaned, characters }
}

/** Reads a text against the office of its day: slow for a long one, so never inside a transaction. */
export async function readPaper(read: Read, ctx: Ctx, given: Given): Promise<Ready> {
  const at = given.file === null ? '/text' : '/file'
  const { text, cleaned, characters } = readable(given.text, at)
  if (!isDay(given.issuedOn)) throw new Refusal('day.unknown', { day: given.issuedOn }, [{ at: '/issuedOn' }])
  const office = outlineOffice(await read((db) => officeOn(db, ctx.tenant.id, given.issuedOn)))
  const speaker = given.speakerPost === undefined ? null : office.posts.find((post) => post.id === given.speakerPost)
  if (speaker === undefined) throw new Refusal('directive.speaker', { day: given.issuedOn }, [{ at: '/speakerPost' }])
  const source = given.origin && (given.origin === 'own' ? 'own' : 'superior')
  const reading = propose(text, {
    office,
    date: given.issuedOn,
    ...(speaker === null ? {} : { speaker: speaker.name }),
    ...(source ? { source } : {}),
  })
  const { title, issuedOn: _, source: guess, reply: __, ...frame } = reading.frame
  if (frame.secrecy) throw new Refusal('directive.classified', { mark: frame.secrecy }, [{ at }])
  const origin = given.origin ?? (guess === 'superior' ? 'superior' : 'own')
  const cut = (words: string | null, most: number) => (words === null ? null : Array.from(words).slice(0, most).join(''))
  const facts: Facts = {
    title: paperTitle(given.title ?? (title === null || Array.from(title).length > 120 ? undefined : title), text, given.file),
    origin,
    sender: given.sender === undefined ? (origin === 'own' ? null : cut(frame.issuer, 120)) : given.sender,
    number: given.number === undefined ? cut(frame.number, 60) : given.number,
    receivedOn: given.receivedOn === undefined ? (origin === 'own' ? null : ctx.today) : given.receivedOn,
    replyDue: given.replyDue ?? null,
  }
  must(mayCome(facts, ctx.today))
  return {
    facts,
    kind: given.kind,
    issuedOn: given.issuedOn,
    speaker: speaker?.id ?? null,
    text,
    hash: createHash('sha256').update(text).digest('hex'),
    characters,
    source: given.source,
    reading,
    cleaned,
    frame: { ...frame, tables: reading.tables },
    rows: reading.proposals.map((one, i) =>
      fresh({ ...one, title: one.title || titleOf(one.text), holders: speaking(one.holders, speaker) }, text, i + 1),
    ),
  }
}

/** 我 is the post that was named, whatever else in the office is called the same. */
const speaking = (holders: Holder[], post: { id: string; name: string } | null): Holder[] =>
  holders.map((one) =>
    post && one.role === 'speaker' ? { ...one, name: post.name, refs: [{ type: 'post', id: post.id, name: post.name }] } : one,
  )
