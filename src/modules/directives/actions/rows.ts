import { newId } from '#kernel/ids.ts'
import type { Proposal } from '../outline/types.ts'
import type { Changeable, NewProposal } from '../store/proposals.ts'

/** A proposal as read becomes a row, open and not yet touched by anyone. */
export const fresh = (one: Proposal, text: string, seq: number): NewProposal => ({
  id: newId(),
  seq,
  type: one.type,
  start: one.start,
  end: one.end,
  title: Array.from(one.title).slice(0, 120).join(''),
  body: text.slice(one.start, one.end),
  holders: one.holders,
  assigned: null,
  kind: one.kind,
  polarity: one.polarity,
  cadence: one.cadence,
  due: one.due,
  measure: one.measure,
  tail: one.tail,
  why: one.why,
  confidence: Math.round(Math.min(1, Math.max(0, one.confidence)) * 100),
  state: 'open',
  reason: null,
  into: null,
  made: null,
  recorded_by: null,
})

/** What of a proposal an event keeps. */
export const changeable = ({
  state,
  title,
  assigned,
  kind,
  polarity,
  cadence,
  due,
  measure,
  reason,
  into,
  made,
}: Changeable): Changeable => ({
  ...{ state, title, assigned, kind, polarity, cadence, due, measure, reason, into, made },
})
