import { useState } from 'react'
import { later } from '#kernel/calendar/index.ts'
import { DutyBases } from '#modules/basis/ui/duty-bases.tsx'
import { DutySentences } from '#modules/directives/ui/further.tsx'
import { obligationRoutes } from '#modules/obligations/contract.ts'
import { ObligationDetail } from '#modules/obligations/ui/detail.tsx'
import { ObligationRow } from '#modules/obligations/ui/parts.tsx'
import { useAct, usePages } from '#web/client.ts'
import {
  Act,
  Button,
  Day,
  Empty,
  Facts,
  Field,
  FieldsOf,
  FormOf,
  Go,
  List,
  Moment,
  Refusal,
  Section,
  Segments,
  Tag,
  tell,
  useForm,
} from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useSay, useWords } from '#web/words.ts'
import { sayCadence } from '../cadence.ts'
import { dutyRoutes } from '../contract.ts'
import { LoadPanel } from './load.tsx'
import { words as loadWords } from './load-words.ts'
import { Basis, type DutyOk, HolderPick, Holders, holderOf, isGap, Lights, useT } from './parts.tsx'

/** One duty: who, on what basis, how often, and what is owed for it. */
export function DutyDetail({ duty }: { duty: DutyOk }) {
  const t = useT()
  const lang = useLang()
  const { verbs } = useMe()
  const [open, setOpen] = useState<'assign' | 'end' | null>(null)
  const close = () => setOpen(null)
  return (
    <div className="duty-detail">
      <h2>{duty.title}</h2>
      <p>
        <Lights of={duty.lights} /> {duty.state === 'ended' && <Tag tone="grey">{t('state.ended')}</Tag>}
      </p>
      <Pending state={duty.state} />
      {duty.body && duty.body !== duty.title && <p className="duty-body">{duty.body}</p>}
      <div className="duty-buttons">
        {(['assign', 'end'] as const)
          .filter((verb) => duty.actions.includes(verb))
          .map((verb) => (
            <Act key={verb} expanded={open === verb} onClick={() => setOpen(open === verb ? null : verb)}>
              {t(`verb.${verb}`)}
            </Act>
          ))}
        {duty.basis && (
          <Go to={`/directives/${duty.basis.directive}`} search={{ at: String(duty.basis.start) }}>
            {t('basis.open')}
          </Go>
        )}
        {verbs.includes('trace.read') && (
          <Go to="/trace" search={{ kind: 'duty', id: duty.id }}>
            {t('verb.trace')}
          </Go>
        )}
      </div>
      {open === 'assign' && <Assign duty={duty} onDone={close} />}
      {open === 'end' && <End duty={duty} onDone={close} />}
      {duty.holders.filter(isGap).map((holder) => (
        <p key={holder.post?.id ?? holder.unit.id} className="duty-gap">
          {t('gap.says', { post: `${holder.unit.name} ${holder.post?.name ?? ''}` })}
        </p>
      ))}
      <HolderList of={duty.holders} />
      <Facts
        of={[
          { name: t('fact.cadence'), value: sayCadence(duty.rrule, duty.due, lang) },
          ...(duty.measure ? [{ name: t('fact.measure'), value: duty.measure }] : []),
          { name: t('fact.kind'), value: `${t(`kind.${duty.kind}`)} · ${t(`polarity.${duty.polarity}`)}` },
          { name: t('fact.basis'), value: <Basis of={duty.basis} /> },
          { name: t('fact.since'), value: <Day day={duty.since} /> },
          ...(duty.until ? [{ name: t('fact.until'), value: <Day day={duty.until} /> }] : []),
          { name: t('fact.recorded'), value: <Moment at={duty.recordedAt} /> },
        ]}
      />
      <DutySentences duty={duty.id} />
      <DutyBases duty={duty.id} />
      <Owed duty={duty} />
    </div>
  )
}

/** Why a duty is not in force yet, with the way to where it is signed. */
function Pending({ state }: { state: DutyOk['state'] }) {
  const t = useWords('duty-load', loadWords)
  if (state !== 'awaiting' && state !== 'returned') return null
  return (
    <p>
      <Tag tone="yellow">{t(`state.${state}`)}</Tag> {t(`duty.${state}`)}{' '}
      <Go to="/awaiting" kind="bare">
        {t('title')}
      </Go>
    </p>
  )
}

/** Each holder in a line of its own: the post, and who is in it. */
function HolderList({ of }: { of: DutyOk['holders'] }) {
  const t = useT()
  return (
    <div>
      <p className="note">{t('fact.holders')}</p>
      <ul className="duty-list">
        {of.map((holder) => (
          <li key={`${holder.post?.id ?? holder.persons[0]?.id} ${holder.since}`}>
            <Holders of={[holder]} /> <small>{holder.unit.name}</small>
          </li>
        ))}
      </ul>
    </div>
  )
}

