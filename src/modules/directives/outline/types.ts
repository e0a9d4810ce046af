/** One node of the outline. Offsets are UTF-16 code units into the decoded text; `marker` is null for prose between headings, whose level is 0. */
export type Section = { marker: string | null; level: number; title: string; start: number; end: number; children: Section[] }

/** Something about the paper itself that a clerk should look at. Nothing is lost because of it. */
export type Problem = {
  code: 'numbering.missing' | 'numbering.repeated' | 'numbering.backwards' | 'marker.mixed_width' | 'outline.no_marker'
  start: number
  end: number
  expected?: string
  found?: string
}

export type OfficeUnit = { id: string; name: string; aliases: string[]; line: 'administrative' | 'party' | 'supervision'; kind: string }
export type OfficePost = { id: string; unitId: string; name: string; aliases: string[]; roles: string[] }
/** The office as far as reading needs it: what is called how. */
export type Office = { units: OfficeUnit[]; posts: OfficePost[] }

export type HolderRef = { type: 'unit' | 'post'; id: string; name: string }
export type HolderRole = 'unit' | 'units' | 'post' | 'body' | 'speaker' | 'everyone' | 'implied' | 'person' | 'unknown'
/** Who answers: `text` as written (empty where nothing is written), `name` as the office calls it, `inherited` where an earlier sentence named it. */
export type Holder = { text: string; name: string; role: HolderRole; refs: HolderRef[]; inherited?: boolean }

export type DutyKind = 'principal' | 'first' | 'dual' | 'supervision' | 'branch' | 'task'
/** `rrule` is RFC 5545 text, or null where the cadence has no fixed period (定期, 经常). */
export type Cadence = { text: string; rrule: string | null }
/** `day` is YYYY-MM-DD where it can be told; `span` is the calendar's notation: 15wd, 14d, 1m. */
export type Due = { text: string; day: string | null; span: string | null }
/** The words that led to the judgement, with their place. */
export type Why = { rule: string; words: string; start: number; end: number }

/**
 * What stands beside a duty about who else has a part in it: a bracketed tail, lines of labels below it, or the other cells of its row. `start` and `end` are the
 * place of those words; who leads is the proposal's holder. `persons` are those named as 责任人, `leaders` those named as 责任领导.
 */
export type Tail = { start: number; end: number; help: Holder[]; leaders: Holder[]; persons: Holder[] }

export type Proposal = {
  type: 'duty' | 'finding'
  text: string
  start: number
  end: number
  title: string
  holders: Holder[]
  kind: DutyKind
  polarity: 'positive' | 'negative'
  cadence: Cadence | null
  due: Due | null
  measure: string | null
  tail: Tail | null
  why: Why[]
  confidence: number
}

/** Commanding sentences, by what became of them; nothing is decided yet when a paper has just been read. */
export type Coverage = { commanding: number; carried: number; aside: number; open: number }
/** A line of the frame of a paper, by what it is. Offsets as everywhere. */
export type FramePart = {
  role: 'title' | 'letterhead' | 'number' | 'addressees' | 'meta' | 'attachments' | 'signature' | 'copies' | 'imprint' | 'page'
  start: number
  end: number
}
/**
 * What stands round the text (文号, 落款, 主送, 附件, 抄送 …): none of it commands. `source` says whose paper it looks like, `meeting` whose minutes they are,
 * `reply` by when an answer is asked for. All of it is a guess for a form to be filled in with, null where nothing tells.
 */
export type Frame = {
  title: string | null
  number: string | null
  issuer: string | null
  issuedOn: string | null
  signer: string | null
  urgency: string | null
  secrecy: string | null
  addressees: string[]
  copies: string[]
  attachments: { title: string; start: number; end: number }[]
  meeting: string | null
  source: 'own' | 'superior' | null
  reply: { day: string; text: string; start: number; end: number } | null
  parts: FramePart[]
}
/** A table of the text: its columns as they were understood (`field` null where they were not), and where it stands. */
export type TableRead = { start: number; end: number; rows: number; columns: { header: string; field: string | null }[] }

export type Reading = {
  sections: Section[]
  proposals: Proposal[]
  coverage: Coverage
  problems: Problem[]
  frame: Frame
  tables: TableRead[]
}
