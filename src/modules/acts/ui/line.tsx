import { useRef, useState } from 'react'
import { useLookingBack } from '#web/as-of.ts'
import { sayDay } from '#web/days.ts'
import { Act, Button, Choice, Light, Refusal, useDraft } from '#web/kit/index.ts'
import { useRecord } from '#web/record.ts'
import { useMe } from '#web/session.ts'
import { useLang } from '#web/words.ts'
import type { ActKind } from '../reading/kinds.ts'
import { Asks } from './asks.tsx'
import { useKinds, useT } from './happening.tsx'
import { useRecording } from './recording.ts'
import { blank, type Group, groupsOf, type Happening, ready, type Taken, tickedOf } from './said.ts'
import { useProposals, useTaking } from './taking.ts'
import './acts.css'

type Set = <K extends keyof Happening>(name: K, value: Happening[K]) => void

/** The record line: one writes what was done, it reads back what it will record and which obligations that discharges; Enter saves. */
export function RecordLine() {
  const t = useT()
  const { today } = useMe()
  const lookingBack = useLookingBack()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText, clear, restored] = useDraft('record-line', '')
  const [picks, setPicks] = useState<Happening>(blank)
  const values = { ...picks, what: text }
  const set: Set = (name, value) => setPicks((before) => ({ ...before, [name]: value }))
  const begun = text.trim() !== '' && !lookingBack
  const taking = useTaking(values, true, begun)
  const { taken } = taking
  const proposals = useProposals(taken, begun && taken.what !== '')
  const forget = () => {
    clear()
    setPicks(blank)
  }
  const recording = useRecording(() => {
    forget()
    field.current?.focus()
  })
  const may = begun && ready(taken, today)
  const save = () => {
    if (!may) return
    void recording.send(taken, proposals.settled ? tickedOf(proposals.items, values.ticks, []) : null, values)
  }
  return (
    <div className="card record-line">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <span className="pen" aria-hidden="true">
          <svg
            viewBox="0 0 16 16"
            width="18"
            height="18"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.4"
            strokeLinejoin="round"
            aria-hidden="true"
          >
            <path d="M3 13l.7-2.9 7.2-7.2a1.2 1.2 0 0 1 1.7 0l.5.5a1.2 1.2 0 0 1 0 1.7l-7.2 7.2L3 13Z" />
          </svg>
        </span>
        <input
          ref={field}
          type="text"
          aria-label={t('line.label')}
          placeholder={lookingBack ? t('line.back') : t('line.hint')}
          value={lookingBack ? '' : text}
          maxLength={2000}
          disabled={lookingBack}
          autoComplete="off"
          onChange={(event) => {
            setText(event.target.value)
            // What was picked belonged to what stood there.
            if (event.target.value.trim() === '') setPicks(blank)
          }}
          onKeyDown={(event) => event.key === 'Enter' && event.nativeEvent.isComposing && event.preventDefault()}
        />
        <Act kind="soft" type="submit" loading={recording.pending} disabled={!may}>
          {t('line.save')} <span aria-hidden="true">⏎</span>
        </Act>
      </form>
      {begun && (
        <div className="record-read">
          <Asks values={values} taken={taken} set={set} />
          <ReadBack taken={taken} set={set} />
          <People taken={taken} taking={taking} values={values} set={set} />
          <Discharges proposals={proposals} taken={taken} values={values} set={set} />
          <MoreFields what={taken.asks.day ? text : taken.what} day={taken.day} onGone={forget} />
          <Refusal of={recording.error} />
          {restored && <span className="record-break note">{t('line.kept')}</span>}
        </div>
      )}
    </div>
  )
}

function ReadBack({ taken, set }: { taken: Taken; set: Set }) {
  const t = useT()
  const lang = useLang()
  const { today } = useMe()
  const options = useKinds()
  const say = (day: string) => sayDay(day, lang, { weekday: true, thisYear: today })
  return (
    <p className="record-row">
      <span>{t('line.read')}</span>
      {taken.day !== '' && (
        <label className="record-day">
          <b>{taken.beganOn ? `${sayDay(taken.beganOn, lang, { thisYear: today })} — ${say(taken.day)}` : say(taken.day)}</b>
          <input
            type="date"
            aria-label={t('line.day')}
            max={today}
            value={taken.day}
            onClick={(event) => event.currentTarget.showPicker()}
            onChange={(event) => {
              set('answered', '')
              set('happenedOn', event.target.value)
            }}
          />
        </label>
      )}
      {taken.time && <b>{taken.time}</b>}
      <span className="record-kind">
        <Choice label={t('field.kind')} options={options} value={taken.kind} onChange={(kind) => set('kind', kind as ActKind)} />
      </span>
      {taken.count && <b>{t('line.count', { count: Number(taken.count) })}</b>}
      <b className="record-what">{taken.what}</b>
    </p>
  )
}

