import { Outlet, useLocation } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { accessRoutes } from '#modules/access/contract.ts'
import { useLookingBack } from '../as-of.ts'
import { signedOutEvent, useRead } from '../client.ts'
import { Sheet } from '../kit/dialog.tsx'
import { Kbd } from '../kit/page.tsx'
import { Failed, Loading } from '../kit/states.tsx'
import { Toasts } from '../kit/toast.tsx'
import { finder, recordDrawer, unsentActs } from '../pages.ts'
import { RecordContext, type RecordDrawerProps, type RecordStart } from '../record.ts'
import { type Me, MeContext } from '../session.ts'
import { useSay } from '../words.ts'
import { Account, Quick } from './account.tsx'
import { AsOfControl, Band } from './as-of-control.tsx'
import { Icon } from './icons.tsx'
import { KeysHelp, useKeys } from './keys.tsx'
import { Nav } from './nav.tsx'
import { type Found, Palette } from './palette.tsx'

const loadDrawer = recordDrawer
const loadFinder = finder
const Drawer = loadDrawer && lazy(async () => ({ default: (await loadDrawer()).RecordDrawer }))
const Unsent = unsentActs && lazy(unsentActs)
const find = loadFinder && (async (text: string): Promise<Found[]> => (await loadFinder()).find(text))

/** Who is signed in first; then everything around a page. */
export function Shell() {
  const session = useRead(accessRoutes.session, {}, { asOf: null })
  const me = session.data?.me
  useEffect(() => {
    if (me === null) window.dispatchEvent(new Event(signedOutEvent))
  }, [me])
  if (me) {
    return (
      <MeContext value={me}>
        <Frame me={me} />
      </MeContext>
    )
  }
  return (
    <main className="alone">{session.error ? <Failed error={session.error} retry={() => void session.refetch()} /> : <Loading />}</main>
  )
}

/** After a step to another page the focus goes to it, unless a field there has taken it already. */
function useFocusAfterStep(pathname: string): React.RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null)
  const before = useRef(pathname)
  useEffect(() => {
    if (before.current === pathname) return
    before.current = pathname
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true })
  }, [pathname])
  return main
}

type Opened = 'search' | 'keys' | 'menu' | null

function Frame({ me }: { me: Me }) {
  const say = useSay()
  const { pathname } = useLocation()
  const lookingBack = useLookingBack()
  const [opened, setOpened] = useState<Opened>(null)
  const [record, setRecord] = useState<{ start?: RecordStart } | null>(null)
  const records = Drawer !== undefined && me.verbs.includes('act.record')
  const openRecord = useMemo(
    () => (records && !lookingBack ? (start?: RecordStart) => setRecord(start ? { start } : {}) : null),
    [records, lookingBack],
  )
  const close = useCallback(() => setOpened(null), [])
  const main = useFocusAfterStep(pathname)
  useKeys({
    search: useCallback(() => setOpened('search'), []),
    record: openRecord,
    help: useCallback(() => setOpened('keys'), []),
  })
  return (
    <RecordContext value={openRecord}>
      <a className="skip" href="#main">
        {say('skip')}
      </a>
      <Top me={me} records={records} openRecord={openRecord} open={setOpened} />
      <Band />
      <div className="shell">
        <div className="rail">
          <Nav />
        </div>
        <main id="main" tabIndex={-1} key={pathname} ref={main}>
          {records && Unsent && (
            <Suspense fallback={null}>
              <Unsent />
            </Suspense>
          )}
          <Suspense fallback={<Loading lines={5} />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <Sheet open={opened === 'menu'} onClose={close} title={say('nav.label')} shape="menu">
        <Nav onGone={close} />
      </Sheet>
      <Palette open={opened === 'search'} onClose={close} find={find} />
      <KeysHelp open={opened === 'keys'} onClose={close} records={records} />
      {record && Drawer && <LazyDrawer Drawer={Drawer} record={record} onClose={() => setRecord(null)} />}
      <Toasts />
    </RecordContext>
  )
}

function LazyDrawer({
  Drawer,
  record,
  onClose,
}: {
  Drawer: React.ComponentType<RecordDrawerProps>
  record: { start?: RecordStart }
  onClose: () => void
}) {
  return (
    <Suspense fallback={null}>
      <Drawer open onClose={onClose} {...(record.start ? { start: record.start } : {})} />
    </Suspense>
  )
}

type TopProps = { me: Me; records: boolean; openRecord: ((start?: RecordStart) => void) | null; open: (what: Opened) => void }

function Top({ me, records, openRecord, open }: TopProps) {
  const say = useSay()
  return (
    <header className="top">
      <button type="button" className="icon-button menu-button" onClick={() => open('menu')} aria-label={say('nav.open')}>
        <Icon name="menu" />
      </button>
      <p className="brand">
        <span>责廉</span>
        <small>{me.office.name}</small>
        {me.office.fictional && <em>{say('office.fictional')}</em>}
      </p>
      <button type="button" className="search" onClick={() => open('search')} aria-keyshortcuts="/">
        <Icon name="search" />
        <span className="search-hint">{find ? say('search.hint') : say('search.pages')}</span>
        <Kbd>/</Kbd>
      </button>
      {records && (
        <button
          type="button"
          className="record"
          onClick={() => openRecord?.()}
          disabled={openRecord === null}
          aria-keyshortcuts="n"
          title={openRecord === null ? say('asOf.readOnly') : undefined}
        >
          <Icon name="pen" />
          <span>{say('record')}</span>
          <Kbd>n</Kbd>
        </button>
      )}
      <AsOfControl />
      <Quick />
      <Account onKeys={() => open('keys')} />
    </header>
  )
}
