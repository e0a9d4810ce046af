import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { Light } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import type { Mark } from '../beside.ts'
import { layout } from './layout.ts'
import { type NodeOf, Opening, sayDetail, type TraceOf } from './node.tsx'
import { words } from './words.ts'

/** The width inside an element, and again when the window changes. */
function useRoom(): [React.RefObject<HTMLElement | null>, number] {
  const ref = useRef<HTMLElement>(null)
  const [room, setRoom] = useState(0)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = () => {
      const { paddingLeft, paddingRight } = getComputedStyle(element)
      setRoom(element.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, room]
}

type GraphProps = {
  trace: TraceOf /** How each node differs from another day. */
  marks?: ReadonlyMap<string, Mark>
  onOpen: (id: string) => void
}

/** The trace as columns joined by lines, scrolled like any wide thing. Arrow keys follow the lines and go up and down a column. */
export function Graph({ trace, marks, onOpen }: GraphProps) {
  const t = useWords('trace', words)
  const lang = useLang()
  const { zone } = useMe()
  const sheet = useRef<HTMLUListElement>(null)
  const [card, room] = useRoom()
  const laid = useMemo(() => layout(trace, room), [trace, room])
  const nodes = useMemo(() => new Map(trace.nodes.map((node) => [node.id, node])), [trace])
  const focus = (id: string | undefined) => {
    if (id === undefined) return
    const at = [...(sheet.current?.querySelectorAll<HTMLElement>('[data-node]') ?? [])].find(({ dataset }) => dataset.node === id)
    at?.focus()
    at?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }
  const onKey = (id: string) => (event: React.KeyboardEvent) => {
    const box = laid.boxes.find((one) => one.id === id)
    if (!box) return
    const column = laid.boxes.filter(({ x }) => x === box.x)
    const joined = trace.edges.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []))
    const beside = laid.boxes.filter((one) => joined.includes(one.id))
    const nearest = (some: typeof beside) =>
      some.toSorted((a, b) => Math.abs(a.x - box.x) - Math.abs(b.x - box.x) || Math.abs(a.y - box.y) - Math.abs(b.y - box.y))[0]?.id
    const step = (by: number) => column[column.indexOf(box) + by]?.id
    const to = new Map([
      ['ArrowRight', nearest(beside.filter(({ x }) => x > box.x)) ?? nearest(laid.boxes.filter(({ x }) => x > box.x))],
      ['ArrowLeft', nearest(beside.filter(({ x }) => x < box.x)) ?? nearest(laid.boxes.filter(({ x }) => x < box.x))],
      ['ArrowDown', step(1)],
      ['ArrowUp', step(-1)],
    ])
    if (!to.has(event.key)) return
    event.preventDefault()
    focus(to.get(event.key))
  }
  return (
    <section ref={card} className="card trace-graph" aria-label={t('graphLabel')}>
      <div className="trace-sheet" style={{ width: laid.width, height: laid.height }}>
        <svg width={laid.width} height={laid.height} aria-hidden="true">
          {laid.paths.map(({ from, to, later, d }) => (
            <path key={`${from} ${to}`} d={d} className={later ? 'later' : ''} />
          ))}
        </svg>
        <div aria-hidden="true">
          {laid.columns.map(({ layers, x, w }) => (
            <span className="trace-head" key={x} style={{ left: x, width: w }}>
              {layers
                .filter((layer) => trace.nodes.some((node) => node.layer === layer))
                .map((layer) => t(`layer.${layer}`))
                .join(' · ')}
            </span>
          ))}
        </div>
        <ul ref={sheet}>
          {laid.boxes.map(({ id, x, y, w, h }) => {
            const node = nodes.get(id) as NodeOf
            return (
              <li key={id} style={{ left: x, top: y, width: w, height: h }}>
                <Opening
                  node={node}
                  onOpen={onOpen}
                  className={`trace-node${node.kind === 'sentence' ? ' sentence' : ''}${node.layer === 'subject' ? ' subject' : ''}${node.later ? ' later' : ''} ${marks?.get(id) ?? ''}`}
                  data-node={id}
                  onKeyDown={onKey(id)}
                >
                  {marks?.has(id) && marks.get(id) !== 'same' && <span className="trace-mark">{t(`mark.${marks.get(id) ?? 'same'}`)}</span>}
                  <Face node={node} detail={sayDetail(node, trace.day, t, lang, zone)} kind={t(`kind.${node.kind}`)} />
                </Opening>
              </li>
            )
          })}
        </ul>
      </div>
    </section>
  )
}

function Face({ node, detail, kind }: { node: NodeOf; detail: string; kind: string }) {
  return (
    <>
      <span className="unseen">{kind} </span>
      <span className="trace-node-title" title={node.title}>
        {node.light && <Light light={node.light} />}
        <span>{node.title}</span>
      </span>
      <small title={detail}>{detail}</small>
    </>
  )
}
