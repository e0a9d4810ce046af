import { useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import { useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Button, Card, Day, Due, Empty, Go, Row, Rows, Section, Shown, tell } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import { boardRoutes } from '../contract.ts'
import { reminderOf } from './reminder.ts'
import { words } from './section-words.ts'

type ChaseOf = OkOf<typeof boardRoutes.chase>
type Group = ChaseOf['units'][number]
type Opening = { open: string | undefined; onOpen: (id: string) => void }

/** What to chase: by unit, with a text to send; what waits to be confirmed and signed; findings that are open. */
export function Chase(props: Opening) {
  const t = useWords('board.sections', words)
  const lang = useLang()
  const read = useRead(boardRoutes.chase, {}, { keep: true })
  return (
    <Shown of={read} lines={5}>
      {(chase) => (
        <>
          <Section title={t('chase.title')} note={t('chase.note', { day: sayDay(chase.until, lang) })}>
            {chase.units.length === 0 ? (
              <div className="card">
                <Empty says={t('chase.none')} />
              </div>
            ) : (
              chase.units.map((group) => <Unit key={group.unit.id} group={group} day={chase.day} {...props} />)
            )}
          </Section>
          <Waiting chase={chase} {...props} />
        </>
      )}
    </Shown>
  )
}

/** Rows of a unit that are shown before one asks for more. */
const few = 4

function Unit({ group, day, open, onOpen }: { group: Group; day: string } & Opening) {
  const t = useWords('board.sections', words)
  const { person, name } = { person: useMe().person, name: useMe().office.name }
  const [all, setAll] = useState(false)
  const [text, setText] = useState<string | null>(null)
  const copy = () => {
    const items = group.items.map(({ obligation: one }) => ({ title: one.title, holder: one.holder.name, due: one.due, left: one.left }))
    const said = reminderOf({ unit: group.unit.name, red: group.red, soon: group.soon, items }, day, person?.name ?? name)
    // An office's own server may have no secure origin, and so no clipboard: the text is shown to be copied then.
    const copied = navigator.clipboard?.writeText(said)
    if (!copied) return setText(said)
    copied.then(
      () => tell(t('chase.copied', { unit: group.unit.name })),
      () => setText(said),
    )
  }
  const shown = all ? group.items : group.items.slice(0, few)
  const rest = group.red + group.soon - group.items.length
  return (
    <div className="board-unit">
      <p className="board-unit-head">
        <b>{group.unit.name}</b>
        <span className="note">
          {[group.red > 0 && t('chase.red', { n: group.red }), group.soon > 0 && t('chase.soon', { n: group.soon })]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <Button onClick={copy}>{t('chase.copy')}</Button>
      </p>
      <Rows label={group.unit.name}>
        {shown.map(({ obligation: one, superiors }) => (
          <Row
            key={one.id}
            light={one.light}
            what={one.title}
            why={[one.holder.name, superiors.length > 0 && t('chase.superior', { who: superiors.join('、') })].filter(Boolean).join(' · ')}
            day={<Due day={one.due} left={one.left} />}
            open={() => onOpen(one.id)}
            current={open === one.id}
          />
        ))}
      </Rows>
      {group.items.length > few && (
        <Button kind="bare" onClick={() => setAll(!all)} expanded={all}>
          {all ? t('red.less') : `${t('red.more')} ${group.items.length - few}`}
        </Button>
      )}
      {all && rest > 0 && <p className="note">{t('chase.more', { n: rest })}</p>}
      {text !== null && (
        <label className="board-text">
          {t('chase.byHand')}
          <textarea
            readOnly
            rows={Math.min(12, text.split('\n').length)}
            value={text}
            aria-label={t('chase.text')}
            onFocus={(event) => event.target.select()}
          />
        </label>
      )}
    </div>
  )
}

function Waiting({ chase, onOpen }: { chase: ChaseOf } & Opening) {
  const t = useWords('board.sections', words)
  const lang = useLang()
  const { today } = useMe()
  const said = (day: string) => sayDay(day, lang, { thisYear: today })
  const { confirmations, signatures, pledges, findings } = chase
  return (
    <div className="board-two board-waiting">
      <Section title={t('chase.confirm')}>
        <Card pad>
          {confirmations.length === 0 && <p className="note">{t('chase.confirmNone')}</p>}
          <ul>
            {confirmations.map((one) => (
              <li key={one.person.id}>
                {one.person.name} <small className="note">{t('chase.confirmItem', { n: one.count, day: said(one.since) })}</small>
              </li>
            ))}
          </ul>
        </Card>
      </Section>
      <Section
        title={t('chase.sign')}
        note={signatures.count > 0 ? t('chase.signOf', { n: signatures.count, who: signatures.of.join('、') }) : undefined}
      >
        <Card pad>
          {signatures.count === 0 && <p className="note">{t('chase.signNone')}</p>}
          <ul>
            {signatures.items.map((one) => (
              <li key={one.duty.id}>
                <Go to="/awaiting" kind="bare">
                  {one.duty.name}
                </Go>{' '}
                <small className="note">{t('chase.signItem', { by: one.by, day: said(one.since) })}</small>
              </li>
            ))}
          </ul>
        </Card>
      </Section>
      <Section title={t('chase.pledges')}>
        <Card pad>
          {pledges.length === 0 && <p className="note">{t('chase.pledgesNone')}</p>}
          <ul>
            {pledges.map((one) => (
              <li key={one.unit.id}>
                {one.unit.name} <small className="note">{t(one.overdue > 0 ? 'chase.pledgesLate' : 'chase.pledgesSays', one)}</small>
              </li>
            ))}
          </ul>
        </Card>
      </Section>
      <Section
        title={t('chase.findings')}
        note={findings.open > 0 ? t('chase.findingsSays', { open: findings.open, overdue: findings.overdue }) : undefined}
      >
        <Card pad>
          {findings.open === 0 && <p className="note">{t('chase.findingsNone')}</p>}
          <ul>
            {findings.items.map(({ obligation: one }) => (
              <li key={one.id}>
                <Button kind="bare" onClick={() => onOpen(one.id)}>
                  {one.title}
                </Button>{' '}
                <small className="note">
                  {one.unit.name} {one.holder.name} · <Day day={one.due} />
                </small>
              </li>
            ))}
          </ul>
        </Card>
      </Section>
    </div>
  )
}
