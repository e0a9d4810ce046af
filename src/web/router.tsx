import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router'
import SignIn from '#modules/access/ui/sign-in.tsx'
import { parseSearch, type Search, stringifySearch } from './address.ts'
import { answers, Refused, signedOutEvent } from './client.ts'
import { Go } from './kit/act.tsx'
import { Headline } from './kit/page.tsx'
import { Failed } from './kit/states.tsx'
import { pageOf } from './pages.ts'
import { Shell } from './shell/shell.tsx'
import { say, useSay } from './words.ts'

/** The addresses. Pages are loaded when they are first opened; the day looked back to stays through every step. */

function NotThere() {
  const say = useSay()
  return (
    <>
      <Headline title={say('page.absent')} sub={say('page.absentHint')} />
      <Go to="/mine" kind="soft">
        {say('page.home')}
      </Go>
    </>
  )
}

const root = createRootRoute({
  validateSearch: (search: Record<string, unknown>): Search => search as Search,
  search: { middlewares: [retainSearchParams(['asOf'])] },
  component: Outlet,
})

const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })

/** A page's file that does not come because nothing answers is said as any call is; the router loads anew for files that are gone. */
async function said(error: unknown): Promise<never> {
  throw (await answers()) ? error : new Refused(0, 'network', say('refused.network'))
}

const page = <P extends string>(path: P, file: string) => {
  const load = pageOf(file)
  return createRoute({ getParentRoute: () => shell, path, component: load ? lazyRouteComponent(() => load().catch(said)) : NotThere })
}

const routes = root.addChildren([
  createRoute({ getParentRoute: () => root, path: '/sign-in', component: SignIn }),
  shell.addChildren([
    createRoute({
      getParentRoute: () => shell,
      path: '/',
      beforeLoad: () => {
        throw redirect({ to: '/mine' })
      },
    }),
    page('/mine', 'obligations/ui/mine.tsx'),
    page('/confirm', 'acts/ui/confirm.tsx'),
    page('/directives', 'directives/ui/list.tsx'),
    page('/directives/$id', 'directives/ui/decompose.tsx'),
    page('/basis', 'basis/ui/list.tsx'),
    page('/basis/add', 'basis/ui/add.tsx'),
    page('/basis/$id', 'basis/ui/law.tsx'),
    page('/basis/$id/compare', 'basis/ui/compare.tsx'),
    page('/duties', 'duties/ui/duties.tsx'),
    page('/awaiting', 'duties/ui/awaiting.tsx'),
    page('/handovers', 'handovers/ui/handovers.tsx'),
    page('/handovers/$id', 'handovers/ui/sheet.tsx'),
    page('/pledges', 'pledges/ui/pledges.tsx'),
    page('/pledges/new', 'pledges/ui/new.tsx'),
    page('/pledges/rounds/$id', 'pledges/ui/round.tsx'),
    page('/pledges/$id', 'pledges/ui/pledge.tsx'),
    page('/acts', 'acts/ui/acts.tsx'),
    page('/board', 'board/ui/board.tsx'),
    page('/trace', 'trace/ui/trace.tsx'),
    page('/org', 'org/ui/org.tsx'),
    page('/org/import', 'imports/ui/roster.tsx'),
    page('/calendar', 'calendar/ui/calendar.tsx'),
    page('/org/chart', 'org/ui/chart.tsx'),
    page('/org/persons/$id', 'org/ui/person.tsx'),
    createRoute({ getParentRoute: () => shell, path: '/$', component: NotThere }),
  ]),
])

export const router = createRouter({
  routeTree: routes,
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultErrorComponent: ({ error, reset }) => (
    <Failed
      error={error instanceof Error ? error : new Error(String(error))}
      retry={error instanceof Refused && error.status === 0 ? () => void answers().then((up) => up && window.location.reload()) : reset}
    />
  ),
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

/** The session ended: to the sign-in page, and back to where one was afterwards. */
export function listenForTheEnd(): void {
  window.addEventListener(signedOutEvent, () => {
    const { pathname, href } = router.state.location
    if (pathname === '/sign-in') return
    void router.navigate({ to: '/sign-in', search: { back: href, asOf: undefined }, replace: true })
  })
}
