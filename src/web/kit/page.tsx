import { useEffect } from 'react'
import type { LightName } from './light.tsx'

type Children = { children?: React.ReactNode }

/** Names the browser's tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · 责廉`
  }, [title])
}

/** The page's title: its state said in a sentence, a line of context below, and what one can do with the whole page. Names the browser's tab too. */
export function Headline({ title, sub, actions }: { title: string; sub?: React.ReactNode; actions?: React.ReactNode }) {
  useTitle(title)
  return (
    <header className="headline">
      <div>
        <h1>{title}</h1>
        {sub && <p className="sub">{sub}</p>}
      </div>
      {actions && <div className="headline-actions">{actions}</div>}
    </header>
  )
}

/** A white sheet with a hairline. `pad` for anything but rows; `current` marks the one being worked on; `done` steps back. */
export function Card({ children, pad, current, done }: Children & { pad?: boolean; current?: boolean; done?: boolean }) {
  return <div className={`card${pad ? ' pad' : ''}${current ? ' current' : ''}${done ? ' done' : ''}`}>{children}</div>
}

/** A serif heading with a small note, and what stands under it. */
export function Section({ title, note, action, children }: Children & { title: string; note?: React.ReactNode; action?: React.ReactNode }) {
  return (
    <section className="section">
      <div className="section-head">
        <h2>{title}</h2>
        {note && <span className="note">{note}</span>}
        {action && <span className="section-action">{action}</span>}
      </div>
      {children}
    </section>
  )
}

/** Nothing here: says so, and what to do next. */
export function Empty({ says, hint, action }: { says: string; hint?: React.ReactNode; action?: React.ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-says">{says}</p>
      {hint && <p className="empty-hint">{hint}</p>}
      {action && <div className="empty-action">{action}</div>}
    </div>
  )
}

export type Tone = 'plain' | 'accent' | LightName

/** A small word on a coloured ground. */
export function Tag({ tone = 'plain', children }: Children & { tone?: Tone }) {
  return <span className={`tag ${tone}`}>{children}</span>
}

/** One figure with its name above and a small line below: `<Figure name="按时率" value="96.2%" note="上月 95.1%" />`. */
export function Figure({
  name,
  value,
  note,
  tone,
}: {
  name: React.ReactNode
  value: React.ReactNode
  note?: React.ReactNode
  tone?: Tone
}) {
  return (
    <div className={`card figure ${tone ?? 'plain'}`}>
      <span className="figure-name">{name}</span>
      <strong>{value}</strong>
      {note && <span className="figure-note">{note}</span>}
    </div>
  )
}
export const Figures = ({ children }: Children) => <div className="figures">{children}</div>

/** Names and values in two columns. */
export function Facts({ of }: { of: { name: React.ReactNode; value: React.ReactNode }[] }) {
  return (
    <dl className="facts">
      {of.map(({ name, value }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat and the list is drawn whole
        <div key={i}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A main column and a narrow one beside it; below it on a small screen. */
export function Columns({ children, aside }: Children & { aside: React.ReactNode }) {
  return (
    <div className="columns">
      <div className="columns-main">{children}</div>
      <aside className="columns-aside">{aside}</aside>
    </div>
  )
}

/** A key of the keyboard. Not read out: the control it belongs to says `aria-keyshortcuts`. */
export const Kbd = ({ children }: Children) => (
  <span className="key" aria-hidden="true">
    <kbd>{children}</kbd>
  </span>
)
