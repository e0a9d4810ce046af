import type { Said } from './assign.ts'
import type { Paper } from './judge.ts'
import type { Mode } from './runs.ts'
import type { Node, Outlined } from './sections.ts'
import type { Holder, Office, Proposal } from './types.ts'

/**
 * `speaker` is the id or name of the post that speaks as 我 (whoever has the role 第一责任人 when not given). `source` says whose paper it is where it cannot be
 * told from its addressees: in a superior's, those it addresses are this office.
 */
export type Options = { office?: Office; date?: string; speaker?: string; source?: 'own' | 'superior' }

export type Line = { from: number; to: number }
/** What is known while one paper is read. `leads` says what the prose before a list makes of its items. */
export type State = {
  paper: Paper
  o: Outlined
  office: Office | null
  date: string | null
  body: string
  speaker: string | undefined
  /** How a superior's paper calls those it speaks to: this office among them. */
  addressed: RegExp | null
  leads: Map<Node | null, Mode>
  /** How many proposals there were when the first leaf under a heading was reached. */
  from: Map<Node | null, number>
  /** Whom the prose before a list names (党组要…，一是…；综合科负责以下工作：): its items are theirs until one names another. */
  led: Map<Node | null, Holder[]>
  /** Nodes in which labels of who and when were read, and what headings said of everything below them. */
  tailed: Set<Node>
  headed: Map<Node, Said>
  out: Proposal[]
  commanding: number
  issuer: Holder | null
  /** What sentences are under no telling heading. */
  usual: Mode
}

/** Whom an order without a subject falls to: from the sentence before, or from the heading. */
export type Carry = { holders: Holder[] | null; heading: Holder[] | null }
