import { useState } from 'react'
import { later } from '#kernel/calendar/index.ts'
import { useOffice } from '#modules/acts/ui/office.ts'
import { useAct, useRead } from '#web/client.ts'
import { Act, Button, Facts, FieldsOf, FormOf, Go, Light, Refusal, Rows, Section, Sheet, Shown, tell, useForm } from '#web/kit/index.ts'
import { useRecord } from '#web/record.ts'
import { useMe } from '#web/session.ts'
import { useSay } from '#web/words.ts'
import { obligationRoutes } from '../contract.ts'
import './obligations.css'
import { History, LightWhy, ObligationRow, type One, useFacts, useT } from './parts.tsx'
import { Split } from './split.tsx'

/** One obligation on a sheet over the page; `id` null closes it. */
export function ObligationDetail({ id, onClose }: { id: string | null; onClose: () => void }) {
  const t = useT()
  return (
    <Sheet open={id !== null} onClose={onClose} title={t('title')}>
      {id !== null && <ObligationPanel id={id} onLeave={onClose} />}
    </Sheet>
  )
}

/** One obligation: its light and why, what may be done with it, and its history. `onLeave` is called before another sheet is opened. */
export function ObligationPanel({ id, onLeave }: { id: string; onLeave?: () => void }) {
  const t = useT()
  const read = useRead(obligationRoutes.read, { id })
  return (
    <Shown of={read}>
      {(whole) => (
        <div className="obligation">
          <h3 className="obligation-title">{whole.obligation.title}</h3>
          <p>
            <Light light={whole.obligation.light} word />
          </p>
          <Actions key={`${id} ${whole.obligation.state}`} one={whole.obligation} {...(onLeave ? { onLeave } : {})} />
          {whole.parts.length > 0 && <Parts of={whole.parts} />}
          <ObligationFacts one={whole.obligation} />
          <Section title={t(`why.${whole.why.light}`)}>
            <LightWhy {...whole} />
          </Section>
          <Section title={t('history.title')}>
            <History events={whole.events} part={whole.obligation.part > 0} />
          </Section>
        </div>
      )}
    </Shown>
  )
}

/** What carries a split one; each opens on a sheet of its own. */
function Parts({ of }: { of: One[] }) {
  const t = useT()
  const [shown, setShown] = useState<string | null>(null)
  const left = of.filter((part) => part.state === 'open').length
  return (
    <Section title={t('parts.title')} note={left > 0 ? t('parts.left', { count: left }) : t('parts.done')}>
      <Rows label={t('parts.title')}>
        {of.map((part) => (
          <ObligationRow key={part.id} one={part} open={() => setShown(part.id)} />
        ))}
      </Rows>
      <ObligationDetail id={shown} onClose={() => setShown(null)} />
    </Section>
  )
}

const ObligationFacts = ({ one }: { one: One }) => <Facts of={useFacts(one)} />

type Verb = 'bringForward' | 'moveDue' | 'handOver' | 'split' | 'waive' | 'restore' | 'join'
const verbs: readonly Verb[] = ['bringForward', 'moveDue', 'handOver', 'split', 'waive', 'restore', 'join']

function Actions({ one, onLeave }: { one: One; onLeave?: () => void }) {
  const t = useT()
  const record = useRecord()
  const { verbs: mine } = useMe()
  const [open, setOpen] = useState<Verb | null>(null)
  const mayRecord = one.actions.includes('record') && record !== null
  const close = () => setOpen(null)
  return (
    <>
      <div className="obligation-actions">
        {mayRecord && (
          <Act
            kind="soft"
            onClick={() => {
              onLeave?.()
              record({ obligation: one.id, title: one.title })
            }}
          >
            {t('act.record')}
          </Act>
        )}
        {verbs
          .filter((verb) => one.actions.includes(verb))
          .map((verb) => (
            <Act key={verb} expanded={open === verb} onClick={() => setOpen(open === verb ? null : verb)}>
              {t(`act.${verb}`)}
            </Act>
          ))}
        {mine.includes('trace.read') && (
          <Go to="/trace" search={{ kind: 'obligation', id: one.id }}>
            {t('act.trace')}
          </Go>
        )}
      </div>
      {(open === 'moveDue' || open === 'bringForward') && <OtherDay key={open} one={one} verb={open} onDone={close} />}
      {open === 'split' && <Split one={one} onDone={close} />}
      {open === 'join' && <WithReason one={one} verb="join" onDone={close} />}
      {open === 'handOver' && <HandOver one={one} onDone={close} />}
      {open === 'waive' && <WithReason one={one} verb="waive" onDone={close} />}
      {open === 'restore' && <WithReason one={one} verb="restore" onDone={close} />}
    </>
  )
}

