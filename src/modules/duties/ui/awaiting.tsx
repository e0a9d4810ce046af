import { useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import { useAct, usePages, useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import {
  Act,
  Button,
  Card,
  Empty,
  Failed,
  FieldsOf,
  FormOf,
  Go,
  Headline,
  Loading,
  Moment,
  Refusal,
  Tag,
  tell,
  useForm,
} from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useSay, useWords } from '#web/words.ts'
import { dutyRoutes } from '../contract.ts'
import { LoadList } from './load.tsx'
import { words } from './load-words.ts'

type IssueOk = OkOf<typeof dutyRoutes.awaiting>['items'][number]
const useT = () => useWords('duty-load', words)

/** 待签批: what was issued above somebody's budget, each with the load it adds and what one may do. */
export default function AwaitingPage() {
  const t = useT()
  const say = useSay()
  const pages = usePages(dutyRoutes.awaiting, { limit: 50 }, { keep: true })
  const head = useRead(dutyRoutes.awaiting, { limit: 1 })
  const who = head.data?.first.map((one) => one.name).join('、') || t('nobody')
  if (!pages.items) return pages.error ? <Failed error={pages.error} retry={pages.refetch} /> : <Loading lines={5} />
  const count = pages.items.length
  return (
    <>
      <Headline title={count === 0 ? t('head.none') : t(pages.more ? 'head.more' : 'head.some', { count })} sub={t('sub', { who })} />
      {count === 0 && (
        <Card>
          <Empty says={t('none')} />
        </Card>
      )}
      {pages.items.map((issue) => (
        <IssueCard key={`${issue.id} ${issue.state}`} issue={issue} />
      ))}
      {pages.more && (
        <Button onClick={pages.more} loading={pages.fetchingMore}>
          {say('list.more')}
        </Button>
      )}
    </>
  )
}

function IssueCard({ issue }: { issue: IssueOk }) {
  const t = useT()
  const lang = useLang()
  const { today } = useMe()
  const [open, setOpen] = useState<'approve' | 'refuse' | null>(null)
  const toggle = (verb: 'approve' | 'refuse') => setOpen(open === verb ? null : verb)
  const again = useAct(dutyRoutes.submit, { onDone: () => tell(t('done.submit')) })
  const drop = useAct(dutyRoutes.drop, { onDone: () => tell(t('done.drop')) })
  return (
    <article className="card pad issue" aria-label={issue.duty.title}>
      <h2>
        <Tag tone={issue.state === 'returned' ? 'grey' : 'yellow'}>
          {t(issue.state === 'returned' ? 'state.returned' : 'state.awaiting')}
        </Tag>{' '}
        {issue.duty.title}
      </h2>
      <p className="note">
        {t(`what.${issue.what}`)} · {t('issue.since', { since: sayDay(issue.since, lang, { thisYear: today }) })} ·{' '}
        {t('issue.by', { by: issue.by.name })} <Moment at={issue.draftedAt} />
      </p>
      {issue.reason && <p>{t('issue.reason', { reason: issue.reason })}</p>}
      <LoadList of={issue.load} />
      <div className="issue-acts">
        {(['approve', 'refuse'] as const)
          .filter((verb) => issue.actions.includes(verb))
          .map((verb) => (
            <Act key={verb} kind={verb === 'approve' ? 'soft' : 'plain'} expanded={open === verb} onClick={() => toggle(verb)}>
              {t(`act.${verb}`)}
            </Act>
          ))}
        {issue.actions.includes('submit') && (
          <Act kind="soft" loading={again.isPending} onClick={() => again.mutate({ id: issue.duty.id })}>
            {t('act.submit')}
          </Act>
        )}
        {issue.actions.includes('drop') && (
          <Act loading={drop.isPending} onClick={() => drop.mutate({ id: issue.duty.id })}>
            {t('act.drop')}
          </Act>
        )}
        <Go to="/duties" search={{ open: issue.duty.id }}>
          {t('act.open')}
        </Go>
      </div>
      <Refusal of={again.error ?? drop.error} />
      {open === 'approve' && <Sign duty={issue.duty.id} onDone={() => setOpen(null)} />}
      {open === 'refuse' && <SendBack duty={issue.duty.id} onDone={() => setOpen(null)} />}
    </article>
  )
}

type FormProps = { duty: string; onDone: () => void }

/** Signing asks for the password again: it binds. */
function Sign({ duty, onDone }: FormProps) {
  const t = useT()
  const say = useSay()
  const act = useAct(dutyRoutes.approve, {
    onDone: () => {
      tell(t('done.approve'))
      onDone()
    },
  })
  const form = useForm({ password: '' }, { refused: act.error })
  return (
    <FormOf
      onSend={() => act.mutate({ id: duty, password: form.values.password })}
      foot={
        <>
          <Act kind="main" type="submit" loading={act.isPending} disabled={form.values.password === ''}>
            {t('act.approve')}
          </Act>
          <Button onClick={onDone}>{say('cancel')}</Button>
        </>
      }
    >
      <FieldsOf
        form={form}
        fields={[
          {
            name: 'password',
            kind: 'password',
            label: t('approve.password'),
            hint: t('approve.says'),
            autoComplete: 'current-password',
            maxLength: 200,
          },
        ]}
      />
      <Refusal of={form.left} />
    </FormOf>
  )
}

function SendBack({ duty, onDone }: FormProps) {
  const t = useT()
  const say = useSay()
  const act = useAct(dutyRoutes.refuse, {
    onDone: () => {
      tell(t('done.refuse'))
      onDone()
    },
  })
  const form = useForm({ reason: '' }, { refused: act.error })
  return (
    <FormOf
      onSend={() => act.mutate({ id: duty, reason: form.values.reason })}
      foot={
        <>
          <Act kind="main" type="submit" loading={act.isPending}>
            {t('act.refuse')}
          </Act>
          <Button onClick={onDone}>{say('cancel')}</Button>
        </>
      }
    >
      <FieldsOf form={form} fields={[{ name: 'reason', label: t('refuse.reason'), maxLength: 500 }]} />
      <Refusal of={form.left} />
    </FormOf>
  )
}
