import { useNavigate, useParams } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Act, Button, Facts, Go, Headline, Moment, Section, Sheet, Shown, Tag } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang } from '#web/words.ts'
import { basisRoutes } from '../contract.ts'
import { articleKey, articleOf } from '../rules.ts'
import type { ReadView, RegulationView, VersionView } from '../shapes.ts'
import { blocksOf, outlineOf, spansOf } from './blocks.ts'
import { Change, type Changing } from './change.tsx'
import { LawText } from './law-text.tsx'
import { useProblem } from './problem.ts'
import { useT } from './words.ts'
import './basis.css'

type RestingOk = OkOf<typeof basisRoutes.resting>['items']

/** One version of a law: its outline, its articles, what it cites, and which duties rest on it. */
export default function LawPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const law = useRead(basisRoutes.read, { id })
  const resting = useRead(basisRoutes.resting, { id })
  return <Shown of={law}>{(data) => <Law law={data} resting={resting.data?.items ?? []} />}</Shown>
}

function Law({ law, resting }: { law: ReadView; resting: RestingOk }) {
  const t = useT()
  const { text, nodes, citations } = law
  const [at] = useAddress('article', 'paragraph', 'item', 'chapter')
  const blocks = useMemo(() => blocksOf(nodes, text), [nodes, text])
  const outline = useMemo(() => outlineOf(blocks), [blocks])
  const spans = useMemo(() => spansOf(blocks), [blocks])
  const byArticle = useMemo(() => Map.groupBy(resting, ({ article, sub }) => (article === null ? '' : articleKey(article, sub))), [resting])
  const known = articleOf(at.article)
  const there = known !== null && blocks.some((block) => block.kind === 'article' && block.key === at.article)
  useArrival(at.article, at.chapter, nodes)
  const under = useCallback((key: string) => <Rests of={byArticle.get(key)} />, [byArticle])
  const jump = (id: string) => document.getElementById(id)?.scrollIntoView({ block: 'start' })
  return (
    <div className="law">
      <Top law={law} />
      {at.article !== undefined && !there && (
        <p className="law-warning" role="status">
          {t('law.absentArticle', { key: at.article })}
        </p>
      )}
      <div className="law-panes">
        <nav className="law-outline" aria-label={t('law.outline')}>
          <p className="note">{t('law.outline')}</p>
          {outline.length === 0 && <p className="note">{t('law.noOutline')}</p>}
          <ol>
            {outline.map((entry) => (
              <li key={entry.id}>
                <button type="button" className={`law-entry ${entry.kind}`} onClick={() => jump(entry.id)}>
                  <span>{entry.kind === 'annex' ? t('law.annex') : `${entry.label} ${entry.title}`.trim()}</span>
                  {spans.has(entry.id) && <small>{spans.get(entry.id)}</small>}
                </button>
              </li>
            ))}
          </ol>
          <Whole of={byArticle.get('')} all={new Set(resting.map(({ duty }) => duty.id)).size} />
        </nav>
        <LawText text={text} nodes={nodes} cites={citations} at={at} under={under} />
      </div>
    </div>
  )
}

/** Brings the article or the chapter of the address into sight, when it changes. */
function useArrival(article: string | undefined, chapter: string | undefined, nodes: ReadView['nodes']): void {
  useEffect(() => {
    const heading = chapter === undefined ? undefined : nodes.find(({ kind, number }) => kind === 'chapter' && String(number) === chapter)
    const id = article !== undefined ? `a${article}` : heading ? `n${heading.start}` : null
    if (id !== null) document.getElementById(id)?.scrollIntoView({ block: article === undefined ? 'start' : 'center' })
  }, [article, chapter, nodes])
}

/** Under an article: how many duties rest on it, and which. */
function Rests({ of }: { of: RestingOk | undefined }) {
  const t = useT()
  if (!of || of.length === 0) return null
  const duties = new Set(of.map(({ duty }) => duty.id)).size
  return (
    <details className="law-rests">
      <summary>{t('law.rests', { count: duties })}</summary>
      <Resting of={of} />
    </details>
  )
}

function Resting({ of }: { of: RestingOk }) {
  const t = useT()
  const lang = useLang()
  return (
    <ul>
      {of.map((one) => (
        <li key={`${one.duty.id} ${one.how} ${one.place} ${one.version?.id}`}>
          <Go to="/duties" search={{ open: one.duty.id }} kind="bare">
            {one.duty.title}
          </Go>{' '}
          <small>
            {one.place} · {t(`law.${one.how}`)}
            {!one.duty.active && ` · ${t('law.ended')}`}
            {one.version && ` · ${t('law.otherVersion', { day: sayDay(one.version.since, lang, { year: true }) })}`}
          </small>
        </li>
      ))}
    </ul>
  )
}

/** Duties that rest on the law without naming an article; how many stand under its articles; or that there is none. */
function Whole({ of, all }: { of: RestingOk | undefined; all: number }) {
  const t = useT()
  return (
    <div className="law-whole">
      <p className="note">{t('law.restsAll')}</p>
      {all === 0 && <p className="note">{t('law.restsNone')}</p>}
      {of && (
        <>
          <p className="note">{t('law.restsWhole')}</p>
          <Resting of={of} />
        </>
      )}
      {all > 0 && !of && <p className="note">{t('law.restsBelow', { count: all })}</p>}
    </div>
  )
}

