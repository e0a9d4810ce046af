import { Input } from 'antd'
import { later } from '#kernel/calendar/index.ts'
import { useOffice } from '#modules/acts/ui/office.ts'
import { useAct } from '#web/client.ts'
import { Act, Button, Field, FieldsOf, FormOf, Pick, Refusal, tell, useForm } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useSay } from '#web/words.ts'
import { obligationRoutes } from '../contract.ts'
import { partsMost } from '../rules.ts'
import { type One, useT } from './parts.tsx'

type Part = { key: number; who: string; due: string; title: string }

/** 拆分: any number of parts, each with its holder, its day and its share; the first is the holder's own until somebody else is chosen. */
export function Split({ one, onDone }: { one: One; onDone: () => void }) {
  const t = useT()
  const say = useSay()
  const { today } = useMe()
  const { inUnits } = useOffice()
  const act = useAct(obligationRoutes.split, {
    onDone: () => {
      tell(t('done.split'))
      onDone()
    },
  })
  const due = later(one.due, today)
  const own = `${one.holder.id} ${one.unit.id}`
  const begin: { parts: Part[]; reason: string } = {
    parts: [
      { key: 1, who: own, due, title: '' },
      { key: 2, who: '', due, title: '' },
    ],
    reason: '',
  }
  const form = useForm(begin, { refused: act.error })
  const { parts, reason } = form.values
  const put = (key: number, change: Partial<Part>) =>
    form.set(
      'parts',
      parts.map((part) => (part.key === key ? { ...part, ...change } : part)),
    )
  const send = () =>
    act.mutate({
      id: one.id,
      reason,
      parts: parts.map((part) => {
        const [person = '', unit = ''] = part.who.split(' ')
        return { person, unit, due: part.due, ...(part.title.trim() ? { title: part.title.trim() } : {}) }
      }),
    })
  const errorAt = (i: number) => {
    const place = act.error?.at.find(({ at }) => at === `/parts/${i}` || at.startsWith(`/parts/${i}/`))
    return place ? { at: place.at.split('/')[3] ?? '', says: place.message ?? act.error?.message ?? '' } : null
  }
  return (
    <div className="inline-form">
      <FormOf
        onSend={send}
        foot={
          <>
            <Act kind="main" type="submit" loading={act.isPending} disabled={parts.some((part) => part.who === '')}>
              {t('split.save')}
            </Act>
            <Button onClick={onDone}>{say('cancel')}</Button>
          </>
        }
      >
        <p className="note">{t('split.says')}</p>
        {parts.map((part, i) => (
          <PartFields
            key={part.key}
            n={i + 1}
            part={part}
            options={inUnits}
            min={one.opens}
            error={errorAt(i)}
            put={(change) => put(part.key, change)}
            {...(parts.length > 2
              ? {
                  drop: () =>
                    form.set(
                      'parts',
                      parts.filter((other) => other.key !== part.key),
                    ),
                }
              : {})}
          />
        ))}
        {parts.length < partsMost && (
          <div>
            <Button
              kind="bare"
              onClick={() =>
                form.set('parts', [...parts, { key: Math.max(...parts.map((part) => part.key)) + 1, who: '', due, title: '' }])
              }
            >
              ＋ {t('split.more')}
            </Button>
          </div>
        )}
        <FieldsOf form={form} fields={[{ name: 'reason', label: t('form.reason'), maxLength: 500 }]} />
        <Refusal of={form.left} />
      </FormOf>
    </div>
  )
}

type PartProps = {
  n: number
  part: Part
  options: React.ComponentProps<typeof Pick>['options']
  min: string
  error: { at: string; says: string } | null
  put: (change: Partial<Part>) => void
  drop?: () => void
}

function PartFields({ n, part, options, min, error, put, drop }: PartProps) {
  const t = useT()
  const errorOf = (name: string) => (error && (error.at === name || (name === 'person' && error.at === '')) ? error.says : null)
  return (
    <fieldset className="split-part">
      <legend>
        {t('split.part', { n })}
        {drop && (
          <button type="button" className="split-drop" aria-label={t('split.drop', { n })} onClick={drop}>
            ×
          </button>
        )}
      </legend>
      <Field label={t('fact.holder')} error={errorOf('person') ?? errorOf('unit')}>
        {(control) => (
          <Pick
            {...control}
            options={options}
            value={part.who || null}
            placeholder={t('form.toHint')}
            onChange={(who) => put({ who: who ?? '' })}
          />
        )}
      </Field>
      <Field label={t('fact.due')} error={errorOf('due')}>
        {(control) => <Input {...control} type="date" min={min} value={part.due} onChange={(event) => put({ due: event.target.value })} />}
      </Field>
      <Field label={t('split.share')} error={errorOf('title')} required={false}>
        {(control) => (
          <Input
            {...control}
            maxLength={120}
            placeholder={t('split.shareHint')}
            value={part.title}
            onChange={(event) => put({ title: event.target.value })}
          />
        )}
      </Field>
    </fieldset>
  )
}
