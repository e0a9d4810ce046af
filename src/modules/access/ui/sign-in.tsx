import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { OkOf } from '#kernel/contract.ts'
import { useAct, useRead } from '#web/client.ts'
import { Button } from '#web/kit/act.tsx'
import { FieldsOf, FormOf, Refusal } from '#web/kit/fields.tsx'
import { useForm } from '#web/kit/form.tsx'
import { useTitle } from '#web/kit/page.tsx'
import { Settings } from '#web/shell/account.tsx'
import { useSay } from '#web/words.ts'
import { accessRoutes, demoRoutes } from '../contract.ts'

/** Only an address of our own: a path, and nothing that a browser would read as another site. */
const ownAddress = (back: unknown): string =>
  typeof back === 'string' && /^\/(?![/\\])/.test(back) && !back.startsWith('/sign-in') ? back : '/'

/** Office code, name and password; in a demo the personas, one click each. */
export default function SignIn() {
  const say = useSay()
  useTitle(say('signIn.title'))
  const queries = useQueryClient()
  const navigate = useNavigate()
  const search: { back?: string } = useSearch({ strict: false })
  const enter = () => {
    queries.clear()
    void navigate({ href: ownAddress(search.back), replace: true })
  }
  const session = useRead(accessRoutes.session, {}, { asOf: null })
  const personas = useRead(demoRoutes.personas, {}, { asOf: null, enabled: session.data?.demo === true })
  return (
    <main className="sign-in">
      <div className="sign-in-sheet">
        <header>
          <h1 className="sign-in-brand">责廉</h1>
          <p className="sign-in-line">{say('signIn.line')}</p>
        </header>
        {personas.data && (
          <>
            <Personas of={personas.data.items} onDone={enter} />
            <details className="sign-in-other">
              <summary>{say('signIn.byPassword')}</summary>
              <Password onDone={enter} />
            </details>
          </>
        )}
        {(session.data?.demo === false || session.error || personas.error) && <Password onDone={enter} />}
        <p className="sign-in-note">{say('signIn.secret')}</p>
        <Settings />
      </div>
    </main>
  )
}

function Password({ onDone }: { onDone: () => void }) {
  const say = useSay()
  const signIn = useAct(accessRoutes.signIn, { invalidates: [], onDone })
  const form = useForm({ office: localStorage.getItem('zelian.office') ?? '', name: '', password: '' }, { refused: signIn.error })
  const send = () => {
    localStorage.setItem('zelian.office', form.values.office)
    signIn.mutate(form.values)
  }
  const known = form.values.office !== ''
  return (
    <FormOf onSend={send}>
      <FieldsOf
        form={form}
        first={known ? 'name' : 'office'}
        fields={[
          { name: 'office', label: say('signIn.office'), hint: say('signIn.officeHint'), autoComplete: 'organization' },
          { name: 'name', label: say('signIn.name'), autoComplete: 'username' },
          { name: 'password', kind: 'password', label: say('signIn.password'), autoComplete: 'current-password' },
        ]}
      />
      <Refusal of={form.left} />
      <Button kind="main" type="submit" loading={signIn.isPending}>
        {say('signIn.enter')}
      </Button>
    </FormOf>
  )
}

type Cast = OkOf<typeof demoRoutes.personas>['items']

function Personas({ of, onDone }: { of: Cast; onDone: () => void }) {
  const say = useSay()
  const signIn = useAct(demoRoutes.signIn, { invalidates: [], onDone })
  return (
    <section className="personas" aria-label={say('signIn.personas')}>
      <h2>{say('signIn.personas')}</h2>
      <ul>
        {of.map(({ persona, name, post, says }) => (
          <li key={persona}>
            <button type="button" onClick={() => signIn.mutate({ persona })} disabled={signIn.isPending} data-persona={persona}>
              <span className="dot">{name.slice(0, 1)}</span>
              <span>
                <b>{name}</b> <span className="persona-post">{post}</span>
                <small>{says}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Refusal of={signIn.error} />
    </section>
  )
}