const lightOrder = ['red', 'yellow', 'green', 'grey'] as const
type Shown = 'all' | (typeof lightOrder)[number]

/** What is owed for it, by due day: first what is red, else what is soon due, else everything. One opens on a sheet. */
function Owed({ duty }: { duty: DutyOk }) {
  const t = useT()
  const [chosen, choose] = useState<Shown | null>(null)
  const [shown, setShown] = useState<string | null>(null)
  const { lights } = duty
  const total = lightOrder.reduce((sum, one) => sum + lights[one], 0)
  const light = chosen ?? (lights.red > 0 ? 'red' : lights.yellow > 0 ? 'yellow' : 'all')
  const pages = usePages(obligationRoutes.list, { because: duty.id, limit: 20, ...(light === 'all' ? {} : { light }) }, { keep: true })
  const standing = duty.rrule === null && duty.due === null
  const options = [
    { value: 'all', label: t('owed.all') },
    ...lightOrder.filter((one) => lights[one] > 0).map((one) => ({ value: one, label: `${t(`owed.${one}`)} ${lights[one]}` })),
  ]
  return (
    <Section
      title={t('owed.title')}
      action={
        options.length > 2 && (
          <Segments
            label={t('owed.title')}
            options={options}
            value={light}
            onChange={(next) => choose(lightOrder.find((one) => one === next) ?? 'all')}
          />
        )
      }
    >
      <List
        of={pages}
        label={t('owed.title')}
        row={(one) => <ObligationRow key={one.id} one={one} untitled={duty.title} open={() => setShown(one.id)} />}
        empty={<Empty says={total > 0 ? t('owed.hidden', { count: total }) : t(standing ? 'owed.none' : 'owed.noneYet')} />}
      />
      <ObligationDetail id={shown} onClose={() => setShown(null)} />
    </Section>
  )
}

type InlineProps = { duty: DutyOk; onDone: () => void }

function Assign({ duty, onDone }: InlineProps) {
  const t = useT()
  const say = useSay()
  const { today } = useMe()
  const act = useAct(dutyRoutes.assign, {
    onDone: () => {
      tell(t('done.assign'))
      onDone()
    },
  })
  const form = useForm({ since: later(today, duty.since), holders: [] as string[] }, { refused: act.error })
  return (
    <div className="duty-form">
      <FormOf
        onSend={() => act.mutate({ id: duty.id, since: form.values.since, holders: form.values.holders.map(holderOf) })}
        foot={
          <>
            <Act kind="main" type="submit" loading={act.isPending} disabled={form.values.holders.length === 0}>
              {t('assign.save')}
            </Act>
            <Button onClick={onDone}>{say('cancel')}</Button>
          </>
        }
      >
        <Field label={t('field.holders')} error={form.errorAt('holders')}>
          {(control) => <HolderPick control={control} value={form.values.holders} onChange={(holders) => form.set('holders', holders)} />}
        </Field>
        <LoadPanel
          input={
            form.values.holders.length === 0 || (duty.rrule === null && duty.due === null)
              ? null
              : { kind: duty.kind, rrule: duty.rrule, due: duty.due, since: form.values.since, holders: form.values.holders.map(holderOf) }
          }
        />
        <FieldsOf form={form} first="holders" fields={[{ name: 'since', kind: 'day', label: t('assign.since'), min: duty.since }]} />
        <Refusal of={form.left ?? (form.errorAt('holders') ? null : act.error)} />
      </FormOf>
    </div>
  )
}

function End({ duty, onDone }: InlineProps) {
  const t = useT()
  const say = useSay()
  const { today } = useMe()
  const act = useAct(dutyRoutes.end, {
    onDone: () => {
      tell(t('done.end'))
      onDone()
    },
  })
  const form = useForm({ until: later(today, duty.since), reason: '' }, { refused: act.error })
  return (
    <div className="duty-form">
      <FormOf
        onSend={() => act.mutate({ id: duty.id, ...form.values })}
        foot={
          <>
            <Act kind="danger" type="submit" loading={act.isPending}>
              {t('verb.end')}
            </Act>
            <Button onClick={onDone}>{say('cancel')}</Button>
          </>
        }
      >
        <p className="note">{t('end.hint')}</p>
        <FieldsOf
          form={form}
          fields={[
            { name: 'until', kind: 'day', label: t('end.until'), min: duty.since },
            { name: 'reason', label: t('end.reason'), maxLength: 500 },
          ]}
        />
        <Refusal of={form.left} />
      </FormOf>
    </div>
  )
}
