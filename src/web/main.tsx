import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { theme as antd, ConfigProvider, type ConfigProviderProps } from 'antd'
import { StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { answers, passing } from './client.ts'
import './look/base.css'
import './look/page.css'
import './look/rows.css'
import './look/buttons.css'
import './look/fields.css'
import './look/sheets.css'
import './look/shell.css'
import './look/panels.css'
import './look/sign-in.css'
import { listenForTheEnd, router } from './router.tsx'
import { startScheme, useScheme } from './scheme.ts'
import { antdTheme } from './theme.ts'
import { startWords, useLang } from './words.ts'

const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: (times, error) => times < 2 && passing(error), staleTime: 10_000, refetchOnWindowFocus: true },
    // A write is repeated only where nothing answered; it keeps its Idempotency-Key.
    mutations: { retry: (times, error) => times < 1 && passing(error) },
  },
})

type Locale = NonNullable<ConfigProviderProps['locale']>
// antd's files are modules without saying so in its package.json: the type has one `default` more than the bundle.
const unwrapped = ({ default: given }: { default: Locale | { default: Locale } }): Locale => ('default' in given ? given.default : given)
const locales = { 'zh-CN': () => import('antd/es/locale/zh_CN.js'), en: () => import('antd/es/locale/en_US.js') }

function App() {
  const scheme = useScheme()
  const lang = useLang()
  const [locale, setLocale] = useState<Locale>()
  useEffect(() => {
    void locales[lang]().then((loaded) => setLocale(unwrapped(loaded)))
  }, [lang])
  return (
    <ConfigProvider
      theme={antdTheme(scheme, antd.darkAlgorithm)}
      {...(locale ? { locale } : {})}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      // What antd opens from inside a sheet must stand in that sheet: below the browser's modal dialog nothing can be reached.
      getPopupContainer={(from) => from?.closest('dialog') ?? document.body}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ConfigProvider>
  )
}

/** After an upgrade a tab that was open asks for files that are gone: it is loaded anew, once a minute at most. */
window.addEventListener('vite:preloadError', async () => {
  const last = Number(sessionStorage.getItem('zelian.reloaded') ?? 0)
  if (Date.now() - last < 60_000 || !(await answers())) return
  sessionStorage.setItem('zelian.reloaded', String(Date.now()))
  window.location.reload()
})

startScheme()
await startWords()
listenForTheEnd()
const place = document.getElementById('app')
if (place)
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
