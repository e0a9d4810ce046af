import { useState } from 'react'
import { SearchBox } from '#modules/acts/ui/search.tsx'
import { useAct, usePages } from '#web/client.ts'
import { Act, Button, List, Refusal, Row, tell } from '#web/kit/index.ts'
import { useSay } from '#web/words.ts'
import { dutyRoutes } from '../contract.ts'
import { type DutyWhole, Holders, useT } from './parts.tsx'

/** Hangs a duty below another one, found by its words, or at the top. It can be undone at once. */
export function Move({ duty, onDone }: { duty: DutyWhole; onDone: () => void }) {
  const t = useT()
  const say = useSay()
  const [q, setQ] = useState('')
  const back = useAct(dutyRoutes.move)
  const act = useAct(dutyRoutes.move, {
    onDone: () => {
      tell(t('done.move'), { undo: () => back.mutate({ id: duty.id, parent: duty.parent }) })
      onDone()
    },
  })
  const pages = usePages(dutyRoutes.list, { state: 'active', limit: 8, ...(q ? { q } : {}) }, { keep: true })
  const found = pages.items?.filter((one) => one.id !== duty.id && one.id !== duty.parent)
  return (
    <div className="duty-form">
      <p className="note">{t('move.title')}</p>
      <SearchBox label={t('move.q')} q={q} put={setQ} />
      <List
        of={{ ...pages, items: found, more: undefined }}
        label={t('move.title')}
        row={(one) => (
          <Row
            key={one.id}
            what={one.title}
            why={<Holders of={one.holders.slice(0, 2)} />}
            next={
              <Act kind="soft" loading={act.isPending} onClick={() => act.mutate({ id: duty.id, parent: one.id })}>
                {t('move.here')}
              </Act>
            }
          />
        )}
      />
      <Refusal of={act.error} />
      <div className="duty-buttons">
        {duty.parent && (
          <Act loading={act.isPending} onClick={() => act.mutate({ id: duty.id, parent: null })}>
            {t('move.top')}
          </Act>
        )}
        <Button onClick={onDone}>{say('cancel')}</Button>
      </div>
    </div>
  )
}
