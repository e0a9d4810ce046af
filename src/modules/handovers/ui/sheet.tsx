import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { sayCadence } from '#modules/duties/cadence.ts'
import { useAct, useRead } from '#web/client.ts'
import { sayDay, sayInstant } from '#web/days.ts'
import { Act, Button, Card, Empty, Go, Headline, Light, Pick, Refusal, Section, Shown, Tag, tell } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang } from '#web/words.ts'
import { handoverRoutes } from '../contract.ts'
import './handovers.css'
import { LineForm, useHeirs } from './line.tsx'
import { Edit } from './open.tsx'
import { type LineOk, type SheetOk, useT } from './said.ts'
import { type Doing, Sign, Why } from './sign.tsx'

/** One handover: a sheet to work on, to sign and to print. */
export default function HandoverPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const read = useRead(handoverRoutes.read, { id }, { keep: true })
  return (
    <Shown of={read} lines={8}>
      {(sheet) => <Whole key={sheet.id} sheet={sheet} />}
    </Shown>
  )
}

function Whole({ sheet }: { sheet: SheetOk }) {
  const t = useT()
  const lang = useLang()
  const me = useMe()
  const [doing, setDoing] = useState<Doing | null>(null)
  const send = useAct(handoverRoutes.send, { onDone: () => tell(t('sent')) })
  const day = sayDay(sheet.day, lang, { year: true })
  const role = sheet.person.id === me.person?.id ? 'giver' : 'receiver'
  const count = sheet.parties.find((one) => one.person.id === (doing?.verb === 'confirmFor' ? sheet.person.id : me.person?.id))?.lines ?? 0
  const close = () => setDoing(null)
  const can = (verb: string) => sheet.actions.includes(verb)
  return (
    <article className="handover">
      <Headline
        title={t('sheetTitle', { name: sheet.person.name })}
        sub={t('sheetSub', { posts: sheet.posts || t('noPost'), reason: t(`reason.${sheet.reason}`), day })}
        actions={
          <>
            <Go to="/handovers">{t('back')}</Go>
            <Button onClick={() => window.print()}>{t('print')}</Button>
            {can('edit') && <Act onClick={() => setDoing({ verb: 'edit' })}>{t('edit')}</Act>}
            {can('recall') && <Act onClick={() => setDoing({ verb: 'recall' })}>{t('recall')}</Act>}
            {can('withdraw') && <Act onClick={() => setDoing({ verb: 'withdraw' })}>{t('withdraw')}</Act>}
            {can('send') && (
              <Act
                kind="main"
                loading={send.isPending}
                disabled={sheet.missing.undecided > 0}
                onClick={() => send.mutate({ id: sheet.id })}
              >
                {t('send')}
              </Act>
            )}
            {can('confirm') && (
              <Act kind="main" onClick={() => setDoing({ verb: 'confirm' })}>
                {t(role === 'giver' ? 'confirmGiver' : 'confirmReceiver')}
              </Act>
            )}
            {can('confirmFor') && <Act onClick={() => setDoing({ verb: 'confirmFor' })}>{t('confirmFor')}</Act>}
          </>
        }
      />
      <PaperHead sheet={sheet} day={day} />
      <Says sheet={sheet} day={day} />
      <Refusal of={send.error} />
      {can('assign') && <AllTo sheet={sheet} />}
      {sheet.groups.length === 0 && (
        <Card>
          <Empty says={t('nothing')} hint={t('nothingHint')} />
        </Card>
      )}
      {sheet.groups.map((group) => (
        <Group key={group.part} group={group} sheet={sheet} onDo={setDoing} />
      ))}
      <Parties sheet={sheet} />
      {doing?.verb === 'edit' && <Edit sheet={sheet} onClose={close} />}
      {doing?.verb === 'line' && <LineForm sheet={sheet} line={doing.line} onClose={close} />}
      {doing?.verb === 'confirm' && <Sign sheet={sheet} side={role} count={count} onClose={close} />}
      {doing?.verb === 'confirmFor' && <Sign sheet={sheet} side="for" count={count} onClose={close} />}
      {(doing?.verb === 'recall' || doing?.verb === 'withdraw' || doing?.verb === 'object') && (
        <Why sheet={sheet} doing={doing} onClose={close} />
      )}
    </article>
  )
}

