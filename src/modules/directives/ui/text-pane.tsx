import { memo, useEffect, useMemo, useRef, useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import { basisRoutes } from '#modules/basis/contract.ts'
import type { ResolvedView } from '#modules/basis/shapes.ts'
import { CitedText } from '#modules/basis/ui/cited.tsx'
import { useRead } from '#web/client.ts'
import { Act } from '#web/kit/index.ts'
import { useWords } from '#web/words.ts'
import type { directiveRoutes, ProposalView } from '../contract.ts'
import { type Paragraph, paragraphsOf } from './spans.ts'
import { words } from './words.ts'

type Whole = OkOf<typeof directiveRoutes.read>
export type Range = { start: number; end: number }

/** The offset into the paper of a place in the page, when it lies in the text. */
function offsetOf(node: Node | null, offset: number): number | null {
  const holder = (node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>('[data-at]')
  if (!holder) return null
  const at = Number(holder.dataset.at)
  return at + (node instanceof Text ? offset : offset === 0 ? 0 : (holder.textContent?.length ?? 0))
}

/** Where the selection lies in the paper; start and end are the same for a mere caret. */
function selected(within: HTMLElement | null): Range | null {
  const selection = window.getSelection()
  if (!selection?.anchorNode || !within?.contains(selection.anchorNode)) return null
  const a = offsetOf(selection.anchorNode, selection.anchorOffset)
  const b = offsetOf(selection.focusNode, selection.focusOffset)
  if (a === null || b === null) return null
  return { start: Math.min(a, b), end: Math.max(a, b) }
}

type Props = {
  whole: Whole
  current: ProposalView | null
  /** Draws merged sentences as the one they joined. */
  rootOf: (id: string) => string
  pick: (id: string) => void
  /** Hears of every caret and selection, for splitting. */
  onSelect: (range: Range | null) => void
  /** Hears of scrolling by hand, at most once a frame. */
  onScroll: (pane: HTMLElement) => void
  mark: ((range: Range, type: 'duty' | 'finding') => void) | null
}

/** The source as it was received, with what was read in it underlined by what became of it. */
export function TextPane({ whole, current, rootOf, pick, onSelect, onScroll, mark }: Props) {
  const t = useWords('directives', words)
  const paper = useRef<HTMLDivElement>(null)
  const [range, setRange] = useState<Range | null>(null)
  const drawn = useMemo(() => whole.proposals.filter((one) => one.state !== 'split'), [whole.proposals])
  const paragraphs = useMemo(() => paragraphsOf(whole.text, whole.sections, drawn), [whole.text, whole.sections, drawn])
  const looks = useMemo(() => {
    const states = new Map(drawn.map((one) => [one.id, one.state]))
    return new Map(drawn.map((one) => [one.id, `${one.type} ${states.get(rootOf(one.id)) ?? one.state}`]))
  }, [drawn, rootOf])
  const cited = useRead(basisRoutes.ofDirective, { id: whole.directive.id })
  const cites = useMemo(() => {
    const all = cited.data?.items ?? []
    return new Map(paragraphs.map(({ start, end }) => [start, all.filter((one) => one.end > start && one.start < end)]))
  }, [cited.data, paragraphs])
  const lit = useMemo(() => new Set(current ? [current.id, ...current.joined.map((one) => one.id)] : []), [current])
  useEffect(() => {
    const onChange = () => {
      const now = selected(paper.current)
      onSelect(now)
      setRange(now && now.end > now.start ? now : null)
    }
    document.addEventListener('selectionchange', onChange)
    return () => document.removeEventListener('selectionchange', onChange)
  }, [onSelect])
  const frame = useRef(0)
  const hand = useRef(Number.NEGATIVE_INFINITY)
  const byHand = () => {
    hand.current = performance.now()
  }
  const scrolled = (event: React.UIEvent<HTMLElement>) => {
    const pane = event.currentTarget
    // A pane that moves because another sentence became the current one is not being read through.
    if (performance.now() - hand.current > 500) return
    cancelAnimationFrame(frame.current)
    frame.current = requestAnimationFrame(() => onScroll(pane))
  }
  const onClick = (event: React.MouseEvent) => {
    const id = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-id]')?.dataset.id : undefined
    if (id && window.getSelection()?.isCollapsed !== false) pick(rootOf(id))
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must be able to reach it
    <section className="text-pane" aria-label={t('pane.text')} tabIndex={0} onScroll={scrolled} onWheel={byHand} onTouchMove={byHand}>
      {range && mark && (
        <div className="marker" role="toolbar" aria-label={t('mark.label')} onMouseDown={(event) => event.preventDefault()}>
          <Act onClick={() => mark(range, 'duty')}>{t('mark.duty')}</Act>
          <Act onClick={() => mark(range, 'finding')}>{t('mark.finding')}</Act>
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: j and k walk the same sentences, and each has its card */}
      <div className="paper" lang="zh-CN" ref={paper} onClick={onClick}>
        {paragraphs.map((one) => (
          <Drawn
            key={one.start}
            of={one}
            text={whole.text}
            cites={cites.get(one.start) ?? nothing}
            looks={looks}
            lit={one.stretches.some(({ id }) => id !== null && lit.has(id)) ? lit : none}
          />
        ))}
      </div>
    </section>
  )
}

const none: ReadonlySet<string> = new Set()
const nothing: readonly ResolvedView[] = []

const Drawn = memo(function Drawn({
  of,
  text,
  cites,
  looks,
  lit,
}: {
  of: Paragraph
  text: string
  /** What the paragraph cites: links into the library of laws. */
  cites: readonly ResolvedView[]
  looks: ReadonlyMap<string, string>
  lit: ReadonlySet<string>
}) {
  const inside = of.stretches.map(({ start, end, id }) =>
    id === null ? (
      <span key={start} data-at={start}>
        <CitedText text={text} start={start} end={end} cites={cites} />
      </span>
    ) : (
      <mark key={start} data-at={start} data-id={id} className={`${looks.get(id) ?? ''}${lit.has(id) ? ' now' : ''}`}>
        <CitedText text={text} start={start} end={end} cites={cites} />
      </mark>
    ),
  )
  if (of.kind === 'prose') return <p data-from={of.start}>{inside}</p>
  return of.kind === 'title' ? (
    <h2 className="paper-title" data-from={of.start}>
      {inside}
    </h2>
  ) : (
    <h3 className={`depth-${Math.min(of.depth, 3)}`} data-from={of.start}>
      {inside}
    </h3>
  )
})