function Top({ law: { regulation, versions, problems } }: { law: ReadView }) {
  const t = useT()
  const lang = useLang()
  const [changing, setChanging] = useState<Changing | null>(null)
  const [facts, setFacts] = useState(false)
  const at = versions.findIndex(({ id }) => id === regulation.id)
  const inForce = versions.find(({ stands }) => stands === 'in_force')
  const day = (of: string) => sayDay(of, lang, { year: true })
  const change = (verb: Changing) => {
    setFacts(false)
    setChanging(verb)
  }
  const said = [
    t(`kind.${regulation.kind}`),
    regulation.issuer,
    regulation.document,
    t('law.since', { day: day(regulation.since) }),
    regulation.until && t('law.until', { day: day(regulation.until) }),
  ]
  return (
    <>
      <Headline
        title={regulation.title}
        sub={said.filter(Boolean).join(' · ')}
        actions={
          <>
            {versions.length > 1 && at >= 0 && (
              <Go to={`/basis/${regulation.id}/compare`} kind="soft">
                {t(at > 0 ? 'law.compare' : 'law.compareNext')}
              </Go>
            )}
            <Button onClick={() => setFacts(true)}>{t('law.facts')}</Button>
            <Button onClick={() => window.print()}>{t('law.print')}</Button>
          </>
        }
      />
      <p className="law-tags">
        <Tag tone={regulation.stands === 'in_force' ? 'green' : regulation.stands === 'past' ? 'grey' : 'yellow'}>
          {t(`stands.${regulation.stands}`)}
        </Tag>
        {regulation.later && <Tag>{t('head.later')}</Tag>}
        {versions.length > 1 && <Versions of={versions} now={regulation.id} />}
      </p>
      {inForce && regulation.stands !== 'in_force' && (
        <p className="law-warning" role="status">
          <Old /> <Go to={`/basis/${inForce.id}`}>{t('law.oldOpen')}</Go>
        </p>
      )}
      <Sheet open={facts} onClose={() => setFacts(false)} title={t('law.facts')}>
        <About of={regulation} />
        <Checks of={problems} />
        <div className="law-buttons">
          {(['correct', 'repeal', 'restore', 'withdraw'] as const)
            .filter((verb) => regulation.actions.includes(verb))
            .map((verb) => (
              <Act key={verb} kind={verb === 'withdraw' ? 'danger' : 'plain'} onClick={() => change(verb)}>
                {t(`verb.${verb}`)}
              </Act>
            ))}
        </div>
      </Sheet>
      <Change what={changing} of={regulation} onClose={() => setChanging(null)} />
    </>
  )
}

function Old() {
  const t = useT()
  const lang = useLang()
  const { today } = useMe()
  const [{ asOf }] = useAddress('asOf')
  return t('law.old', { day: sayDay(asOf ?? today, lang, { year: true }) })
}

function Versions({ of, now }: { of: readonly VersionView[]; now: string }) {
  const t = useT()
  const lang = useLang()
  const navigate = useNavigate()
  return (
    <label className="law-versions">
      {t('law.versions')}
      <select
        value={now}
        onChange={(event) =>
          void navigate({
            to: '/basis/$id',
            params: { id: event.target.value },
            search: (before: Record<string, unknown>) => ({ asOf: before.asOf as string | undefined }),
          })
        }
      >
        {of.map((one) => (
          <option key={one.id} value={one.id}>
            {t('law.versionSince', { day: sayDay(one.since, lang, { year: true }) })} · {t(`stands.${one.stands}`)}
          </option>
        ))}
      </select>
    </label>
  )
}

function About({ of }: { of: RegulationView }) {
  const t = useT()
  const lang = useLang()
  const day = (value: string | null) => (value === null ? null : sayDay(value, lang, { year: true }))
  const rows: [string, React.ReactNode][] = [
    [t('field.kind'), `${t(`kind.${of.kind}`)} · ${t(`level.${of.level}`)}`],
    [t('law.aliases'), of.aliases.join('、')],
    [t('field.issuer'), of.issuer],
    [t('field.document'), of.document],
    [t('field.passed'), day(of.passed)],
    [t('field.since'), day(of.since)],
    [t('law.source'), of.source],
    [
      t('law.recorded'),
      <span key="recorded">
        {of.recordedBy} · <Moment at={of.recordedAt} />
      </span>,
    ],
    [t('repeal.reason'), of.state === 'repealed' ? of.reason : null],
  ]
  return <Facts of={rows.flatMap(([name, value]) => (value ? [{ name, value }] : []))} />
}

function Checks({ of }: { of: ReadView['problems'] }) {
  const t = useT()
  const say = useProblem()
  if (of.length === 0) return null
  return (
    <Section title={t('law.problems')}>
      <ul className="law-problems">
        {of.map((one) => (
          <li key={`${one.code} ${one.start}`}>{say(one)}</li>
        ))}
      </ul>
    </Section>
  )
}
