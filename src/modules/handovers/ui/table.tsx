import { useState } from 'react'
import { sayCadence } from '#modules/duties/cadence.ts'
import { sayDay } from '#web/days.ts'
import { Button, Card, Light, Section, Tag } from '#web/kit/index.ts'
import { useLang } from '#web/words.ts'
import { type Folded, folded } from './fold.ts'
import { type LineOk, type SheetOk, useT } from './said.ts'
import type { Doing } from './sign.tsx'

type Props = { sheet: SheetOk; onDo: (doing: Doing) => void }

/** The lines of a part as a table, the same on paper. */
export function Group({ group, sheet, onDo }: Props & { group: SheetOk['groups'][number] }) {
  const t = useT()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const cols = ['no', 'what', 'where', 'when', 'to', ...(sheet.state === 'draft' ? [] : (['signed'] as const))] as const
  return (
    <Section title={group.name} note={t('linesCount', { count: group.lines.length })}>
      {(group.part === 'confirmation' || group.part === 'grant') && <p className="note">{t(group.part)}</p>}
      <Card>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways is reached by keyboard */}
        <section className="handover-box" aria-label={group.name} tabIndex={0}>
          <table className="handover-table">
            <colgroup>
              {cols.map((one) => (
                <col key={one} className={`handover-${one}`} />
              ))}
            </colgroup>
            <thead>
              <tr>
                {cols.map((one) => (
                  <th key={one} scope="col">
                    {t(`col.${one}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {folded(group.lines, open).map((row, i) => (
                <Line key={row.key} row={row} no={i + 1} sheet={sheet} onDo={onDo} unfold={() => setOpen(new Set([...open, row.key]))} />
              ))}
            </tbody>
          </table>
        </section>
      </Card>
    </Section>
  )
}

/** How often or until when; of a post or a charge, since when. */
function useWhen(line: LineOk): string {
  const t = useT()
  const lang = useLang()
  const day = (of: string) => sayDay(of, lang, { year: true })
  if (line.part === 'duty') return sayCadence(line.rrule, line.due, lang)
  if (line.due) return day(line.due)
  return line.since ? t('since', { day: day(line.since) }) : ''
}

const namedAtMost = 3

function Line({ row, no, sheet, onDo, unfold }: Props & { row: Folded; no: number; unfold: () => void }) {
  const t = useT()
  const when = useWhen(row.lines[0] as LineOk)
  const line = row.lines[0] as LineOk
  const many = row.lines.length > 1
  const settled = line.change === 'settled'
  const where = [line.unit?.name, line.part === 'appointment' ? null : line.post?.name].filter(Boolean).join(' · ')
  const some = line.others.slice(0, namedAtMost).join('、')
  const others = line.others.length > namedAtMost ? t('andMore', { names: some, count: line.others.length }) : some
  return (
    <tr className={settled ? 'settled' : ''}>
      <td className="handover-num">{no}</td>
      <th scope="row">
        {line.light && <Light light={line.light} />} {line.title}
        {line.change && <Tag tone={settled ? 'grey' : 'yellow'}>{t(`change.${line.change}`)}</Tag>}
        {line.gone && <Tag tone="yellow">{t('gone')}</Tag>}
        {line.basis && <small>{line.basis}</small>}
        {others && <small>{t('others', { names: others })}</small>}
        {line.objection && <small className="handover-objection">{t('objection', { why: line.objection })}</small>}
      </th>
      <td>{where}</td>
      <td>
        {many ? t('periods', { count: row.lines.length, from: when }) : when}
        {many && (
          <Button kind="bare" onClick={unfold} label={`${t('unfold')} ${line.title}`}>
            {t('unfold')}
          </Button>
        )}
      </td>
      <td>{line.ways.length > 0 && <Goes line={line} many={many} sheet={sheet} onDo={onDo} />}</td>
      {sheet.state !== 'draft' && (
        <td>
          {line.ways.length > 0 && !settled && <Signed line={line} />}
          {!many && line.actions.includes('object') && (
            <Button kind="bare" onClick={() => onDo({ verb: 'object', line })} label={t('objectTitle', { title: line.title })}>
              {t('object')}
            </Button>
          )}
        </td>
      )}
    </tr>
  )
}

function Signed({ line }: { line: LineOk }) {
  const t = useT()
  const both = line.giverAt && (line.receiverAt || line.way !== 'to')
  const word = both && line.way === 'to' ? 'bothSigned' : line.giverAt ? 'giverSigned' : line.receiverAt ? 'receiverSigned' : 'notSigned'
  return <small>{t(word)}</small>
}

function Goes({ line, many, sheet, onDo }: Props & { line: LineOk; many: boolean }) {
  const t = useT()
  const changes = !many && sheet.actions.includes('assign') && line.change !== 'settled' && !(line.ways.length === 1 && line.way !== null)
  return (
    <>
      <span className="handover-goes">
        {line.way === null ? <Tag tone="red">{t('undecided')}</Tag> : line.way === 'to' ? line.to?.name : t(`way.${line.way}`)}
        {line.way === 'to' && line.how && <Tag>{t(`how.${line.how as 'regular'}`)}</Tag>}
        {line.gap && <Tag tone="red">{t('gap')}</Tag>}
        {changes && (
          <Button kind="bare" onClick={() => onDo({ verb: 'line', line })} label={`${t('change')} ${line.title}`}>
            {t('change')}
          </Button>
        )}
      </span>
      {line.along && <small>{t('alongOf')}</small>}
      {line.reason && <small>{line.reason}</small>}
    </>
  )
}