/** What stands on paper in place of the page's headline. */
function PaperHead({ sheet, day }: { sheet: SheetOk; day: string }) {
  const t = useT()
  return (
    <header className="handover-paper">
      <p>{sheet.office}</p>
      <h2>{t('paperTitle')}</h2>
      <p>
        {t('person')}：{sheet.person.name}（{sheet.posts || t('noPost')}）　{t('reason')}：{t(`reason.${sheet.reason}`)}　{t('day')}：{day}
        {sheet.note && `　${t('note')}：${sheet.note}`}
      </p>
    </header>
  )
}

/** How it stands, in sentences. */
function Says({ sheet, day }: { sheet: SheetOk; day: string }) {
  const t = useT()
  const { missing, state } = sheet
  const names = [...(missing.giver ? [sheet.person.name] : []), ...missing.receivers.map((one) => one.name)].join('、')
  const open = state === 'draft' || state === 'out'
  const says = [
    state === 'agreed' ? t('agreedSay', { day }) : '',
    state === 'done' ? t('doneSay', { day }) : '',
    state === 'withdrawn' ? t('withdrawnSay', { why: sheet.said ?? '' }) : '',
    state === 'draft' && sheet.said ? t('recalledSay', { why: sheet.said }) : '',
    open && missing.undecided > 0 ? t('undecidedSay', { count: missing.undecided }) : '',
    open && missing.objected > 0 ? t('objectedSay', { count: missing.objected }) : '',
    open && sheet.gaps > 0 ? t('gapsSay', { count: sheet.gaps }) : '',
    state === 'out' && names ? t('waiting', { names }) : '',
    sheet.partly ? t('partly') : '',
  ].filter(Boolean)
  return (
    <div className="handover-says">
      <Tag tone={state === 'done' ? 'green' : state === 'withdrawn' ? 'grey' : 'accent'}>{t(`state.${state}`)}</Tag>
      {says.map((one) => (
        <p key={one}>{one}</p>
      ))}
    </div>
  )
}

/** One choice for everything that can pass on. */
function AllTo({ sheet }: { sheet: SheetOk }) {
  const t = useT()
  const first = sheet.groups.find((group) => group.part === 'appointment')?.lines[0] ?? null
  const heirs = useHeirs(first, sheet.person.id)
  const act = useAct(handoverRoutes.assign, { onDone: () => tell(t('allToDone')) })
  return (
    <div className="handover-all">
      <span>{t('allTo')}</span>
      <Pick
        label={t('allTo')}
        placeholder={t('choose')}
        options={heirs}
        value={null}
        onChange={(to) => to && act.mutate({ id: sheet.id, to })}
      />
      <Refusal of={act.error} />
    </div>
  )
}

type GroupProps = { group: SheetOk['groups'][number]; sheet: SheetOk; onDo: (doing: Doing) => void }