type PeopleProps = { taken: Taken; taking: ReturnType<typeof useTaking>; values: Happening; set: Set }

/** Whom it is recorded for, and who took part; more than a handful are told by their number. */
function People({ taken, taking, values, set }: PeopleProps) {
  const t = useT()
  const { person } = useMe()
  const nameOf = (id: string) => taking.office.persons.find(({ value }) => value === id)?.label ?? '…'
  const partOf = (id: string) => {
    const part = taken.parts.get(id) ?? 'attend'
    return part === 'attend' ? '' : t(`taking.${part}`)
  }
  const other = taken.doneBy !== person?.id
  const shown = taken.with.slice(0, 8)
  const forWhom = [t('line.for', { name: nameOf(taken.doneBy) }), partOf(taken.doneBy)].filter(Boolean).join(' ')
  const saidOf = (id: string) => [nameOf(id), partOf(id)].filter(Boolean).join(' ')
  if (!other && taken.with.length === 0) return null
  return (
    <p className="record-row">
      {other && (
        <button
          type="button"
          className="chip"
          aria-label={t('line.notFor', { says: forWhom })}
          onClick={() => set('doneBy', person?.id ?? '')}
        >
          {forWhom} <span aria-hidden="true">×</span>
        </button>
      )}
      {taken.with.length > 0 && <span>{t('line.with')}</span>}
      {shown.map((id) => (
        <button
          key={id}
          type="button"
          className="chip"
          aria-label={t('line.alone', { name: saidOf(id) })}
          onClick={() => {
            set('out', [...values.out, id])
            set(
              'with',
              values.with.filter((one) => one !== id),
            )
          }}
        >
          {saidOf(id)} <span aria-hidden="true">×</span>
        </button>
      ))}
      {taken.with.length > shown.length && <span>{t('line.withMore', { count: taken.with.length })}</span>}
    </p>
  )
}

type DischargesProps = { proposals: ReturnType<typeof useProposals>; taken: Taken; values: Happening; set: Set }

/** What it discharges as things to press: the same duty of several people is one. */
function Discharges({ proposals, taken, values, set }: DischargesProps) {
  const t = useT()
  const { person } = useMe()
  const { items, settled } = proposals
  // While a new answer is on its way, what stood there of people who are out of it by now is left out.
  const there = new Set([taken.doneBy, ...taken.with])
  const groups = groupsOf(items.filter(({ obligation }) => there.has(obligation.holder.id)))
  const on = ({ items: own }: Group) => own.some(({ obligation, likely }) => values.ticks[obligation.id] ?? likely)
  const chosen = groups.filter(on)
  const others = groups.filter((group) => !on(group)).slice(0, 3)
  const titleOf = ({ items: own }: Group) => {
    const [first] = own
    const title = first?.obligation.title ?? ''
    if (own.length > 1)
      return t('line.many', {
        title,
        count: own.filter(({ obligation, likely }) => values.ticks[obligation.id] ?? likely).length || own.length,
      })
    return first?.obligation.holder.id === person?.id ? title : `${title} · ${first?.obligation.holder.name ?? ''}`
  }
  const tick = ({ items: own }: Group, to: boolean) =>
    set('ticks', { ...values.ticks, ...Object.fromEntries(own.map(({ obligation }) => [obligation.id, to])) })
  if (taken.day === '') return null
  return (
    <p className="record-row">
      {settled && chosen.length === 0 && <span>{t('line.clearsNone')}</span>}
      {!settled && items.length === 0 && <span role="status">{t('line.asking')}</span>}
      {chosen.length > 0 && <span>{t('line.clears')}</span>}
      {chosen.map((group) => (
        <button
          key={group.key}
          type="button"
          className="chip"
          aria-pressed="true"
          aria-label={t('line.drop', { title: titleOf(group) })}
          onClick={() => tick(group, false)}
        >
          <Light light="green" /> {titleOf(group)}
        </button>
      ))}
      {others.map((group) => (
        <button
          key={group.key}
          type="button"
          className="chip"
          aria-pressed="false"
          aria-label={t('line.add', { title: titleOf(group) })}
          onClick={() => tick(group, true)}
        >
          <span aria-hidden="true">＋</span> {titleOf(group)}
        </button>
      ))}
    </p>
  )
}

function MoreFields({ what, day, onGone }: { what: string; day: string; onGone: () => void }) {
  const t = useT()
  const record = useRecord()
  if (!record) return null
  return (
    <span className="record-more">
      <Button
        kind="bare"
        onClick={() => {
          record({ title: what, ...(day ? { day } : {}) })
          onGone()
        }}
      >
        {t('line.more')}
      </Button>
    </span>
  )
}
