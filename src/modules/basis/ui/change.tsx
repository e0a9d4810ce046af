import { useNavigate } from '@tanstack/react-router'
import { useAct } from '#web/client.ts'
import { Act, Button, Confirm, FieldsOf, FormOf, Refusal, Sheet, tell, useForm } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useSay } from '#web/words.ts'
import { basisRoutes } from '../contract.ts'
import type { RegulationView } from '../shapes.ts'
import { FactFields, type FactValues, factsFrom, sentFacts } from './facts.tsx'
import { useT } from './words.ts'

export type Changing = 'correct' | 'repeal' | 'restore' | 'withdraw'
type Props = { of: RegulationView; onClose: () => void }

/** What may be done to a version: correct its facts, repeal it, take that back, withdraw what was a mistake. */
export function Change({ what, of, onClose }: Props & { what: Changing | null }) {
  const t = useT()
  const restore = useAct(basisRoutes.restore, {
    onDone: () => {
      tell(t('done.restore'))
      onClose()
    },
  })
  if (what === null) return null
  if (what === 'restore')
    return (
      <Confirm
        open
        onClose={onClose}
        title={t('verb.restore')}
        verb={t('verb.restore')}
        onYes={() => restore.mutate({ id: of.id })}
        loading={restore.isPending}
      >
        <Refusal of={restore.error} />
      </Confirm>
    )
  return (
    <Sheet open onClose={onClose} title={`${t(`verb.${what}`)} · ${of.title}`}>
      {what === 'correct' && <Correct of={of} onClose={onClose} />}
      {what === 'repeal' && <Repeal of={of} onClose={onClose} />}
      {what === 'withdraw' && <Withdraw of={of} onClose={onClose} />}
    </Sheet>
  )
}

function Correct({ of, onClose }: Props) {
  const t = useT()
  const say = useSay()
  const act = useAct(basisRoutes.correct, {
    onDone: () => {
      tell(t('done.correct'))
      onClose()
    },
  })
  const form = useForm<FactValues>(factsFrom(of), { refused: act.error })
  return (
    <FormOf
      onSend={() => act.mutate({ id: of.id, ...sentFacts(form.values) })}
      foot={
        <>
          <Act kind="main" type="submit" loading={act.isPending}>
            {t('verb.correct')}
          </Act>
          <Button onClick={onClose}>{say('cancel')}</Button>
        </>
      }
    >
      <FactFields form={form} />
      <Refusal of={form.left} />
    </FormOf>
  )
}

function Repeal({ of, onClose }: Props) {
  const t = useT()
  const say = useSay()
  const { today } = useMe()
  const act = useAct(basisRoutes.repeal, {
    onDone: () => {
      tell(t('done.repeal'))
      onClose()
    },
  })
  const form = useForm({ on: today, reason: '' }, { refused: act.error })
  return (
    <FormOf
      onSend={() => act.mutate({ id: of.id, ...form.values })}
      foot={
        <>
          <Act kind="danger" type="submit" loading={act.isPending}>
            {t('verb.repeal')}
          </Act>
          <Button onClick={onClose}>{say('cancel')}</Button>
        </>
      }
    >
      <p className="hint">{t('repeal.hint')}</p>
      <FieldsOf
        form={form}
        fields={[
          { name: 'on', kind: 'day', label: t('repeal.on') },
          { name: 'reason', label: t('repeal.reason'), maxLength: 500 },
        ]}
      />
      <Refusal of={form.left} />
    </FormOf>
  )
}

function Withdraw({ of, onClose }: Props) {
  const t = useT()
  const say = useSay()
  const navigate = useNavigate()
  const act = useAct(basisRoutes.withdraw, {
    onDone: () => {
      tell(t('done.withdraw'))
      onClose()
      void navigate({ to: '/basis' })
    },
  })
  const form = useForm({ reason: '' }, { refused: act.error })
  return (
    <FormOf
      onSend={() => act.mutate({ id: of.id, ...form.values })}
      foot={
        <>
          <Act kind="danger" type="submit" loading={act.isPending}>
            {t('verb.withdraw')}
          </Act>
          <Button onClick={onClose}>{say('cancel')}</Button>
        </>
      }
    >
      <p className="hint">{t('withdraw.hint')}</p>
      <FieldsOf form={form} fields={[{ name: 'reason', label: t('withdraw.reason'), maxLength: 500 }]} />
      <Refusal of={form.left} />
    </FormOf>
  )
}
