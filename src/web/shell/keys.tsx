import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { Search } from '../address.ts'
import { Sheet } from '../kit/dialog.tsx'
import { placesFor } from '../pages.ts'
import { useMe } from '../session.ts'
import { useSay } from '../words.ts'

type Keys = { search: () => void; record: (() => void) | null; help: () => void }

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** `/`, `n`, `?`, and `g` with a letter within a second; never while typing, under a sheet, or with a modifier. */
export function useKeys({ search, record, help }: Keys): void {
  const navigate = useNavigate()
  const { verbs } = useMe()
  const waiting = useRef(0)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      if (typing(event.target) || document.querySelector('dialog[open]')) return
      const went = performance.now() - waiting.current < 1000 ? placesFor(verbs).find(({ letter }) => letter === event.key) : undefined
      waiting.current = event.key === 'g' ? performance.now() : 0
      const act = went
        ? () => void navigate({ to: went.path, search: (before: Search) => ({ asOf: before.asOf }) })
        : { '/': search, n: record, '?': help }[event.key]
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [navigate, verbs, search, record, help])
}

/** The keys, on a sheet. */
export function KeysHelp({ open, onClose, records }: { open: boolean; onClose: () => void; records: boolean }) {
  const say = useSay()
  const { verbs } = useMe()
  const rows = [
    { keys: ['/'], word: say('search.title') },
    ...(records ? [{ keys: ['n'], word: say('record') }] : []),
    ...placesFor(verbs).map(({ letter, word }) => ({ keys: ['g', letter], word: say(word) })),
    { keys: ['?'], word: say('keys.title') },
    { keys: ['Esc'], word: say('keys.close') },
  ]
  return (
    <Sheet open={open} onClose={onClose} title={say('keys.title')} shape="dialog">
      <dl className="keys">
        {rows.map(({ keys, word }) => (
          <div key={word}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{word}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  )
}
