import { Link } from '@tanstack/react-router'
import type { OkOf } from '#kernel/contract.ts'
import { sayPeriod } from '#modules/duties/cadence.ts'
import { dayOf, sayDay } from '#web/days.ts'
import { Because, type Confidence, Day, Due, type LightName, Moment, Row, Tag } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import type { obligationRoutes } from '../contract.ts'
import { words } from './words.ts'

export type Whole = OkOf<typeof obligationRoutes.read>
/** An obligation as any list answers it; on one's own page and by itself it comes with its basis. */
export type One = Omit<Whole['obligation'], 'basis'> & Partial<Pick<Whole['obligation'], 'basis'>>

export const useT = () => useWords('obligations', words)

const known: readonly string[] = ['verified', 'text seen', 'likely', 'unverified']
const isKnown = (confidence: string): confidence is Confidence => known.includes(confidence)

/** The rule behind a light with its article, version and mark, what went in, and the arithmetic in words. */
export function LightWhy({ why, obligation: one, events }: Whole) {
  const t = useT()
  const sum = useSum(why, one, events)
  const own = isKnown(why.rule.confidence) ? why.rule.confidence : null
  return (
    <Because
      rule={why.rule.document}
      article={/^\d+$/.test(why.rule.article) ? t('rule.article', { n: why.rule.article }) : why.rule.article}
      version={why.rule.version}
      {...(own ? { confidence: own } : {})}
      sum={sum}
    >
      {!own && (
        <p>
          <Tag>{t('rule.local')}</Tag> <code>{why.rule.key}</code>
        </p>
      )}
    </Because>
  )
}

function useSum(why: Whole['why'], one: One, events: Whole['events']): string {
  const t = useT()
  const lang = useLang()
  const { today, zone } = useMe()
  const input = (name: string) => why.inputs.find((one) => one.name === name)?.value ?? ''
  const say = (day: string) => sayDay(day, lang, { thisYear: today })
  const day = input('day') === today ? t('sum.today') : say(input('day'))
  if (one.state === 'waived') {
    const waiver = events.findLast((event) => event.kind === 'waived' && !event.later)
    return t('sum.grey', {
      by: waiver?.by ?? t('event.system'),
      day: waiver ? say(dayOf(waiver.recordedAt, zone)) : '',
      reason: waiver?.reason ?? '',
    })
  }
  if (one.state === 'joined') return t('sum.joined')
  if (one.state === 'split') {
    const split = events.findLast((event) => event.kind === 'split' && !event.later)
    return t('sum.split', {
      by: split?.by ?? t('event.system'),
      day: split ? say(dayOf(split.recordedAt, zone)) : '',
      reason: split?.reason ?? '',
    })
  }
  if (one.state === 'discharged' && one.doneOn !== null)
    return t(one.doneOn > one.due ? 'sum.late' : 'sum.done', { done: say(one.doneOn), due: say(one.due) })
  const span = Number(input('span'))
  const share = Number(input('share'))
  const third = Math.abs(share - 1 / 3) < 1e-6
  const line = t('sum.line', {
    opens: say(one.opens),
    due: say(one.due),
    warnFrom: say(one.warnFrom),
    span,
    share: third ? t('share.third') : t('share.other', { percent: Math.round(share * 100) }),
    warn: Math.max(1, Math.floor(span * share + 1e-9)),
  })
  const end = why.light === 'yellow' && one.left === 0 ? 'sum.yellowToday' : (`sum.${why.light === 'grey' ? 'green' : why.light}` as const)
  const gap = lang === 'en' ? ' ' : ''
  return `${line}${gap}${t(end, { day, left: Math.abs(one.left) })}`
}

/** What happened to it, oldest first; what was recorded after the day one looks at is faint and says when it came. */
export function History({ events, part = false }: { events: Whole['events']; part?: boolean }) {
  const t = useT()
  return (
    <ol className="history" aria-label={t('history.title')}>
      {events.map((event) => (
        <li key={event.version} className={event.later ? 'later' : ''}>
          <p>
            <EventWords event={event} part={part} />
          </p>
          <small>
            {event.later && `${t('event.later')} `}
            <Moment at={event.recordedAt} /> · {event.by ?? t('event.system')}
            {event.reason && ` · ${t('event.reason', { reason: event.reason })}`}
            {event.act && !event.later && (
              <>
                {' · '}
                <Link
                  to="/acts"
                  search={(before: Record<string, unknown>) => ({ open: event.act ?? undefined, asOf: before.asOf as string | undefined })}
                >
                  {t('event.act')}
                </Link>
              </>
            )}
          </small>
        </li>
      ))}
    </ol>
  )
}

