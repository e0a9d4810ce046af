import { useState } from 'react'
import { useAct } from '#web/client.ts'
import { Act, Button, Columns, Confirm, Headline, Refusal, tell } from '#web/kit/index.ts'
import { importRoutes } from '../contract.ts'
import { How } from './how.tsx'
import { Makes, Problems } from './problems.tsx'
import { BatchRows } from './rows.tsx'
import { type Batch, useImports } from './said.ts'

/** One import: what it would do or did, what is wrong with it, and how it was read. */
export function BatchPage({ batch, onOpen, way }: { batch: Batch; onOpen: (id: string | null) => void; way: React.ReactNode }) {
  const { t, at, sayCounts } = useImports()
  const { counts, state } = batch
  const [asking, setAsking] = useState(false)
  const commit = useAct(importRoutes.commit, { onDone: (done) => tell(t('done', { counts: sayCounts(done.counts) })) })
  const again = useAct(importRoutes.choose)
  const undo = useAct(importRoutes.undo, { onDone: () => tell(t('undone')) })
  const discard = useAct(importRoutes.discard, { onDone: () => onOpen(null) })
  const may = (verb: string) => batch.actions.includes(verb)
  const stale = commit.error?.code === 'import.stale'
  const moving = counts.new + counts.changed
  const says =
    state !== 'previewed'
      ? t('stateCounts', { state: t(`state.${state}`), counts: sayCounts(counts) })
      : counts.errors > 0
        ? t('countsWrong', { count: counts.errors })
        : moving === 0
          ? t('countsNone')
          : sayCounts(counts)
  const of = { file: batch.fileName, sheet: batch.sheet, header: batch.headerRows.join('、'), rows: counts.rows }
  return (
    <>
      <Headline
        title={says}
        sub={batch.headerRows.length > 0 ? t('of', of) : t('ofNoHeader', of)}
        actions={
          <>
            {way}
            <Button onClick={() => onOpen(null)}>{t('again')}</Button>
            {may('discard') && (
              <Act onClick={() => discard.mutate({ id: batch.id })} loading={discard.isPending}>
                {t('discard')}
              </Act>
            )}
            {may('undo') && <Act onClick={() => setAsking(true)}>{t('undo')}</Act>}
            {stale ? (
              <Act
                kind="main"
                loading={again.isPending}
                onClick={() => again.mutate({ id: batch.id }, { onSuccess: () => commit.reset() })}
              >
                {t('commitAgain')}
              </Act>
            ) : (
              may('commit') && (
                <Act kind="main" onClick={() => commit.mutate({ id: batch.id })} loading={commit.isPending}>
                  {t('commit')}
                </Act>
              )
            )}
          </>
        }
      />
      {commit.isPending && <p role="status">{t('writing', { count: moving })}</p>}
      <Refusal of={commit.error ?? discard.error ?? again.error} />
      {batch.sameFile.slice(0, 1).map((other) => (
        <p className="hint" key={other.id}>
          {t('same', { who: other.by?.name ?? t('someone'), at: at(other.at), state: t(`state.${other.state}`) })}{' '}
          <Button kind="bare" onClick={() => onOpen(other.id)}>
            {t('open')}
          </Button>
        </p>
      ))}
      <Columns
        aside={
          <>
            <Makes batch={batch} />
            <How batch={batch} />
          </>
        }
      >
        <Problems batch={batch} />
        <BatchRows batch={batch} />
      </Columns>
      <Confirm
        open={asking}
        onClose={() => {
          setAsking(false)
          undo.reset()
        }}
        title={t('undoTitle')}
        verb={t('undo')}
        danger
        loading={undo.isPending}
        onYes={() => undo.mutate({ id: batch.id }, { onSuccess: () => setAsking(false) })}
      >
        <p>{t('undoSays')}</p>
        <Refusal of={undo.error} />
        {undo.error && undo.error.at.length > 0 && (
          <ul>
            {undo.error.at.map((place) => (
              <li key={place.at}>{place.message}</li>
            ))}
          </ul>
        )}
      </Confirm>
    </>
  )
}
