import { fill } from '#kernel/errors.ts'
import { sayCadence } from '#modules/duties/cadence.ts'
import type { Difference, Item } from './difference.ts'
import type { PledgeKind } from './rules.ts'
import type { PaperOk } from './shapes.ts'

/** The text of a pledge from its parts. Pure. */

/** Somebody as a paper names them, with what they answer for: in the printed order of their list. */
export type Holder = { id: string; name: string; unit: string; posts: string[] }
export type Words = { title: string; opening: string; closing: string }
type Frame = { kind: PledgeKind; year: number; office: string; day: string; holder: Holder; superior: Holder | null; words: Words }

type Duty = {
  id: string
  title: string
  body: string
  measure: string | null
  kind: string
  polarity: 'positive' | 'negative'
  rrule: string | null
  due: string | null
  directive: string | null
}
/** A duty as it is signed; `cited`: the articles it was tied to. */
export const itemOf = (duty: Duty, cited: readonly string[]): Item => ({
  duty: duty.id,
  title: duty.title,
  body: duty.body === duty.title ? '' : duty.body,
  measure: duty.measure,
  kind: duty.kind,
  polarity: duty.polarity,
  when: sayCadence(duty.rrule, duty.due, 'zh-CN'),
  basis: [...(duty.directive ? [`《${duty.directive}》`] : []), ...cited],
})

const posts = (of: Holder | null) => of?.posts.join('、') ?? ''
const filled = ({ year, office, holder, superior }: Pick<Frame, 'year' | 'office' | 'holder' | 'superior'>, text: string) =>
  fill(text, {
    ...{ year, office, holder: holder.name, holderUnit: holder.unit, holderPosts: posts(holder) },
    ...{ superior: superior?.name ?? '', superiorPosts: posts(superior) },
  })

const framed = (frame: Frame) => ({
  v: 1,
  kind: frame.kind,
  year: frame.year,
  title: filled(frame, frame.words.title),
  office: frame.office,
  day: frame.day,
  holder: frame.holder,
  superior: frame.superior,
  opening: filled(frame, frame.words.opening),
  closing: filled(frame, frame.words.closing),
})

/** A pledge: the office's sentences around the list as it stands. */
export const paperOf = (frame: Frame, items: Item[]): PaperOk => ({
  ...framed(frame),
  items: items as PaperOk['items'],
  supplements: null,
  difference: null,
})

/** A supplement: the difference alone. */
export const supplementOf = (frame: Frame, to: { id: string; title: string; hash: string }, difference: Difference): PaperOk => ({
  ...framed(frame),
  items: [],
  supplements: to,
  difference: difference as NonNullable<PaperOk['difference']>,
})
