import { useState } from 'react'
import { useAddress } from '#web/address.ts'
import { useAsOf } from '#web/as-of.ts'
import { fileUrl } from '#web/client.ts'
import { Button, tell } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useWords } from '#web/words.ts'
import { traceRoutes } from '../contract.ts'
import type { Start, TraceOf } from './node.tsx'
import { words } from './words.ts'

/**
 * The address of what is on the screen, pinned to its day: opened on another day by whoever may see it, it is the same view. An office's own server may have no secure
 * origin, and so no clipboard: the address is shown to be copied then.
 */
function copyLink(day: string, copied: string): void {
  const address = new URL(window.location.href)
  address.searchParams.set('asOf', day)
  const writing = navigator.clipboard?.writeText(address.href)
  if (writing)
    void writing.then(
      () => tell(copied),
      () => tell(address.href),
    )
  else tell(address.href)
}

/** What one can do with the whole trace: look at another day beside it, hand its address on, take it along, print it, start elsewhere. */
export function Tools({ trace, start, onAgain }: { trace: TraceOf; start: Start; onAgain: () => void }) {
  const t = useWords('trace', words)
  const [{ beside }, put] = useAddress('beside')
  const at = start.at === undefined ? {} : { start: Number(start.at) }
  const file = fileUrl(traceRoutes.file, { id: start.id, kind: start.kind, ...at, ...(beside === undefined ? {} : { beside }) })
  const [choosing, setChoosing] = useState(false)
  return (
    <>
      {beside === undefined ? (
        <Button onClick={() => setChoosing(!choosing)} expanded={choosing}>
          {t('beside')}
        </Button>
      ) : (
        <Button onClick={() => put({ beside: null })}>{t('besideEnd')}</Button>
      )}
      <Button onClick={() => copyLink(trace.day, t('linked'))}>{t('link')}</Button>
      <a className="go plain" href={file} download>
        {t('export')}
      </a>
      <Button onClick={() => window.print()}>{t('print')}</Button>
      <Button onClick={onAgain}>{t('again')}</Button>
      {choosing && beside === undefined && <BesideDay day={trace.day} close={() => setChoosing(false)} />}
    </>
  )
}

function BesideDay({ day, close }: { day: string; close: () => void }) {
  const t = useWords('trace', words)
  const { today } = useMe()
  const asOf = useAsOf()
  const [, put] = useAddress('beside', 'view')
  // Looking back, the other day one asks for is most often today.
  const [typed, setTyped] = useState(asOf === null ? '' : today)
  const sound = /^\d{4}-\d{2}-\d{2}$/.test(typed) && typed <= today && typed !== day
  return (
    <form
      className="trace-beside"
      onSubmit={(event) => {
        event.preventDefault()
        if (!sound) return
        put({ beside: typed, view: null })
        close()
      }}
    >
      <label htmlFor="trace-beside-day">{t('besideDay')}</label>
      <input
        id="trace-beside-day"
        data-first
        className="input"
        type="date"
        max={today}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <button type="submit" className="go soft" disabled={!sound}>
        {t('besideGo')}
      </button>
    </form>
  )
}