function EventWords({ event, part }: { event: Whole['events'][number]; part: boolean }) {
  const t = useT()
  const lang = useLang()
  const { today, zone } = useMe()
  const say = (day: string | null) => (day === null ? '' : sayDay(day, lang, { thisYear: today }))
  const kind =
    event.kind === 'corrected'
      ? event.act === null
        ? 'restored'
        : 'reopened'
      : part && (event.kind === 'made' || event.kind === 'joined')
        ? (`${event.kind}Part` as const)
        : event.kind
  return (
    <>{t(`event.${kind}`, { holder: event.holder.name, due: say(event.due), done: say(event.doneOn ?? dayOf(event.effectiveAt, zone)) })}</>
  )
}

type ObligationRowProps = {
  one: One
  open: () => void
  current?: boolean
  next?: React.ReactNode
  more?: React.ReactNode
  /** Leaves the holder's name out, on the holder's own page. */
  own?: boolean
  /** A title that stands above the list already: the row then says who and which period instead. */
  untitled?: string
}

/** An obligation as a row: light, title, what it is, its day and how far that is. */
export function ObligationRow({ one, open, current, next, more, own, untitled }: ObligationRowProps) {
  const t = useT()
  const lang = useLang()
  const { today } = useMe()
  const turn = one.period === 'once' ? null : sayPeriod(one.period, lang, today)
  const period = [turn, one.part > 0 ? t('part.n', { n: one.part }) : null].filter(Boolean).join(' · ') || null
  const same = untitled === one.title
  const what = same ? [one.holder.name, period].filter(Boolean).join(' · ') : one.title
  const about = same ? [one.unit.name] : [t(`kind.${one.kind}`), period, own ? null : one.holder.name, one.unit.name]
  return (
    <Row
      light={one.light satisfies LightName}
      what={what}
      why={
        <>
          {about.filter(Boolean).join(' · ')}
          {one.basis && <Basis of={one.basis} />}
        </>
      }
      day={<DueOf one={one} />}
      next={next}
      more={more}
      open={open}
      {...(current ? { current } : {})}
    />
  )
}

/** The directive it rests on; opens at the sentence for whoever may read directives. */
function Basis({ of, bare = false }: { of: NonNullable<One['basis']>; bare?: boolean }) {
  const t = useT()
  const { verbs } = useMe()
  const says = t(bare ? 'basis.title' : 'basis.says', { title: of.title })
  return (
    <>
      {!bare && ' · '}
      {verbs.includes('directive.read') ? (
        <Link
          className={bare ? 'inline-link' : 'row-basis'}
          to="/directives/$id"
          params={{ id: of.directive }}
          search={(before: Record<string, unknown>) => ({ at: String(of.start), asOf: before.asOf as string | undefined })}
        >
          {says}
        </Link>
      ) : (
        says
      )}
    </>
  )
}

function DueOf({ one }: { one: One }) {
  const t = useT()
  const lang = useLang()
  const { today } = useMe()
  if (one.state === 'waived') return <Due day={one.due} left={t('waived.day')} />
  if (one.state === 'split') return <Due day={one.due} left={t('state.split')} />
  if (one.state === 'discharged')
    return <Due day={one.due} left={`${t('fact.done')} ${sayDay(one.doneOn ?? one.due, lang, { thisYear: today })}`} />
  return <Due day={one.due} left={one.left} />
}

/** What an obligation is, as names and values. */
export function useFacts(one: One): { name: React.ReactNode; value: React.ReactNode }[] {
  const t = useT()
  const lang = useLang()
  const { today } = useMe()
  return [
    { name: t('fact.holder'), value: `${one.holder.name} · ${one.unit.name}` },
    { name: t('fact.kind'), value: t(`kind.${one.kind}`) },
    { name: t('fact.period'), value: sayPeriod(one.period, lang, today) },
    { name: t('fact.opens'), value: <Day day={one.opens} /> },
    { name: t('fact.due'), value: <Day day={one.due} /> },
    ...(one.doneOn ? [{ name: t('fact.done'), value: <Day day={one.doneOn} /> }] : []),
    { name: t('fact.because'), value: told[one.because] ? t(told[one.because] ?? 'fact.cause') : <Cause of={one} /> },
    ...(one.ground ? [{ name: t('fact.basis'), value: one.ground }] : []),
    ...(one.basis ? [{ name: t('fact.basis'), value: <Basis of={one.basis} bare /> }] : []),
  ]
}

/** Causes that have no page of their own: the sentence they rest on is shown below. */
const told: Partial<Record<string, 'fact.finding' | 'fact.reply'>> = { finding: 'fact.finding', directive: 'fact.reply' }
const pages: Record<string, string> = { duty: '/duties' }
/** The page of a cause: by its noun. */
export const pageOfCause = (because: string): string => pages[because] ?? `/${because}s`

function Cause({ of }: { of: One }) {
  const t = useT()
  return (
    <Link
      className="inline-link"
      to={pageOfCause(of.because)}
      search={(before: Record<string, unknown>) => ({ open: of.becauseId, asOf: before.asOf as string | undefined })}
    >
      {t(of.because === 'duty' ? 'fact.duty' : 'fact.cause')}
    </Link>
  )
}
