import { useParams } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useKeys } from '#modules/directives/ui/use-keys.ts'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Button, Empty, Go, Headline, Segments, Shown, Tag } from '#web/kit/index.ts'
import { useLang } from '#web/words.ts'
import { basisRoutes } from '../contract.ts'
import type { ComparisonView } from '../shapes.ts'
import { useT } from './words.ts'
import './basis.css'

type Pair = ComparisonView['pairs'][number]
const differs = ({ fate, moved }: Pair) => fate !== 'same' || moved
const keyOf = ({ before, after }: Pair) => after?.key ?? `-${before?.key}`

/** Two versions of a law side by side, article by article, with the words that differ; j and k walk the differences. */
export default function ComparePage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const [address] = useAddress('with')
  const comparison = useRead(basisRoutes.compare, { id, ...(address.with ? { with: address.with } : {}) })
  return <Shown of={comparison}>{(data) => <Compared id={id} of={data} />}</Shown>
}

const fates = ['added', 'removed', 'changed', 'renumbered', 'same'] as const

function Compared({ id, of }: { id: string; of: ComparisonView }) {
  const t = useT()
  const lang = useLang()
  const [{ at, show }, put] = useAddress('at', 'show')
  const all = show === 'all'
  const shown = useMemo(() => of.pairs.filter((pair) => all || differs(pair) || pair.renumbered), [of.pairs, all])
  const spots = useMemo(() => of.pairs.filter(differs), [of.pairs])
  const now = spots.findIndex((pair) => keyOf(pair) === at)
  const go = (by: 1 | -1) => {
    const next = spots[now < 0 ? (by === 1 ? 0 : spots.length - 1) : Math.min(Math.max(now + by, 0), spots.length - 1)]
    if (next) put({ at: keyOf(next) }, { replace: true })
  }
  useKeys({ j: () => go(1), k: () => go(-1) })
  useEffect(() => {
    if (at !== undefined) document.getElementById(`pair-${at}`)?.scrollIntoView({ block: 'center' })
  }, [at])
  const day = (of: string) => sayDay(of, lang, { year: true })
  return (
    <div className="law-compare">
      <Headline
        title={t('compare.title', { title: of.after.title })}
        sub={t('compare.sub', { before: day(of.before.since), after: day(of.after.since) })}
        actions={
          <>
            <Go to={`/basis/${id}`}>{t('compare.back')}</Go>
            <Button onClick={() => window.print()}>{t('law.print')}</Button>
          </>
        }
      />
      <p className="compare-counts">
        {fates
          .filter((fate) => of.counts[fate] > 0)
          .map((fate) => t(`compare.${fate}`, { count: of.counts[fate] }))
          .join(' · ')}
      </p>
      <div className="compare-bar">
        <Segments
          label={t('compare.show')}
          value={all ? 'all' : 'changed'}
          onChange={(next) => put({ show: next === 'all' ? 'all' : '' }, { replace: true })}
          options={[
            { value: 'changed', label: t('compare.onlyChanged') },
            { value: 'all', label: t('compare.all') },
          ]}
        />
        {spots.length > 0 && (
          <>
            <Button onClick={() => go(-1)} keys="k">
              {t('compare.before')}
            </Button>
            <Button onClick={() => go(1)} keys="j">
              {t('compare.next')}
            </Button>
            <span className="note" role="status">
              {now >= 0 ? t('compare.at', { at: now + 1, of: spots.length }) : t('compare.keys')}
            </span>
          </>
        )}
      </div>
      {shown.length === 0 && <Empty says={t('compare.none')} />}
      {shown.length > 0 && (
        <div className="compare-heads" aria-hidden="true">
          <span>{t('law.versionSince', { day: day(of.before.since) })}</span>
          <span>{t('law.versionSince', { day: day(of.after.since) })}</span>
        </div>
      )}
      <ol className="compare-pairs" lang="zh-CN">
        {shown.map((pair) => (
          <Side key={keyOf(pair)} of={pair} current={keyOf(pair) === at} before={day(of.before.since)} after={day(of.after.since)} />
        ))}
      </ol>
    </div>
  )
}

function Side({ of, current, before, after }: { of: Pair; current: boolean; before: string; after: string }) {
  const t = useT()
  return (
    <li
      id={`pair-${keyOf(of)}`}
      className={`compare-pair ${of.fate}${current ? ' current' : ''}`}
      aria-current={current ? 'true' : undefined}
    >
      <p className="compare-tags">
        <Tag tone={of.fate === 'added' ? 'green' : of.fate === 'removed' ? 'red' : of.fate === 'changed' ? 'yellow' : 'plain'}>
          {t(`compare.fate.${of.fate}`)}
        </Tag>
        {of.renumbered && <Tag>{t('compare.renumberedTag')}</Tag>}
        {of.moved && <Tag>{t('compare.moved')}</Tag>}
      </p>
      <Words of={of} side="before" name={before} />
      <Words of={of} side="after" name={after} />
    </li>
  )
}

/** One side: its own words, with those marked that the other side does not have. */
function Words({ of, side, name }: { of: Pair; side: 'before' | 'after'; name: string }) {
  const t = useT()
  const own = of[side]
  if (own === null)
    return (
      <div className="compare-side absent">
        <span className="compare-name">{name}</span>
        {t('compare.absent')}
      </div>
    )
  const mine = side === 'before' ? 'out' : 'in'
  const words = of.words.filter(({ op }) => op === 'same' || op === mine)
  return (
    <div className="compare-side">
      <span className="compare-name">{name}</span>
      <p className="compare-label">
        <b>{own.label}</b> <small>{own.chapter}</small>
      </p>
      <p className="compare-words">
        {words.map((word, i) => {
          const key = `${i} ${word.op}`
          if (word.op === 'same') return <span key={key}>{word.text}</span>
          return side === 'before' ? <del key={key}>{word.text}</del> : <ins key={key}>{word.text}</ins>
        })}
      </p>
    </div>
  )
}
