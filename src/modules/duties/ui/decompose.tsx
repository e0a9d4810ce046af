import { Input } from 'antd'
import { useState } from 'react'
import { useAct } from '#web/client.ts'
import { Act, Button, Choice, Field, FormOf, Refusal, Sheet, tell } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useSay } from '#web/words.ts'
import { everies, rruleOf, sayCadence } from '../cadence.ts'
import { dutyRoutes } from '../contract.ts'
import { choiceFrom } from './cadence-fields.tsx'
import { type DutyWhole, HolderPick, holderOf, useT } from './parts.tsx'

type Part = { key: number; title: string; holders: string[]; every: string; due: string; carries: { id: string; name: string } | null }

/** The parts one would expect: one for each holder whose part nobody carries yet. */
function startOf(duty: DutyWhole, today: string, name: (unit: string) => string): Part[] {
  const missing = duty.children > 0 ? duty.holders.filter((holder) => duty.uncarried.includes(holder.id)) : duty.holders
  const many = duty.holders.length > 1
  // What is overdue already gives its parts no day: they need one of their own.
  const overdue = duty.due !== null && duty.due < today ? 'once' : ''
  const parts = missing.slice(0, 20).map((holder, key) => ({
    key,
    title: many ? name(holder.unit.name).slice(0, 120) : duty.title,
    holders: [],
    every: overdue,
    due: '',
    carries: { id: holder.id, name: holder.post?.name ?? holder.persons[0]?.name ?? holder.unit.name },
  }))
  return parts.length > 0 ? parts : [{ key: 0, title: '', holders: [], every: overdue, due: '', carries: null }]
}

/** 分解: the parts of a duty, each with its own holders. What is left out is the whole's; it can be undone at once. */
export function Decompose({ duty, onClose }: { duty: DutyWhole; onClose: () => void }) {
  const t = useT()
  return (
    <Sheet open onClose={onClose} title={t('decompose.title')} wide>
      <DecomposeForm duty={duty} onClose={onClose} />
    </Sheet>
  )
}

function DecomposeForm({ duty, onClose }: { duty: DutyWhole; onClose: () => void }) {
  const t = useT()
  const say = useSay()
  const lang = useLang()
  const { today } = useMe()
  const [parts, setParts] = useState(() => startOf(duty, today, (unit) => t('decompose.one', { unit, title: duty.title })))
  const retract = useAct(dutyRoutes.retract)
  const drop = useAct(dutyRoutes.drop)
  const act = useAct(dutyRoutes.decompose, {
    onDone: ({ made }) => {
      const undo = async () => {
        // What waits for a signature is given up instead.
        for (const id of made)
          await retract.mutateAsync({ id, reason: t('retract.undo') }).catch(() => drop.mutateAsync({ id }).catch(() => undefined))
      }
      tell(t('done.decompose', { count: made.length }), { undo: () => void undo() })
      onClose()
    },
  })
  const put = (key: number, change: Partial<Part>) => setParts(parts.map((one) => (one.key === key ? { ...one, ...change } : one)))
  const filled = parts.filter((one) => one.holders.length > 0 && one.title.trim() !== '')
  // Refusals name the place by the order in which the parts were sent.
  const errorAt = (key: number, name: string) => {
    const n = filled.findIndex((one) => one.key === key)
    return (n >= 0 && act.error?.at.some(({ at }) => at.startsWith(`/parts/${n}/${name}`)) && act.error.message) || null
  }
  const send = () =>
    act.mutate({
      id: duty.id,
      parts: filled.map((one) => ({
        title: one.title.trim(),
        holders: one.holders.map(holderOf),
        ...(one.carries ? { carries: [one.carries.id] } : {}),
        ...(one.every === '' ? {} : { rrule: rruleOf(choiceFrom({ every: one.every, on: '', month: '' })), due: one.due || null }),
      })),
    })
  return (
    <FormOf
      onSend={send}
      foot={
        <>
          <Act kind="main" type="submit" loading={act.isPending} disabled={filled.length === 0}>
            {t('decompose.save', { count: filled.length })}
          </Act>
          <Button onClick={onClose}>{say('cancel')}</Button>
        </>
      }
    >
      <p>
        <b>{duty.title}</b> <span className="note">{sayCadence(duty.rrule, duty.due, lang)}</span>
      </p>
      <p className="note">{t('decompose.hint')}</p>
      {parts.map((part, i) => (
        <fieldset key={part.key} className="duty-part">
          <legend>
            {t('decompose.part', { n: i + 1 })}
            {part.carries && ` · ${t('decompose.for', { name: part.carries.name })}`}
          </legend>
          <Field label={t('field.holders')} error={errorAt(part.key, 'holders')}>
            {(control) => <HolderPick control={control} value={part.holders} onChange={(holders) => put(part.key, { holders })} />}
          </Field>
          <Field label={t('field.title')} error={errorAt(part.key, 'title')}>
            {(control) => (
              <Input {...control} value={part.title} maxLength={120} onChange={(event) => put(part.key, { title: event.target.value })} />
            )}
          </Field>
          <div className="duty-pair">
            <Field label={t('field.every')} error={errorAt(part.key, 'rrule')}>
              {(control) => (
                <Choice
                  {...control}
                  none={t('decompose.same')}
                  options={everies.map((every) => ({ value: every, label: t(`every.${every}`) }))}
                  value={part.every}
                  onChange={(every) => put(part.key, { every })}
                />
              )}
            </Field>
            {part.every === 'once' && (
              <Field label={t('field.due')} error={errorAt(part.key, 'due')}>
                {(control) => (
                  <Input
                    {...control}
                    type="date"
                    min={today}
                    {...(duty.due && duty.due >= today ? { max: duty.due } : {})}
                    value={part.due}
                    onChange={(event) => put(part.key, { due: event.target.value })}
                  />
                )}
              </Field>
            )}
          </div>
          {parts.length > 1 && (
            <Button kind="bare" onClick={() => setParts(parts.filter((one) => one.key !== part.key))}>
              {t('decompose.drop')}
            </Button>
          )}
        </fieldset>
      ))}
      <Button
        onClick={() =>
          setParts([
            ...parts,
            { key: Math.max(...parts.map((one) => one.key)) + 1, title: '', holders: [], every: '', due: '', carries: null },
          ])
        }
      >
        {t('decompose.add')}
      </Button>
      <Refusal of={act.error} />
    </FormOf>
  )
}
