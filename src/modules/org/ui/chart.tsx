import { Link } from '@tanstack/react-router'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/client.ts'
import { Button, Empty, Filters, Go, Headline, Segments, Shown } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { orgRoutes } from '../contract.ts'
import './chart.css'
import { type Band, bandsOf, type Card, deeper, fitting, type Paper, papers, rowsOf, sheets } from './chart-layout.ts'
import { useOrg } from './said.ts'
import { Trees } from './tree.tsx'
import { type Office, type View, viewOf } from './view.ts'

/** 机构图: the office of the day on one sheet, to be looked at and printed; on a phone the tree stands in its place. */
export default function ChartPage() {
  const office = useRead(orgRoutes.office, {}, { keep: true })
  return (
    <Shown of={office} lines={6}>
      {(answer) => <Chart office={answer} />}
    </Shown>
  )
}

/** The browser prints on the paper chosen, lying. A style sheet of its own, through the object model, so that no security policy stands in the way. */
function usePaper(paper: Paper): void {
  useEffect(() => {
    const style = new CSSStyleSheet()
    style.replaceSync(`@page { size: ${paper.toUpperCase()} landscape; margin: 10mm }`)
    document.adoptedStyleSheets.push(style)
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== style)
    }
  }, [paper])
}

/** The scale at which the sheet's content fits its height; measured on the page, at each scale that is tried. */
function useFit(paper: Paper, of: unknown): [React.RefObject<HTMLDivElement | null>, number] {
  const ref = useRef<HTMLDivElement>(null)
  const [scale, setScale] = useState(1)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn decides the height
  useLayoutEffect(() => {
    const inner = ref.current
    if (!inner) return
    const measure = () => {
      const { width, height } = sheets[paper]
      const before = inner.style.width
      const heightAt = (tried: number) => {
        inner.style.width = `${width / tried}mm`
        return (inner.scrollHeight * 25.4) / 96
      }
      const found = fitting(heightAt, height)
      inner.style.width = before
      setScale(found)
    }
    measure()
    // Measured anew when the letters have come: they are wider or narrower than what stood in for them.
    void document.fonts.ready.then(measure)
  }, [paper, of])
  return [ref, scale]
}

function Chart({ office }: { office: Office }) {
  const { t } = useOrg()
  const { office: own } = useMe()
  const [address, put] = useAddress('paper')
  const paper: Paper = address.paper === 'a3' ? 'a3' : 'a4'
  const view = useMemo(() => viewOf({ ...office, coming: { units: [], posts: [], appointments: [], charges: [] } }), [office])
  const bands = useMemo(() => bandsOf(view), [view])
  usePaper(paper)
  const [inner, scale] = useFit(paper, office)
  if (office.units.length === 0)
    return (
      <>
        <Headline title={t('chart')} />
        <div className="card">
          <Empty says={t('noUnitsThen')} hint={t('noUnitsThenHint')} action={<Go to="/org">{t('title')}</Go>} />
        </div>
      </>
    )
  const { width, height, across } = sheets[paper]
  return (
    <div className="chart-page">
      <Headline
        title={t('chart')}
        sub={t('chartSub')}
        actions={
          <>
            <Go to="/org">{t('title')}</Go>
            <Button kind="main" onClick={() => window.print()}>
              {t('print')}
            </Button>
          </>
        }
      />
      <Filters>
        <Segments
          label={t('paper')}
          options={papers.map((value) => ({ value, label: value.toUpperCase() }))}
          value={paper}
          onChange={(value) => put({ paper: value === 'a3' ? 'a3' : null }, { replace: true })}
        />
        <span className="note">{t('chartKeys')}</span>
      </Filters>
      <div className="chart-narrow">
        <p className="note">{t('chartNarrow')}</p>
        <Trees view={view} open={undefined} onOpen={{ to: '/org' }} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className="chart-scroll" aria-label={t('chart')} tabIndex={0}>
        <div className={`chart-sheet ${paper}`} style={{ width: `${width}mm`, minHeight: `${height}mm` }}>
          <div ref={inner} className="chart-inner" style={{ zoom: scale, width: `${width / scale}mm` }}>
            <Title office={office} view={view} name={own.name} />
            {bands.map((band) => (
              <BandOf key={band.line} band={band} view={view} across={Math.floor(across / scale)} />
            ))}
            <Legend />
          </div>
        </div>
      </section>
    </div>
  )
}

