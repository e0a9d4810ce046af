import { useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import { useAct } from '#web/client.ts'
import { sayInstant } from '#web/days.ts'
import { Act, Button, FieldsOf, FormOf, Refusal, tell, useForm } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useSay } from '#web/words.ts'
import { actRoutes } from '../contract.ts'
import { useT } from './happening.tsx'

type Request = NonNullable<OkOf<typeof actRoutes.read>['confirmation']>

/** How a request stands, in a sentence, with what one may do to it. */
export function Asked({ of }: { of: Request }) {
  const t = useT()
  const lang = useLang()
  const { zone } = useMe()
  const [open, setOpen] = useState<'object' | 'ask' | null>(null)
  const confirm = useAct(actRoutes.confirm, {
    onDone: ({ items }) => tell(items[0]?.refused?.message ?? t('confirm.done', { count: 1 }), items[0]?.refused ? { tone: 'red' } : {}),
  })
  const fill = {
    asked: of.askedOf.name,
    by: of.by ?? of.askedOf.name,
    recorder: of.askedBy.name,
    at: of.at ? sayInstant(of.at, lang, zone) : '',
    reason: of.reason ?? '',
  }
  const toggle = (verb: 'object' | 'ask') => setOpen(open === verb ? null : verb)
  return (
    <div className={`act-asked ${of.state}`}>
      <p>
        {t(of.ground === 'recorded_for' ? `asked.for.${of.state}` : `asked.duty.${of.state}`, fill)}
        {of.note && <span className="note"> {t('asked.note', { recorder: of.askedBy.name, note: of.note })}</span>}
      </p>
      {of.actions.length > 0 && (
        <div className="act-buttons">
          {of.actions.includes('confirm') && (
            <Act kind="soft" loading={confirm.isPending} onClick={() => confirm.mutate({ ids: [of.id] })}>
              {t('verb.confirm')}
            </Act>
          )}
          {(['object', 'ask'] as const)
            .filter((verb) => of.actions.includes(verb))
            .map((verb) => (
              <Act key={verb} expanded={open === verb} onClick={() => toggle(verb)}>
                {t(`verb.${verb}`)}
              </Act>
            ))}
        </div>
      )}
      <Refusal of={confirm.error} />
      {open && <Answering of={of} verb={open} onDone={() => setOpen(null)} />}
    </div>
  )
}

/** The reason of an objection, or the answer to one. */
export function Answering({ of, verb, onDone }: { of: Request; verb: 'object' | 'ask'; onDone: () => void }) {
  const t = useT()
  const say = useSay()
  const done = () => {
    tell(t(verb === 'object' ? 'object.done' : 'ask.done', { recorder: of.askedBy.name, asked: of.askedOf.name }))
    onDone()
  }
  const object = useAct(actRoutes.object, { onDone: done })
  const ask = useAct(actRoutes.ask, { onDone: done })
  const act = verb === 'object' ? object : ask
  const form = useForm({ reason: '' }, { refused: act.error })
  return (
    <div className="act-form">
      <FormOf
        onSend={() => act.mutate({ id: of.id, reason: form.values.reason })}
        foot={
          <>
            <Act kind="main" type="submit" loading={act.isPending} disabled={form.values.reason.trim().length < 2}>
              {t(`verb.${verb}`)}
            </Act>
            <Button onClick={onDone}>{say('cancel')}</Button>
          </>
        }
      >
        <p className="note">
          {t(of.ground === 'recorded_for' || verb === 'ask' ? `${verb}.hint` : 'object.dutyHint', { recorder: of.askedBy.name })}
        </p>
        <FieldsOf form={form} fields={[{ name: 'reason', label: t(`${verb}.reason`), maxLength: 500 }]} />
        <Refusal of={form.left} />
      </FormOf>
    </div>
  )
}