export type InlineProps = { one: One; onDone: () => void }

export function Foot({ busy, onDone, danger }: { busy: boolean; onDone: () => void; danger?: boolean }) {
  const t = useT()
  const say = useSay()
  return (
    <>
      <Act kind={danger ? 'danger' : 'main'} type="submit" loading={busy}>
        {t('act.save')}
      </Act>
      <Button onClick={onDone}>{say('cancel')}</Button>
    </>
  )
}

/** Another due day: later (延期) or earlier (提前). */
function OtherDay({ one, verb, onDone }: InlineProps & { verb: 'moveDue' | 'bringForward' }) {
  const t = useT()
  const { today } = useMe()
  const act = useAct(obligationRoutes[verb], {
    onDone: () => {
      tell(t(`done.${verb}`))
      onDone()
    },
  })
  const earlier = verb === 'bringForward'
  const form = useForm({ due: one.due, reason: '' }, { refused: act.error })
  const bounds = earlier ? { min: later(one.opens, today), max: one.due } : { min: one.due }
  return (
    <div className="inline-form">
      <FormOf onSend={() => act.mutate({ id: one.id, ...form.values })} foot={<Foot busy={act.isPending} onDone={onDone} />}>
        <FieldsOf
          form={form}
          fields={[
            { name: 'due', kind: 'day', label: t(earlier ? 'form.earlier' : 'form.later'), ...bounds },
            { name: 'reason', label: t('form.reason'), maxLength: 500 },
          ]}
        />
        <Refusal of={form.left} />
      </FormOf>
    </div>
  )
}

function HandOver({ one, onDone }: InlineProps) {
  const t = useT()
  const { inUnits } = useOffice()
  const act = useAct(obligationRoutes.handOver, {
    onDone: () => {
      tell(t('done.handOver'))
      onDone()
    },
  })
  const form = useForm({ person: '', reason: '' }, { refused: act.error })
  const send = () => {
    const [person = '', unit = ''] = form.values.person.split(' ')
    act.mutate({ id: one.id, person, unit, reason: form.values.reason })
  }
  return (
    <div className="inline-form">
      <FormOf onSend={send} foot={<Foot busy={act.isPending} onDone={onDone} />}>
        <FieldsOf
          form={form}
          fields={[
            { name: 'person', kind: 'pick', label: t('form.to'), options: inUnits, placeholder: t('form.toHint') },
            { name: 'reason', label: t('form.reason'), maxLength: 500 },
          ]}
        />
        <Refusal of={form.left} />
      </FormOf>
    </div>
  )
}

function WithReason({ one, verb, onDone }: InlineProps & { verb: 'waive' | 'restore' | 'join' }) {
  const t = useT()
  const act = useAct(obligationRoutes[verb], {
    onDone: () => {
      tell(t(`done.${verb}`))
      onDone()
    },
  })
  const form = useForm({ reason: '' }, { refused: act.error })
  return (
    <div className="inline-form">
      <FormOf
        onSend={() => act.mutate({ id: one.id, ...form.values })}
        foot={<Foot busy={act.isPending} onDone={onDone} danger={verb === 'waive'} />}
      >
        {verb === 'join' && <p className="note">{t('join.says')}</p>}
        <FieldsOf
          form={form}
          fields={[
            { name: 'reason', label: t('form.reason'), maxLength: 500, ...(verb === 'waive' ? { hint: t('form.reasonWaive') } : {}) },
          ]}
        />
        <Refusal of={form.left} />
      </FormOf>
    </div>
  )
}
