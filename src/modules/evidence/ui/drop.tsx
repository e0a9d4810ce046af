import { useRef, useState } from 'react'
import { endings } from '#kernel/files/kinds.ts'
import type { Id } from '#kernel/ids.ts'
import { newKey, Refused, useRefresh } from '#web/client.ts'
import { Button, tell } from '#web/kit/index.ts'
import { sendFile } from '#web/send-file.ts'
import { useMe } from '#web/session.ts'
import { useWords } from '#web/words.ts'
import { evidenceRoutes } from '../contract.ts'
import { sayBytes } from './size.ts'
import { words } from './words.ts'

/** A file on its way: waiting, so many percent gone, or refused. */
type Sending = { key: string; name: string; percent: number | null; refused: string | null; stop: AbortController }

/** Sends files one after the other; what is refused says why at its name and holds up nothing. */
function useSendings(act: Id, max: number) {
  const t = useWords('evidence', words)
  const refresh = useRefresh([evidenceRoutes.list])
  const [sendings, setSendings] = useState<Sending[]>([])
  const queue = useRef<Promise<unknown>>(Promise.resolve())
  const change = (key: string, to: Partial<Sending>) => setSendings((all) => all.map((one) => (one.key === key ? { ...one, ...to } : one)))
  const away = (key: string) => setSendings((all) => all.filter((one) => one.key !== key))
  const send = async ({ key, stop }: Sending, file: File, takenOn: string): Promise<boolean> => {
    if (stop.signal.aborted) return false
    try {
      const input = { id: act, file, ...(takenOn ? { takenOn } : {}) }
      await sendFile(evidenceRoutes.add, input, (percent) => change(key, { percent }), { key, stop: stop.signal })
      away(key)
      await refresh()
      return true
    } catch (error) {
      if (stop.signal.aborted) away(key)
      else change(key, { refused: error instanceof Refused ? error.message : String(error) })
      return false
    }
  }
  const take = (files: readonly File[], takenOn: string) => {
    const tooLarge = (file: File) =>
      file.size > max * 1024 * 1024 ? t('send.large', { name: file.name, size: sayBytes(file.size), max }) : null
    const fresh = files.map((file) => {
      const one: Sending = { key: newKey(), name: file.name, percent: null, refused: tooLarge(file), stop: new AbortController() }
      return { file, one }
    })
    setSendings((all) => [...all.filter(({ refused }) => refused === null), ...fresh.map(({ one }) => one)])
    queue.current = queue.current.then(async () => {
      let kept = 0
      for (const { file, one } of fresh) if (one.refused === null && (await send(one, file, takenOn))) kept += 1
      if (kept > 0) tell(t('send.done', { count: kept }))
    })
  }
  return { sendings, take, away }
}

/** Where files are dropped or chosen. */
export function Drop({ act, max, first }: { act: Id; max: number; first: boolean }) {
  const t = useWords('evidence', words)
  const { today } = useMe()
  const { sendings, take, away } = useSendings(act, max)
  const [takenOn, setTakenOn] = useState('')
  const [over, setOver] = useState(false)
  return (
    <>
      {sendings.length > 0 && (
        <ul className="evidence-sendings">
          {sendings.map((one) => (
            <OnItsWay key={one.key} of={one} away={() => away(one.key)} />
          ))}
        </ul>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the field inside is the first */}
      <div
        className={`evidence-drop${over ? ' over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take([...event.dataTransfer.files], takenOn)
        }}
      >
        {first && <p className="note">{t('empty.says')}</p>}
        <div className="evidence-choose">
          <span className="evidence-drag">{t('drop.says')}</span>
          <label className="go soft">
            <input
              className="unseen"
              type="file"
              multiple
              accept={endings.join(',')}
              onChange={(event) => {
                take([...(event.target.files ?? [])], takenOn)
                // The same file chosen again is a change again.
                event.target.value = ''
              }}
            />
            {t('drop.choose')}
          </label>
          <label className="evidence-date">
            {t('drop.date')}
            <input className="input" type="date" max={today} value={takenOn} onChange={(event) => setTakenOn(event.target.value)} />
            <span className="optional">{t('drop.dateHint')}</span>
          </label>
        </div>
        <p className="hint">{t('drop.takes', { max })}</p>
      </div>
    </>
  )
}

function OnItsWay({ of, away }: { of: Sending; away: () => void }) {
  const t = useWords('evidence', words)
  const { name, percent, refused, stop } = of
  if (refused !== null) {
    return (
      <li className="evidence-sending refused">
        <span role="alert">{refused}</span>
        <Button kind="bare" onClick={away}>
          {t('send.away')}
        </Button>
      </li>
    )
  }
  const halt = () => {
    stop.abort()
    away()
  }
  return (
    <li className="evidence-sending">
      <span className="evidence-sending-name">{name}</span>
      <progress max={100} value={percent ?? 0} aria-label={name} />
      <span className="note">{percent === null ? t('send.waits') : percent < 100 ? t('send.percent', { percent }) : t('send.checks')}</span>
      <Button kind="bare" onClick={halt}>
        {t('send.stop')}
      </Button>
    </li>
  )
}
