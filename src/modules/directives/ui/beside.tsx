import { useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import { sayCadence } from '#modules/duties/cadence.ts'
import { useAct } from '#web/client.ts'
import { Act, Button, Field, Go, Refusal, Tag, tell } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import { directiveRoutes, type ProposalView } from '../contract.ts'
import { acceptOf } from './edit-form.tsx'
import { words } from './words.ts'

export type BesideView = OkOf<typeof directiveRoutes.beside>['items'][number]

/** Earlier duties laid beside an open sentence, with the choice: the same, in its place, or another matter. */
export function Besides({
  of,
  list,
  issuedOn,
  done,
}: {
  of: ProposalView
  list: readonly BesideView[]
  issuedOn: string
  done: () => void
}) {
  return (
    <>
      {list.map((one) => (
        <Beside key={one.duty.id} of={of} one={one} issuedOn={issuedOn} done={done} />
      ))}
    </>
  )
}

function Beside({ of, one, issuedOn, done }: { of: ProposalView; one: BesideView; issuedOn: string; done: () => void }) {
  const t = useWords('directives', words)
  const lang = useLang()
  const { today } = useMe()
  const [from, setFrom] = useState<string | null>(null)
  const finish = (says: string, close: boolean) => ({
    onDone: () => {
      tell(says)
      if (close) done()
    },
  })
  const same = useAct(directiveRoutes.same, finish(t('beside.done.same'), true))
  const replace = useAct(directiveRoutes.replace, finish(t('beside.done.replace'), true))
  const differ = useAct(directiveRoutes.differ, finish(t('beside.done.differ'), false))
  const busy = same.isPending || replace.isPending || differ.isPending
  const { duty } = one
  const ids = { id: of.id, duty: duty.id }
  return (
    <section className="beside" aria-label={t('beside.title')}>
      <p className="tags">
        <Tag tone="yellow">{t(`beside.${one.suggests}`)}</Tag>
        <Tag>{t('beside.percent', { n: one.percent })}</Tag>
        {one.reasons.map((reason) => (
          <Tag key={reason}>{t(`beside.reason.${reason}`)}</Tag>
        ))}
      </p>
      <p>
        <Go to="/duties" search={{ open: duty.id }} kind="bare">
          {duty.title}
        </Go>
      </p>
      <p className="why-line">{duty.body}</p>
      <p className="why-line">
        {[duty.holders.join('、'), sayCadence(duty.rrule, duty.due, lang), duty.basis && `《${duty.basis.title}》`]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {from !== null && (
        <Field label={t('beside.from')} error={null}>
          {({ status: _, ...control }) => (
            <input {...control} className="input" type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
          )}
        </Field>
      )}
      <div className="acts">
        {from === null ? (
          <>
            <Act kind="soft" disabled={busy} onClick={() => same.mutate(ids)}>
              {t('beside.act.same')}
            </Act>
            <Act disabled={busy} onClick={() => setFrom(today)}>
              {t('beside.act.replace')}
            </Act>
            <Act disabled={busy} onClick={() => differ.mutate(ids)}>
              {t('beside.act.differ')}
            </Act>
          </>
        ) : (
          <>
            <Act
              kind="soft"
              disabled={busy || from === ''}
              onClick={() => {
                const { since: _, ...rest } = acceptOf(of, from, issuedOn)
                replace.mutate({ ...rest, ...ids, from })
              }}
            >
              {t('beside.act.replace')}
            </Act>
            <Button onClick={() => setFrom(null)}>{t('act.cancel')}</Button>
          </>
        )}
      </div>
      <Refusal of={same.error ?? replace.error ?? differ.error} />
    </section>
  )
}
