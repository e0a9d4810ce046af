import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { InputOf, OkOf } from '#kernel/contract.ts'
import { useOffice } from '#modules/acts/ui/office.ts'
import { useAct } from '#web/client.ts'
import { daysFrom } from '#web/days.ts'
import {
  Act,
  Button,
  Card,
  Field,
  FieldsOf,
  FormOf,
  Go,
  Headline,
  Loading,
  Pick,
  Refusal,
  Section,
  Segments,
  Tag,
  tell,
  useForm,
} from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { pledgeRoutes } from '../contract.ts'
import { bars, pledgeKinds, whoms } from '../rules.ts'
import { Paper, useT } from './parts.tsx'

type Preview = OkOf<typeof pledgeRoutes.preview>
type Asked = InputOf<typeof pledgeRoutes.preview>
type Named = { what: 'unit' | 'post' | 'person'; id: string; name: string }

/** What the form says so far, as the server takes it; what was left out is the office's. */
function askedBy(values: Values, scope: readonly Named[]): Asked {
  const ids = (what: Named['what']) => scope.filter((one) => one.what === what).map((one) => one.id)
  const [units, posts, persons] = [ids('unit'), ids('post'), ids('person')]
  return {
    ...{ year: Number(values.year), kind: values.kind },
    ...(values.whom ? { whom: values.whom } : {}),
    ...(units.length > 0 ? { units } : {}),
    ...(posts.length > 0 ? { posts } : {}),
    ...(persons.length > 0 ? { persons } : {}),
    ...(values.title.trim().length > 1 ? { title: values.title.trim() } : {}),
    ...(values.opening.trim() ? { opening: values.opening.trim() } : {}),
    ...(values.closing.trim() ? { closing: values.closing.trim() } : {}),
  }
}

type Values = {
  kind: (typeof pledgeKinds)[number]
  year: number | string
  due: string
  whom: (typeof whoms)[number] | ''
  title: string
  opening: string
  closing: string
}

