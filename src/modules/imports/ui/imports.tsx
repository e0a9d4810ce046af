import { useState } from 'react'
import { useAddress } from '#web/address.ts'
import { useLookingBack } from '#web/as-of.ts'
import { type Refused, usePages, useRead, useRefresh } from '#web/client.ts'
import { Empty, Field, FileDrop, Go, Headline, List, Refusal, Row, Section, Shown, Tag } from '#web/kit/index.ts'
import { sendFile } from '#web/send-file.ts'
import { useMe } from '#web/session.ts'
import { importRoutes } from '../contract.ts'
import type { ImportState } from '../rules.ts'
import { BatchPage } from './batch.tsx'
import { type Brief, useImports } from './said.ts'
import './imports.css'

/** The tone of a state: what was written is done, the rest is plain. */
export const toneOf = (state: ImportState) => (state === 'committed' ? 'green' : state === 'previewed' ? 'accent' : 'plain')

/** Tables of a kind coming in: the file, the preview of the one in the address, and what was imported before. */
export function Imports({ kind, title, says, back }: { kind: string; title: string; says: string; back: { to: string; word: string } }) {
  const [address, put] = useAddress('id', 'show', 'q')
  const open = (id: string | null) => put({ id, show: null, q: null })
  const way = <Go to={back.to}>{back.word}</Go>
  if (address.id !== undefined) return <OneBatch key={address.id} id={address.id} title={title} onOpen={open} way={way} />
  return (
    <>
      <Headline title={title} sub={says} actions={way} />
      <NewFile kind={kind} onOpen={open} />
      <Past kind={kind} onOpen={open} />
    </>
  )
}

function OneBatch({ id, title, onOpen, way }: { id: string; title: string; onOpen: (id: string | null) => void; way: React.ReactNode }) {
  const batch = useRead(importRoutes.read, { id }, { keep: true })
  if (batch.data) return <BatchPage batch={batch.data} onOpen={onOpen} way={way} />
  return (
    <>
      <Headline title={title} actions={way} />
      <Shown of={batch} lines={8}>
        {() => null}
      </Shown>
    </>
  )
}

function NewFile({ kind, onOpen }: { kind: string; onOpen: (id: string) => void }) {
  const { t } = useImports()
  const { today } = useMe()
  const lookingBack = useLookingBack()
  const refresh = useRefresh([importRoutes.list])
  const [since, setSince] = useState(today)
  const [file, setFile] = useState<File | null>(null)
  const [percent, setPercent] = useState<number | null>(null)
  const [failed, setFailed] = useState<Refused | null>(null)
  if (lookingBack) return null
  const send = (chosen: File | null) => {
    setFailed(null)
    setFile(chosen)
    if (chosen) upload(chosen)
  }
  const upload = (file: File) => {
    setPercent(0)
    sendFile(importRoutes.add, { kind, since, file }, setPercent)
      .then(async ({ id }) => {
        await refresh()
        onOpen(id)
      }, setFailed)
      .finally(() => setPercent(null))
  }
  const atFile = failed?.at.some(({ at }) => at === '/file') ? failed : null
  return (
    <div className="card pad form import-how">
      <FileDrop label={t('file')} hint={t('formats')} accept=".xlsx,.xlsm,.csv" file={file} choose={send} error={atFile?.message ?? null} />
      {percent !== null && <p role="status">{percent < 100 ? t('sending', { percent }) : t('reading')}</p>}
      <Field label={t('since')} hint={t('sinceHint')} error={failed?.at.some(({ at }) => at === '/since') ? failed.message : null}>
        {({ status: _, ...control }) => (
          <input
            {...control}
            className="input day-input"
            type="date"
            value={since}
            onChange={(event) => setSince(event.target.value || today)}
          />
        )}
      </Field>
      <Refusal of={atFile ? null : failed} />
    </div>
  )
}

function Past({ kind, onOpen }: { kind: string; onOpen: (id: string) => void }) {
  const { t, at, sayCounts } = useImports()
  const past = usePages(importRoutes.list, { kind })
  const why = (one: Brief) => {
    const by = one.movedAt
      ? t('moved', { name: one.movedBy?.name ?? t('someone'), at: at(one.movedAt), state: t(`state.${one.state}`) })
      : t('by', { name: one.by?.name ?? t('someone'), at: at(one.at) })
    return `${by} · ${one.counts.errors > 0 ? t('countsWrong', { count: one.counts.errors }) : sayCounts(one.counts)}`
  }
  return (
    <Section title={t('past')}>
      <List
        of={past}
        label={t('past')}
        empty={<Empty says={t('pastNone')} hint={t('pastNoneHint')} />}
        row={(one) => (
          <Row
            key={one.id}
            what={one.fileName}
            why={why(one)}
            open={() => onOpen(one.id)}
            day={<Tag tone={toneOf(one.state)}>{t(`state.${one.state}`)}</Tag>}
          />
        )}
      />
    </Section>
  )
}