/** Arrow keys go to the nearest card in their direction. */
function onArrow(event: React.KeyboardEvent<HTMLElement>): void {
  const ways: Record<string, [number, number]> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }
  const way = ways[event.key]
  const from = event.currentTarget
  const all = from.closest('.chart-inner')
  if (!way || !all || event.altKey || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  const middle = (element: Element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    return [left + width / 2, top + height / 2] as const
  }
  const [x, y] = middle(from)
  const [dx, dy] = way
  const near = [...all.querySelectorAll<HTMLElement>('[data-unit]')].flatMap((to) => {
    const [tx, ty] = middle(to)
    const along = (tx - x) * dx + (ty - y) * dy
    const aside = Math.abs((tx - x) * dy) + Math.abs((ty - y) * dx)
    // Further aside than along is another direction.
    return along > 4 && aside <= along * 3 ? [{ to, far: along + aside * 2 }] : []
  })
  const nearest = near.sort((a, b) => a.far - b.far)[0]?.to
  nearest?.focus()
  nearest?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

function Title({ office, view, name }: { office: Office; view: View; name: string }) {
  const { t, fullDay } = useOrg()
  const acting = office.appointments.filter((one) => one.kind === 'acting').length
  return (
    <header className="chart-title">
      <h2>{t('chartOf', { name })}</h2>
      <p>
        {t('chartDay', { day: fullDay(office.day) })} ·{' '}
        {t('chartCounts', {
          units: office.units.length,
          posts: office.posts.length,
          vacant: office.posts.filter(view.vacant).length,
          acting,
        })}
      </p>
    </header>
  )
}

function BandOf({ band, view, across }: { band: Band; view: View; across: number }) {
  const { t } = useOrg()
  const single = band.cards.filter((card) => card.below.length === 0)
  return (
    <section className={`chart-band ${band.line}`} aria-label={t(`line.${band.line}`)}>
      <h3>{t(`line.${band.line}`)}</h3>
      <div className="chart-trees">
        {single.length > 0 && <Cards cards={single} view={view} across={across} free />}
        {band.cards
          .filter((card) => card.below.length > 0)
          .map((card) => (
            <div key={card.unit.id} className="chart-tree">
              <div className="chart-root">
                <UnitCard card={{ ...card, below: [] }} view={view} root />
              </div>
              <Cards cards={card.below} view={view} across={across} />
            </div>
          ))}
      </div>
    </section>
  )
}

/** Cards in even rows; each row hangs from a bar, the bars from one line at the left. `free` cards hang from nothing. */
function Cards({ cards, view, across, free }: { cards: readonly Card[]; view: View; across: number; free?: boolean }) {
  const rows = rowsOf(cards, across)
  const columns = Math.max(...rows.map((row) => row.length))
  return (
    <div className={`chart-rows${free ? ' free' : ''}${rows.length === 1 ? ' one' : ''}`}>
      {rows.map((row) => (
        <ul
          key={row[0]?.unit.id}
          className="chart-row"
          style={{ '--across': Math.max(columns, 4), '--cards': row.length } as React.CSSProperties}
        >
          {row.map((card) => (
            <li key={card.unit.id}>
              <UnitCard card={card} view={view} />
            </li>
          ))}
        </ul>
      ))}
    </div>
  )
}

function UnitCard({ card, view, root }: { card: Card; view: View; root?: boolean }) {
  const { t, list } = useOrg()
  const { unit } = card
  const heads = view.headsOf(unit.id)
  const posts = view.postsOf(unit.id)
  const vacant = posts.filter(view.vacant)
  const charges = view.chargesOf(unit.id)
  const people = view.peopleIn(unit.id)
  const lent = people.filter(({ kind }) => kind === 'seconded').length
  // Of a body everybody is named: who sits in it is what it is.
  const seats = bodies.includes(unit.kind) ? posts.flatMap((post) => view.holdersOf(post.id)).filter((one) => !heads.includes(one)) : []
  const headless = heads.length === 0 && posts.some((post) => view.heading(unit, post))
  return (
    <Link
      to="/org"
      search={(before: Record<string, unknown>) => ({ unit: unit.id, asOf: before.asOf as string | undefined })}
      className={`chart-card ${unit.line}${root ? ' root' : ''}`}
      data-unit={unit.id}
      onKeyDown={onArrow}
    >
      <b>{unit.name}</b>
      {[...heads, ...seats].map((one) => (
        <span key={one.id} className="chart-head">
          {shortPost(view.posts.get(one.post)?.name ?? '', unit.name)} {one.person.name}
          {one.kind === 'acting' && <i className="chart-mark">{t('held.acting')}</i>}
          {view.away(one) && <i className="chart-mark">{t('awayMark')}</i>}
        </span>
      ))}
      {headless && <span className="chart-vacant">{t('headless')}</span>}
      {root && <Deputies unit={unit.id} view={view} />}
      {charges.length > 0 && <span className="chart-line">{t('leads', { names: list(charges.map((one) => one.person.name)) })}</span>}
      {people.length > 0 && (
        <span className="chart-line">
          {lent > 0 ? t('peopleLent', { count: people.length, lent }) : t('peopleCount', { count: people.length })}
        </span>
      )}
      {vacant.length > 0 && <span className="chart-vacant">{t('vacantOf', { names: list(vacant.map((one) => one.name)) })}</span>}
      {deeper(card).map(({ unit: below, depth }) => (
        <span key={below.id} className="chart-below" style={{ paddingInlineStart: `${depth}em` }}>
          {[below.name, ...view.headsOf(below.id).map((one) => one.person.name)].join(' ')}
        </span>
      ))}
    </Link>
  )
}

/** 领导班子, 党组 */
const bodies: readonly string[] = ['leadership', 'party_group']
/** 综合科科长 in 综合科 is 科长: the name of the unit stands above. */
const shortPost = (post: string, unit: string): string =>
  post.startsWith(unit) && post.length > unit.length ? post.slice(unit.length) : post

/** Who leads what, below the name of the office: 分管. */
function Deputies({ unit, view }: { unit: string; view: View }) {
  const { t, list } = useOrg()
  const leaders = Map.groupBy(
    [...view.units.values()].filter(({ id }) => id !== unit).flatMap((one) => view.chargesOf(one.id).map((charge) => ({ one, charge }))),
    ({ charge }) => charge.person.id,
  )
  if (view.units.get(unit)?.kind !== 'office') return null
  return [...leaders.values()].map((charged) => (
    <span key={charged[0]?.charge.person.id} className="chart-leader">
      <em>{charged[0]?.charge.person.name}</em> {t('leadsUnits', { names: list(charged.map(({ one }) => one.name)) })}
    </span>
  ))
}

function Legend() {
  const { t } = useOrg()
  return (
    <footer className="chart-legend">
      {(['administrative', 'party', 'supervision'] as const).map((line) => (
        <span key={line}>
          <i className={`chart-card ${line}`} aria-hidden="true" /> {t(`line.${line}`)}
        </span>
      ))}
      <span>
        <i className="chart-mark">{t('held.acting')}</i> {t('legendActing')}
      </span>
      <span className="chart-vacant">{t('legendVacant')}</span>
    </footer>
  )
}
