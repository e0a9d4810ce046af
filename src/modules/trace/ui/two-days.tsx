import { useAddress } from '#web/address.ts'
import { sayDay } from '#web/days.ts'
import { Button, Light, Section, Tag, type Tone } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import { beside, countMarks, type Mark, type Pair } from '../beside.ts'
import { layers } from '../rules.ts'
import { type NodeOf, Opening, sayDetail, type TraceOf, type TraceSay } from './node.tsx'
import { words } from './words.ts'

const tones: Record<Mark, Tone> = { same: 'plain', changed: 'yellow', replaced: 'yellow', added: 'accent', gone: 'grey' }

/** 换了 1 处，新有 2 处; said of two days that are alike: no difference. */
export function sayMarks(pairs: readonly Pair<NodeOf>[], t: TraceSay, lang: 'zh-CN' | 'en'): string {
  const counts = countMarks(pairs)
  const parts = (['replaced', 'changed', 'added', 'gone'] as const).flatMap((mark) =>
    counts[mark] > 0 ? [t(`marks.${mark}`, { count: counts[mark] })] : [],
  )
  return parts.length === 0 ? t('besideSame') : t('besideSays', { parts: parts.join(lang === 'en' ? ', ' : '，') })
}

type Props = { first: TraceOf; second: TraceOf; onOpen: (id: string) => void }

/** Two days of one trace, line by line: the earlier on the left, the later on the right, each difference said in a word. */
export function TwoDays({ first, second, onOpen }: Props) {
  const t = useWords('trace', words)
  const lang = useLang()
  const { today } = useMe()
  const [{ only }, put] = useAddress('only')
  const pairs = beside(first.nodes, second.nodes)
  const shown = only ? pairs.filter(({ mark }) => mark !== 'same') : pairs
  const days = [first, second].map(({ day }) => sayDay(day, lang, { thisYear: today, year: true }))
  return (
    <>
      <p className="note trace-note" role="status">
        {sayMarks(pairs, t, lang)}{' '}
        <Button kind="bare" onClick={() => put({ only: only ? null : '1' }, { replace: true })} pressed={Boolean(only)}>
          {t(only ? 'besideAll' : 'besideOnly')}
        </Button>
      </p>
      {layers
        .map((layer) => ({ layer, lines: shown.filter((pair) => pair.layer === layer) }))
        .filter(({ lines }) => lines.length > 0)
        .map(({ layer, lines }) => (
          <Section key={layer} title={t(`layer.${layer}`)}>
            <table className="card trace-two">
              <thead>
                <tr>
                  <th scope="col">{days[0]}</th>
                  <th scope="col">{days[1]}</th>
                </tr>
              </thead>
              <tbody>
                {lines.map((pair) => (
                  <Line key={pair.key} pair={pair} first={first} second={second} days={days} onOpen={onOpen} />
                ))}
              </tbody>
            </table>
          </Section>
        ))}
    </>
  )
}

function Line({ pair, first, second, days, onOpen }: Props & { pair: Pair<NodeOf>; days: readonly string[] }) {
  const t = useWords('trace', words)
  const lang = useLang()
  const { zone } = useMe()
  const sides = [
    { node: pair.before, day: first.day },
    { node: pair.after, day: second.day },
  ]
  const unlike = (i: number) => pair.mark !== 'same' && (pair.mark !== 'added' || i === 1) && (pair.mark !== 'gone' || i === 0)
  return (
    <tr className={pair.mark}>
      {sides.map(({ node, day }, i) => (
        <td key={day} className={node === null ? 'nothing' : node.later ? 'later' : ''}>
          <small className="trace-two-day" aria-hidden="true">
            {days[i]}
          </small>
          {node === null ? (
            <span className="trace-two-none">{t('besideNone')}</span>
          ) : (
            <Opening node={node} onOpen={onOpen} className="trace-two-node">
              <span className="trace-node-title">
                {node.light && <Light light={node.light} />}
                <span>{node.title}</span>
              </span>
              <small>{sayDetail(node, day, t, lang, zone)}</small>
            </Opening>
          )}
          {unlike(i) && i === (pair.mark === 'gone' ? 0 : 1) && <Tag tone={tones[pair.mark]}>{t(`mark.${pair.mark}`)}</Tag>}
        </td>
      ))}
    </tr>
  )
}

/** The days of two traces, the earlier first. */
export const inOrder = (a: TraceOf, b: TraceOf): [TraceOf, TraceOf] => (a.day <= b.day ? [a, b] : [b, a])
