import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { accessRoutes } from '#modules/access/contract.ts'
import { call } from '../client.ts'
import { forgetDrafts } from '../kit/form.tsx'
import { Segments } from '../kit/picks.tsx'
import { Pop } from '../kit/pop.tsx'
import { chooseScheme, type Choice as Scheme, useScheme, useSchemeChoice } from '../scheme.ts'
import { useMe } from '../session.ts'
import { speak, useLang, useSay } from '../words.ts'
import { Icon } from './icons.tsx'

/** Language and light or dark, as they stand in the account menu and on the sign-in page. */
export function Settings() {
  const say = useSay()
  const lang = useLang()
  const scheme = useSchemeChoice()
  const schemes = (['system', 'light', 'dark'] as const).map((value) => ({ value, label: say(`scheme.${value}`) }))
  return (
    <div className="settings">
      <Segments
        label={say('lang.label')}
        value={lang}
        options={[
          { value: 'zh-CN', label: '中文' },
          { value: 'en', label: 'English' },
        ]}
        onChange={(next) => void speak(next === 'en' ? 'en' : 'zh-CN')}
      />
      <Segments label={say('scheme.label')} value={scheme} options={schemes} onChange={(next) => chooseScheme(next as Scheme)} />
    </div>
  )
}

/** The same two as one press each, where the window is wide enough. */
export function Quick() {
  const say = useSay()
  const lang = useLang()
  const scheme = useScheme()
  const other = scheme === 'dark' ? 'light' : 'dark'
  return (
    <div className="quick">
      <button
        type="button"
        className="icon-button"
        onClick={() => void speak(lang === 'en' ? 'zh-CN' : 'en')}
        aria-label={`${lang === 'en' ? '中' : 'EN'} ${say('lang.other')}`}
        title={say('lang.other')}
      >
        {lang === 'en' ? '中' : 'EN'}
      </button>
      <button
        type="button"
        className="icon-button"
        onClick={() => chooseScheme(other)}
        aria-label={say(other === 'dark' ? 'scheme.toDark' : 'scheme.toLight')}
        title={say(other === 'dark' ? 'scheme.toDark' : 'scheme.toLight')}
      >
        <Icon name="half" />
      </button>
    </div>
  )
}

/** Who is signed in, the settings, and the way out. */
export function Account({ onKeys }: { onKeys: () => void }) {
  const say = useSay()
  const me = useMe()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const leave = async () => {
    await call(accessRoutes.signOut, {}, { asOf: null }).catch(() => undefined)
    queries.clear()
    await navigate({ to: '/sign-in', search: { asOf: undefined } })
    // Last, since a form that goes keeps its draft.
    forgetDrafts()
  }
  return (
    <Pop className="account" label={say('account.label', { name: me.name })} face={<span className="dot">{me.name.slice(0, 1)}</span>}>
      {(close) => (
        <div className="account-panel">
          <p className="account-name">
            <b>{me.name}</b>
            <small>{me.office.name}</small>
          </p>
          <Settings />
          <button
            type="button"
            className="account-line"
            onClick={() => {
              close()
              onKeys()
            }}
          >
            {say('keys.title')}
          </button>
          <button type="button" className="account-line" onClick={() => void leave()}>
            {say('account.leave')}
          </button>
        </div>
      )}
    </Pop>
  )
}