/** 发起签订: whom, by when and with which words; beside it who gets one and what is missing, before anything is issued. */
export default function NewRoundPage() {
  const t = useT()
  const { today } = useMe()
  const navigate = useNavigate()
  const [scope, setScope] = useState<readonly Named[]>([])
  const [worded, setWorded] = useState(false)
  const issue = useAct(pledgeRoutes.issue, {
    onDone: (made) => {
      tell(t('new.issued', { count: made.total }))
      void navigate({ to: `/pledges/rounds/${made.id}` })
    },
  })
  const start: Values = {
    ...{ kind: 'letter', year: Number(today.slice(0, 4)), due: daysFrom(today, 14), whom: '' },
    ...{ title: '', opening: '', closing: '' },
  }
  const form = useForm<Values>(start, { refused: issue.error })
  const year = Number(form.values.year)
  const ready = Number.isInteger(year) && year >= 2000 && year <= 2200
  const asked = ready ? JSON.stringify(askedBy(form.values, scope)) : null
  const { mutate, data, variables, error, isPending } = useAct(pledgeRoutes.preview, { invalidates: [] })
  useEffect(() => {
    if (asked === null) return
    const timer = setTimeout(() => mutate(JSON.parse(asked)), 300)
    return () => clearTimeout(timer)
  }, [asked, mutate])
  const fresh = data !== undefined && asked !== null && JSON.stringify(variables) === asked
  const gets = fresh ? data.gets : 0
  const openWords = () => {
    if (data) form.put((before) => ({ ...before, title: data.title, opening: data.opening, closing: data.closing }))
    setWorded(true)
  }
  return (
    <>
      <Headline title={t('new.title')} sub={t('new.sub')} />
      <Card pad>
        <FormOf
          onSend={() => fresh && gets > 0 && issue.mutate({ ...askedBy(form.values, scope), due: form.values.due })}
          foot={
            <>
              <Act kind="main" type="submit" loading={issue.isPending} disabled={!fresh || gets === 0 || form.values.due === ''}>
                {t('new.issue', { count: gets })}
              </Act>
              <Go to="/pledges" search={{ view: 'rounds' }}>
                {t('round.back')}
              </Go>
            </>
          }
        >
          <div className="pledge-kind">
            <Segments
              label={t('new.kind')}
              value={form.values.kind}
              options={pledgeKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
              onChange={(next) => {
                form.put((before) => ({ ...before, kind: next as Values['kind'], whom: '', title: '', opening: '', closing: '' }))
                setWorded(false)
              }}
            />
          </div>
          <div className="pledge-three">
            <FieldsOf
              form={form}
              first="due"
              fields={[
                { name: 'year', kind: 'number', label: t('year') },
                { name: 'due', kind: 'day', label: t('due'), min: today },
              ]}
            />
            <Field label={t('whom')}>
              {(control) => (
                <select
                  {...{ id: control.id }}
                  className="pledge-select"
                  value={form.values.whom || (data?.whom ?? '')}
                  onChange={(event) => form.set('whom', event.target.value as Values['whom'])}
                >
                  {whoms.map((value) => (
                    <option key={value} value={value}>
                      {t(`whom.${value}`)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          </div>
          <Scope scope={scope} put={setScope} />
          {worded ? (
            <FieldsOf
              form={form}
              first="title"
              fields={[
                { name: 'title', label: t('title'), maxLength: 70 },
                { name: 'opening', kind: 'long', label: t('opening'), maxLength: 2000 },
                { name: 'closing', kind: 'long', label: t('closing'), hint: t('new.placeholders'), maxLength: 2000 },
              ]}
            />
          ) : (
            <Button kind="bare" onClick={openWords} disabled={!data}>
              {t('new.words')}
            </Button>
          )}
          <Refusal of={form.left} />
        </FormOf>
      </Card>
      <Refusal of={error} />
      {!data && isPending && <Loading lines={4} />}
      {data && <Previewed of={data} stale={!fresh} />}
    </>
  )
}

function Scope({ scope, put }: { scope: readonly Named[]; put: (next: readonly Named[]) => void }) {
  const t = useT()
  const { units, persons, holders } = useOffice()
  const posts = holders.filter((one) => one.value.startsWith('post '))
  const options = [
    ...units.map((one) => ({ ...one, value: `unit ${one.value}`, note: t('scope.unit') })),
    ...posts.map((one) => ({ ...one, value: `post ${one.value.split(' ')[2] ?? ''}` })),
    ...persons.map((one) => ({ ...one, value: `person ${one.value}` })),
  ].filter((one) => !scope.some((it) => `${it.what} ${it.id}` === one.value))
  const add = (value: string | null) => {
    const option = options.find((one) => one.value === value)
    const [what, id] = (value ?? '').split(' ')
    if (option && id) put([...scope, { what: what as Named['what'], id, name: option.label }])
  }
  return (
    <Field label={t('new.scope')} hint={t('new.scopeHint')} required={false}>
      {(control) => (
        <>
          <Pick {...control} options={options} value={null} onChange={add} placeholder={t('new.scopeAdd')} />
          {scope.length > 0 && (
            <p className="pledge-chips">
              {scope.map((one) => (
                <button
                  key={`${one.what} ${one.id}`}
                  type="button"
                  aria-label={t('new.remove', { name: one.name })}
                  onClick={() => put(scope.filter((it) => it !== one))}
                >
                  {one.name}
                  <span aria-hidden="true"> ×</span>
                </button>
              ))}
            </p>
          )}
        </>
      )}
    </Field>
  )
}

const nextOf = {
  sent: null,
  no_superior: '/org',
  no_duties: '/duties',
  already: '/pledges',
  no_level: '/org',
} as const

function Previewed({ of, stale }: { of: Preview; stale: boolean }) {
  const t = useT()
  return (
    <div className={stale ? 'pledge-stale' : ''} aria-live="polite">
      <Section title={of.gets > 0 ? t('new.gets', { count: of.gets }) : t('new.nobody')} note={stale ? t('new.asked') : undefined}>
        {of.problems.length > 0 && (
          <ul className="card pledge-problems">
            {of.problems.map(({ kind, count }) => {
              const to = nextOf[kind]
              return (
                <li key={kind}>
                  <Tag tone={bars.includes(kind) ? 'yellow' : 'plain'}>{t('problem.count', { count })}</Tag>
                  <span>{t(`problem.${kind}`)}</span>
                  {to && (
                    <Go
                      to={to}
                      {...(kind === 'no_duties' ? { search: { view: 'gaps' } } : kind === 'already' ? { search: { view: 'list' } } : {})}
                    >
                      {t(`next.${kind}`)}
                    </Go>
                  )}
                </li>
              )
            })}
          </ul>
        )}
      </Section>
      {of.sample && (
        <details className="pledge-fold">
          <summary>{t('new.sample', { name: of.sample.holder.name })}</summary>
          <Paper text={of.sample} />
        </details>
      )}
      {of.people.length > 0 && <People of={of.people} />}
    </div>
  )
}

function People({ of }: { of: Preview['people'] }) {
  const t = useT()
  return (
    <Section title={t('new.table')}>
      <Card>
        <section className="pledge-table-box" aria-label={t('new.table')} tabIndex={-1}>
          <table className="pledge-table">
            <thead>
              <tr>
                {(['person', 'unit', 'superior', 'items', 'problem'] as const).map((one) => (
                  <th key={one} scope="col">
                    {t(`col.${one}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {of.map((one) => (
                <tr key={one.person.id} className={one.problem && bars.includes(one.problem) ? 'barred' : ''}>
                  <th scope="row">{one.person.name}</th>
                  <td>
                    {one.unit.name}　{one.posts.join('、')}
                  </td>
                  <td>{one.superior?.name ?? '—'}</td>
                  <td>{`${one.positive}/${one.negative}`}</td>
                  <td>{one.problem ? t(`problem.${one.problem}`) : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </Card>
    </Section>
  )
}
