import { sayDay } from '#web/days.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import { beside } from '../beside.ts'
import type { Layer } from '../rules.ts'
import { type NodeOf, sayDays, sayDetail, type TraceOf } from './node.tsx'
import { inOrder, sayMarks } from './two-days.tsx'
import { words } from './words.ts'

/** How many lines of one part are printed: the whole is one or two pages of A4. */
const most = 10
const parts: readonly { key: 'subject' | 'persons' | 'line' | 'duty' | 'done'; layers: readonly Layer[] }[] = [
  { key: 'subject', layers: ['subject', 'owed'] },
  { key: 'persons', layers: ['persons'] },
  { key: 'line', layers: ['line'] },
  { key: 'duty', layers: ['duty', 'basis'] },
  { key: 'done', layers: ['done'] },
]
const ordinals = ['一', '二', '三', '四', '五', '六', '七', '八']

/** The trace as a paper of a page or two: the question, the answers, what changed, and what the records do not say. It is what is printed from any view. */
export function Report({ trace, other }: { trace: TraceOf; other: TraceOf | null }) {
  const t = useWords('trace', words)
  const lang = useLang()
  const { office, today, name } = useMe()
  const day = sayDay(trace.day, lang, { year: true })
  const moments = trace.nodes
    .flatMap((node) => node.moments.map((moment) => ({ ...moment, of: node.title })))
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  const pairs = other && beside(...(inOrder(trace, other).map((one) => one.nodes) as [NodeOf[], NodeOf[]]))
  /** What differs: the titles, or what is said below them where the titles are the same. */
  const told = (before: NodeOf | null, after: NodeOf | null, changed: boolean) =>
    [before, after]
      .map((node) =>
        node === null
          ? t('besideNone')
          : changed && before?.title === after?.title
            ? `${node.title}（${sayDays(node.detail, trace.day, lang)}）`
            : node.title,
      )
      .join(' → ')
  let at = 0
  const heading = (title: string) => {
    at += 1
    return lang === 'en' ? `${at}. ${title}` : `${ordinals[at - 1] ?? at}、${title}`
  }
  return (
    <article className="trace-report">
      <header>
        <h2>{t('report.of', { title: trace.subject.title })}</h2>
        <p>{t('report.sub', { office: office.name, day, today: sayDay(today, lang, { year: true }), who: name })}</p>
      </header>
      <p className="trace-report-ask">{t('report.ask', { day })}</p>
      {parts.map(({ key, layers }) => {
        const nodes = layers.flatMap((layer) => trace.nodes.filter((node) => node.layer === layer))
        return (
          <section key={key}>
            <h3>{heading(t(`report.${key}`))}</h3>
            {key === 'subject' && trace.owed && (
              <p>{t('counts', { ...trace.owed, all: trace.owed.red + trace.owed.yellow + trace.owed.green + trace.owed.grey })}</p>
            )}
            <Lines nodes={nodes} trace={trace} />
          </section>
        )
      })}
      {moments.length > 0 && (
        <section>
          <h3>{heading(t('report.moments'))}</h3>
          <ol>
            {moments.slice(0, most).map(({ day: on, says, later, of }) => (
              <li key={`${on} ${says} ${of}`} className={later ? 'later' : ''}>
                {sayDay(on, lang, { year: true })} · {of}：{sayDays(says, trace.day, lang)}
              </li>
            ))}
          </ol>
          <Rest of={moments.length} />
        </section>
      )}
      {other && pairs && (
        <section>
          <h3>{heading(t('report.beside', { day: sayDay(other.day, lang, { year: true }) }))}</h3>
          <p>{sayMarks(pairs, t, lang)}</p>
          <ol>
            {pairs
              .filter(({ mark }) => mark !== 'same')
              .slice(0, most)
              .map(({ key, mark, before, after }) => (
                <li key={key}>
                  {t(`mark.${mark}`)}：{told(before, after, mark === 'changed')}
                </li>
              ))}
          </ol>
        </section>
      )}
      <section>
        <h3>{heading(t('report.gaps'))}</h3>
        {trace.gaps.length === 0 ? (
          <p>{t('report.none')}</p>
        ) : (
          <ol>
            {trace.gaps.slice(0, most).map(({ says }) => (
              <li key={says}>{sayDays(says, trace.day, lang)}</li>
            ))}
          </ol>
        )}
        <Rest of={trace.gaps.length} />
      </section>
      <footer>{t('report.foot', { day })}</footer>
    </article>
  )
}

function Lines({ nodes, trace }: { nodes: readonly NodeOf[]; trace: TraceOf }) {
  const t = useWords('trace', words)
  const lang = useLang()
  const { zone } = useMe()
  if (nodes.length === 0) return <p>{t('report.none')}</p>
  return (
    <>
      <ol>
        {nodes.slice(0, most).map((node) => (
          <li key={node.id} className={node.later ? 'later' : ''}>
            <b>
              {node.light && `【${t(`light.${node.light}`)}】`}
              {node.title}
            </b>
            <span> {sayDetail(node, trace.day, t, lang, zone)}</span>
          </li>
        ))}
      </ol>
      <Rest of={nodes.length} />
    </>
  )
}

function Rest({ of }: { of: number }) {
  const t = useWords('trace', words)
  return of > most ? <p>{t('report.rest', { count: of - most })}</p> : null
}
