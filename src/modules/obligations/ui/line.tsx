import { useEffect, useRef, useState } from 'react'
import { earlier } from '#kernel/calendar/index.ts'
import { actRoutes } from '#modules/acts/contract.ts'
import { useOffice } from '#modules/acts/ui/office.ts'
import { namedIn, readSaid } from '#modules/acts/ui/said.ts'
import { useLookingBack } from '#web/as-of.ts'
import { call, useAct, useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Act, Button, Light, Refusal, tell, useDraft } from '#web/kit/index.ts'
import { useRecord } from '#web/record.ts'
import { useMe } from '#web/session.ts'
import { useLang } from '#web/words.ts'
import { useT } from './parts.tsx'

/** What is typed, a moment after the last key. */
function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value)
  const text = JSON.stringify(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as T), ms)
    return () => clearTimeout(timer)
  }, [text, ms])
  return settled
}

/** The record line: one writes what was done, it reads back what it will record and which obligations that discharges; Enter saves. */
export function RecordLine() {
  const t = useT()
  const { today, person } = useMe()
  const lookingBack = useLookingBack()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText, clear, restored] = useDraft('record-line', '')
  const [picked, setPicked] = useState<string | null>(null)
  const [choice, setChoice] = useState<Record<string, boolean>>({})
  /** Named in the line, but said to have had no part in it. */
  const [alone, setAlone] = useState<string[]>([])
  const said = readSaid(text, today)
  const day = picked ?? said.day
  const begun = said.what !== '' && !lookingBack
  const office = useOffice(begun)
  const persons = office.persons.map(({ value, label }) => ({ id: value, name: label }))
  const named = begun ? namedIn(said.what, persons).filter((id) => id !== person?.id && !alone.includes(id)) : []
  const asked = useSettled(
    { what: said.what, happenedOn: earlier(day, today), ...(named.length > 0 ? { with: named.join(',') } : {}) },
    280,
  )
  const proposals = useRead(actRoutes.propose, asked, { enabled: begun && asked.what !== '', keep: true })
  const items = begun ? (proposals.data?.items ?? []) : []
  const chosen = items.filter(({ obligation, likely }) => choice[obligation.id] ?? likely)
  const others = items.filter((item) => !chosen.includes(item)).slice(0, 3)
  const settled = asked.what === said.what && (asked.with ?? '') === named.join(',') && !proposals.isFetching

  const titleOf = (title: string, holder: { id: string; name: string }) => (holder.id === person?.id ? title : `${title} · ${holder.name}`)
  const forget = () => {
    clear()
    setPicked(null)
    setChoice({})
    setAlone([])
  }
  const withdraw = useAct(actRoutes.withdraw, { onDone: () => tell(t('line.undone')) })
  const act = useAct(actRoutes.record, {
    onDone: (kept) => {
      const titles = kept.discharges.map(({ title }) => title).join(t('list.and'))
      const undo = () => withdraw.mutate({ id: kept.id, reason: t('line.undoReason') })
      tell(kept.discharges.length === 0 ? t('line.done') : t('line.doneWith', { count: kept.discharges.length, titles }), { undo })
      forget()
      field.current?.focus()
    },
  })
  const save = () => {
    if (!begun || act.isPending || day > today) return
    const send = (discharges: string[]) =>
      act.mutate({ what: said.what, happenedOn: day, ...(said.time ? { time: said.time } : {}), with: named, discharges })
    if (settled) return send(chosen.map(({ obligation }) => obligation.id))
    // Enter came before the answer to the last key: ask for exactly what is written, so that nothing is recorded that was not read back from it.
    void call(actRoutes.propose, { what: said.what, happenedOn: day, ...(named.length > 0 ? { with: named.join(',') } : {}) }).then(
      ({ items }) => send(items.filter(({ obligation, likely }) => choice[obligation.id] ?? likely).map(({ obligation }) => obligation.id)),
      () => send([]),
    )
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
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.nativeEvent.isComposing && event.preventDefault()}
        />
        <Act kind="soft" type="submit" loading={act.isPending} disabled={!begun || day > today}>
          {t('line.save')} <span aria-hidden="true">⏎</span>
        </Act>
      </form>
      {begun && (
        <div className="record-read">
          <ReadBack said={said} day={day} pick={setPicked} />
          {named.length > 0 && <span>{t('line.with')}</span>}
          {named.map((id) => {
            const name = persons.find((one) => one.id === id)?.name ?? ''
            return (
              <button
                key={id}
                type="button"
                className="chip"
                aria-label={t('line.alone', { name })}
                onClick={() => setAlone([...alone, id])}
              >
                {name} <span aria-hidden="true">×</span>
              </button>
            )
          })}
          {settled && chosen.length === 0 && day <= today && <span>{t('line.clearsNone')}</span>}
          {!settled && items.length === 0 && <span role="status">{t('line.asking')}</span>}
          {chosen.length > 0 && <span>{t('line.clears')}</span>}
          {chosen.map(({ obligation: { id, title, holder } }) => (
            <button
              key={id}
              type="button"
              className="chip"
              aria-pressed="true"
              aria-label={t('line.drop', { title: titleOf(title, holder) })}
              onClick={() => setChoice({ ...choice, [id]: false })}
            >
              <Light light="green" /> {titleOf(title, holder)}
            </button>
          ))}
          {others.map(({ obligation: { id, title, holder } }) => (
            <button
              key={id}
              type="button"
              className="chip"
              aria-pressed="false"
              aria-label={t('line.add', { title: titleOf(title, holder) })}
              onClick={() => setChoice({ ...choice, [id]: true })}
            >
              <span aria-hidden="true">＋</span> {titleOf(title, holder)}
            </button>
          ))}
          <MoreFields what={said.what} day={day} onGone={forget} />
          <Refusal of={act.error} />
          {restored && <span className="record-break note">{t('line.kept')}</span>}
        </div>
      )}
    </div>
  )
}

function ReadBack({ said, day, pick }: { said: ReturnType<typeof readSaid>; day: string; pick: (day: string | null) => void }) {
  const t = useT()
  const lang = useLang()
  const { today } = useMe()
  return (
    <>
      <span>{t('line.read')}</span>
      <label className="record-day">
        <b>{sayDay(day, lang, { weekday: true, thisYear: today })}</b>
        <input
          type="date"
          aria-label={t('line.day')}
          max={today}
          value={day}
          onClick={(event) => event.currentTarget.showPicker()}
          onChange={(event) => pick(event.target.value || null)}
        />
      </label>
      {(said.time || said.part) && <b>{said.time ?? (said.part && t(`part.${said.part}`))}</b>}
      <span aria-hidden="true">·</span>
      <b>{said.what}</b>
      {day > today && (
        <span className="record-break refusal" role="alert">
          {t('line.future', { day: sayDay(day, lang, { thisYear: today }) })}
        </span>
      )}
    </>
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
          record({ title: what, day })
          onGone()
        }}
      >
        {t('line.more')}
      </Button>
    </span>
  )
}
