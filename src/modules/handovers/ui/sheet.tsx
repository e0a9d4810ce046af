import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useAct, useRead } from '#web/client.ts'
import { sayDay, sayInstant } from '#web/days.ts'
import { Act, Button, Card, Empty, Go, Headline, Pick, Refusal, Section, Shown, Tag, tell } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang } from '#web/words.ts'
import { handoverRoutes } from '../contract.ts'
import './handovers.css'
import { LineForm, useHeirs } from './line.tsx'
import { Edit } from './open.tsx'
import { type SheetOk, useT } from './said.ts'
import { type Doing, Sign, Why } from './sign.tsx'
import { Group } from './table.tsx'

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
