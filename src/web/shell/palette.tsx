import { useNavigate } from '@tanstack/react-router'
import { useEffect, useId, useRef, useState } from 'react'
import type { Search } from '../address.ts'
import { useAsOf } from '../as-of.ts'
import { Sheet } from '../kit/dialog.tsx'
import { Kbd } from '../kit/page.tsx'
import { placesFor } from '../pages.ts'
import { useMe } from '../session.ts'
import { useSay } from '../words.ts'

/** A thing found: what it is (责任, 人, 部署 …), its name, a small line, and where it opens. */
export type Found = { kind: string; title: string; sub?: string; to: string; search?: Record<string, string> }
type Jump = Found & { key: string; letter?: string }

type PaletteProps = {
  open: boolean
  onClose: () => void
  /** Searches everything one may see; left out, the palette jumps between pages only. */
  find?: ((text: string) => Promise<Found[]>) | undefined
}

/** The search box: pages by name, and things by `find` a moment after the last key. Arrows move, Enter opens. */
export function Palette({ open, onClose, find }: PaletteProps) {
  const say = useSay()
  return (
    <Sheet open={open} onClose={onClose} title={say('search.title')} shape="palette">
      <Finder find={find} onClose={onClose} />
    </Sheet>
  )
}

function useFound(find: PaletteProps['find'], text: string): { found: Found[]; busy: boolean; failed: boolean } {
  const [state, setState] = useState<{ text: string; found: Found[]; failed: boolean }>({ text: '', found: [], failed: false })
  const asked = useRef('')
  useEffect(() => {
    asked.current = text
    if (!find || text.trim() === '') return
    const timer = setTimeout(() => {
      const settle = (found: Found[], failed: boolean) => asked.current === text && setState({ text, found, failed })
      find(text.trim()).then(
        (found) => settle(found, false),
        () => settle([], true),
      )
    }, 180)
    return () => clearTimeout(timer)
  }, [find, text])
  const asking = find !== undefined && text.trim() !== ''
  return { found: asking ? state.found : [], busy: asking && state.text !== text, failed: asking && state.failed }
}

function Finder({ find, onClose }: Omit<PaletteProps, 'open'>) {
  const say = useSay()
  const { verbs } = useMe()
  const navigate = useNavigate()
  const asOf = useAsOf()
  const list = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const { found, busy, failed } = useFound(find, text)
  const pages: Jump[] = placesFor(verbs).map(({ path, word, letter }) => ({
    key: path,
    kind: say('search.page'),
    title: say(word),
    to: path,
    letter,
  }))
  const needle = text.trim().toLowerCase()
  const hits: Jump[] = [
    ...pages.filter(({ title }) => title.toLowerCase().includes(needle)),
    ...found.map((one, i) => ({ ...one, key: `${one.to}${i}` })),
  ]
  const go = (hit: Jump | undefined) => {
    if (!hit) return
    onClose()
    const search: Search = { ...(hit.search ?? {}), ...(asOf ? { asOf } : {}) }
    void navigate({ to: hit.to, search })
  }
  const onKey = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      setAt(Math.min(Math.max(at + step, 0), Math.max(hits.length - 1, 0)))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      go(hits[at])
    }
  }
  return (
    <div className="palette-in">
      <input
        className="palette-text"
        type="text"
        role="combobox"
        data-first
        autoComplete="off"
        spellCheck={false}
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={hits[at] ? `${list}-${at}` : undefined}
        aria-label={say('search.title')}
        placeholder={find ? say('search.hint') : say('search.pages')}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKey}
      />
      <div className="palette-list" id={list} role="listbox" aria-label={say('search.results')}>
        {hits.map((hit, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text field carries the keys
          <div
            key={hit.key}
            id={`${list}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            className="palette-hit"
            onMouseEnter={() => setAt(i)}
            onClick={() => go(hit)}
          >
            <span className="palette-kind">{hit.kind}</span>
            <span className="palette-title">
              {hit.title}
              {hit.sub && <small>{hit.sub}</small>}
            </span>
            {hit.letter && (
              <span>
                <Kbd>g</Kbd> <Kbd>{hit.letter}</Kbd>
              </span>
            )}
          </div>
        ))}
      </div>
      <p className="palette-foot" role="status">
        {busy ? say('search.busy') : failed ? say('search.failed') : hits.length === 0 ? say('search.none') : ''}
      </p>
    </div>
  )
}