function Group({ group, sheet, onDo }: GroupProps) {
  const t = useT()
  const cols = ['no', 'what', 'where', 'when', 'to', 'signed'] as const
  return (
    <Section title={group.name} note={t('linesCount', { count: group.lines.length })}>
      {group.part === 'confirmation' && <p className="note">{t('confirmation')}</p>}
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
                  <th key={one} scope="col" className={one === 'no' ? 'handover-num' : ''}>
                    {t(`col.${one}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {group.lines.map((line, i) => (
                <Line key={line.key} line={line} no={i + 1} sheet={sheet} onDo={onDo} />
              ))}
            </tbody>
          </table>
        </section>
      </Card>
    </Section>
  )
}

function Line({ line, no, sheet, onDo }: { line: LineOk; no: number; sheet: SheetOk; onDo: (doing: Doing) => void }) {
  const t = useT()
  const lang = useLang()
  const settled = line.change === 'settled'
  const when =
    line.rrule || line.part === 'duty' ? sayCadence(line.rrule, line.due, lang) : line.due ? sayDay(line.due, lang, { year: true }) : ''
  const since = line.part === 'appointment' || line.part === 'charge' || line.part === 'confirmation' ? line.since : null
  const where = [line.unit?.name, line.part === 'appointment' ? null : line.post?.name].filter(Boolean).join(' · ')
  return (
    <tr className={settled ? 'settled' : ''}>
      <td className="handover-num">{no}</td>
      <th scope="row">
        {line.light && <Light light={line.light} />} {line.title}
        {line.change && <Tag tone={settled ? 'grey' : 'yellow'}>{t(`change.${line.change}`)}</Tag>}
        {line.gone && <Tag tone="yellow">{t('gone')}</Tag>}
        {line.basis && <small>{line.basis}</small>}
        {line.others.length > 0 && <small>{t('others', { names: line.others.join('、') })}</small>}
        {line.objection && <small className="handover-objection">{t('objection', { why: line.objection })}</small>}
      </th>
      <td>{where}</td>
      <td>{when || (since ? sayDay(since, lang, { year: true }) : '')}</td>
      <td>{line.ways.length > 0 && <Goes line={line} sheet={sheet} onDo={onDo} />}</td>
      <td>
        {line.ways.length > 0 && !settled && (
          <small>
            {[line.giverAt ? t('giverSigned') : '', line.receiverAt ? t('receiverSigned') : ''].filter(Boolean).join('、') ||
              (sheet.state === 'draft' ? '' : t('notSigned'))}
          </small>
        )}
        {line.actions.includes('object') && (
          <Button kind="bare" onClick={() => onDo({ verb: 'object', line })} label={t('objectTitle', { title: line.title })}>
            {t('object')}
          </Button>
        )}
      </td>
    </tr>
  )
}

function Goes({ line, sheet, onDo }: { line: LineOk; sheet: SheetOk; onDo: (doing: Doing) => void }) {
  const t = useT()
  const changes = sheet.actions.includes('assign') && line.change !== 'settled' && !(line.ways.length === 1 && line.way !== null)
  return (
    <>
      {line.way === null ? <Tag tone="red">{t('undecided')}</Tag> : line.way === 'to' ? line.to?.name : t(`way.${line.way}`)}
      {line.way === 'to' && line.how && <small>{t(`how.${line.how as 'regular'}`)}</small>}
      {line.along && <small>{t('alongOf')}</small>}
      {line.reason && <small>{line.reason}</small>}
      {line.gap && <Tag tone="red">{t('gap')}</Tag>}
      {changes && (
        <Button kind="bare" onClick={() => onDo({ verb: 'line', line })} label={`${t('change')} ${line.title}`}>
          {t('change')}
        </Button>
      )}
    </>
  )
}

/** Who has signed, and on paper where they do. */
function Parties({ sheet }: { sheet: SheetOk }) {
  const t = useT()
  const lang = useLang()
  const { zone } = useMe()
  return (
    <Section title={t('parties')}>
      <ul className="card handover-parties">
        {sheet.parties.map((one) => (
          <li key={`${one.role} ${one.person.id}`}>
            <span className="handover-role">{t(`role.${one.role}`)}</span>
            <b>{one.person.name}</b>
            <span className="note">{t('linesCount', { count: one.lines })}</span>
            {sheet.state !== 'draft' && (
              <span className={one.signed ? 'handover-yes' : 'note'}>
                {one.signed && one.at
                  ? t('signedAt', { when: sayInstant(one.at, lang, zone) })
                  : one.at && sheet.state === 'out'
                    ? t('changedSince')
                    : t('notSigned')}
                {one.reason && one.by && ` · ${t('signedBy', { name: one.by.name, why: one.reason })}`}
              </span>
            )}
            <span className="handover-line">{t('signature')}</span>
            <span className="handover-line">{t('date')}</span>
          </li>
        ))}
        <li className="handover-witness">
          <span className="handover-role">{t('witness')}</span>
          <span className="handover-line">{t('signature')}</span>
          <span className="handover-line">{t('date')}</span>
        </li>
      </ul>
      <p className="note">{t('openedBy', { name: sheet.opener.name })}</p>
      <p className="handover-copies">{t('paperNote')}</p>
    </Section>
  )
}
