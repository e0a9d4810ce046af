import { memo, useState } from 'react'
import { sayCadence } from '#modules/duties/cadence.ts'
import { Act, Button, Day, Go, Kbd, Moment, Tag, type Tone } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { type KeyOf, useLang, useWords } from '#web/words.ts'
import type { ProposalView, SeatView } from '../contract.ts'
import { words } from './words.ts'

type Key = KeyOf<typeof words>
export type Does = Partial<Record<'accept' | 'edit' | 'merge' | 'split' | 'aside' | 'reopen', () => void>>

const tones: Record<ProposalView['state'], Tone> = { open: 'plain', accepted: 'green', aside: 'grey', merged: 'grey', split: 'grey' }
const shownAtMost = 3

const nameOf = (seat: SeatView, vacant: string) => {
  const who = seat.names.length > 0 ? seat.names.join('、') : seat.person === null ? vacant : ''
  return [seat.post?.name ?? seat.unit.name, who].filter(Boolean).join(' ')
}

/** Who answers, by post and name on the day; what the office does not know stands as its words. */
function Holders({ of }: { of: ProposalView }) {
  const t = useWords('directives', words)
  const [all, setAll] = useState(false)
  const shown = all ? of.seats : of.seats.slice(0, shownAtMost)
  const rest = of.seats.length - shownAtMost
  return (
    <>
      {shown.map((seat) => (
        <Tag tone="accent" key={seat.post?.id ?? seat.person?.id ?? seat.unit.id}>
          {nameOf(seat, t('holder.vacant'))}
        </Tag>
      ))}
      {rest > 0 && (
        <button type="button" className="tag more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('holder.fewer') : t('holder.more', { n: rest })}
        </button>
      )}
      {of.unknown.length > 0 && <Tag tone="yellow">{t('holder.unknown', { words: of.unknown.join('、') })}</Tag>}
      {of.seats.length === 0 && of.unknown.length === 0 && (
        <Tag tone="yellow">{t(of.type === 'duty' ? 'holder.none' : 'holder.noneUnit')}</Tag>
      )}
    </>
  )
}

function When({ of }: { of: ProposalView }) {
  const t = useWords('directives', words)
  const lang = useLang()
  const { cadence, due } = of
  const said = cadence?.rrule ? sayCadence(cadence.rrule, null, lang) : cadence?.text
  if (!said && !due) return <Tag>{t('cadence.standing')}</Tag>
  const [before, after] = t('due.before', { day: '\0' }).split('\0')
  return (
    <>
      {said && <Tag>{said}</Tag>}
      {due && !cadence?.rrule && (
        <Tag>
          {!said && `${t('cadence.once')} · `}
          {due.day ? (
            <>
              {before}
              <Day day={due.day} />
              {after}
            </>
          ) : (
            due.text
          )}
        </Tag>
      )}
    </>
  )
}

/** Why it was proposed: the words that led to it, by rule. */
function Because({ of }: { of: ProposalView }) {
  const t = useWords('directives', words)
  const named = (rule: string): string => {
    const key = `rule.${rule}`
    return key in words['zh-CN'] ? t(key as Key) : rule
  }
  if (of.markedBy !== null && of.why.length === 0) return <p className="why-line">{t('card.marked', { who: of.markedBy })}</p>
  const byRule = [...Map.groupBy(of.why, (one) => one.rule)]
  if (byRule.length === 0) return null
  const said = byRule.map(([rule, list]) => `${[...new Set(list.map((one) => `“${one.words}”`))].join('')}＝${named(rule)}`).join('；')
  return (
    <p className="why-line">
      {t('card.why')}
      {said}
      {of.confidence < 70 && <span> · {t('card.unsure', { n: of.confidence })}</span>}
    </p>
  )
}

type Props = {
  of: ProposalView
  /** The directive it stands in. */
  paper: string
  current: boolean
  /** What one may do now, each with its key: of the current one only. */
  does: Does
  /** The sentences merged into this one. */
  joined: readonly { id: string; text: string; takeBack: (() => void) | undefined }[]
  busy: boolean
  pick: (id: string) => void
  /** Earlier duties laid beside the sentence. */
  beside?: React.ReactNode
  /** What accepting it would add to each person. */
  load?: React.ReactNode
  /** A form that stands open in the card. */
  children?: React.ReactNode
}

/** One sentence as a proposal: what, who, when, measured how, and why. Drawn again only when it changes: a long paper has thousands. */
export const ProposalCard = memo(function ProposalCard({ of, paper, current, does, joined, busy, pick, beside, load, children }: Props) {
  const t = useWords('directives', words)
  const { verbs } = useMe()
  const button = (act: keyof Does, key: string, kind: 'soft' | 'plain' = 'plain') => {
    const run = does[act]
    return (
      run && (
        <Act kind={kind} keys={key} disabled={busy} onClick={run}>
          {t(`act.${act}`)}
          <Kbd>{key}</Kbd>
        </Act>
      )
    )
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a larger target for what j and k do
    <article
      className={`card pad proposal${current ? ' current' : ''}${of.state === 'open' ? '' : ' done'}`}
      id={`p-${of.id}`}
      tabIndex={-1}
      aria-label={of.title}
      aria-current={current ? 'true' : undefined}
      onClick={() => current || pick(of.id)}
    >
      <h3>
        {of.state === 'open' ? (
          <Tag tone={of.type === 'finding' ? 'yellow' : 'plain'}>{t(`type.${of.type}`)}</Tag>
        ) : (
          <Tag tone={tones[of.state]}>{t(`proposal.${of.state}`)}</Tag>
        )}
        {of.title}
      </h3>
      <p className="tags">
        <Holders of={of} />
        {of.type === 'duty' ? (
          <>
            <When of={of} />
            <Tag>{t(`duty.${of.kind}`)}</Tag>
            {of.polarity === 'negative' && <Tag>{t('polarity.negative')}</Tag>}
          </>
        ) : (
          <Tag>{t('card.toFinding')}</Tag>
        )}
      </p>
      {of.tail && of.tail.help.length > 0 && (
        <p className="why-line">{t('tail.help', { names: of.tail.help.map((one) => one.name).join('、') })}</p>
      )}
      {of.tail && of.tail.leaders.length > 0 && (
        <p className="why-line">{t('tail.leaders', { names: of.tail.leaders.map((one) => one.name).join('、') })}</p>
      )}
      {of.measure && <p className="measure">{t('card.measure', { measure: of.measure })}</p>}
      {joined.map((one) => (
        <p className="why-line" key={one.id}>
          {t('card.joined', { text: one.text })}
          {one.takeBack && (
            <Act kind="bare" disabled={busy} onClick={one.takeBack}>
              {t('card.takeBack')}
            </Act>
          )}
        </p>
      ))}
      {of.reason && <p className="why-line">{t('card.reason', { reason: of.reason })}</p>}
      {of.decided ? (
        <p className="why-line">
          {t('card.decided', { who: of.decided.who, when: '' })}
          <Moment at={of.decided.at} />
        </p>
      ) : (
        <Because of={of} />
      )}
      {beside}
      {load}
      {children ?? (
        <div className="acts">
          {button('accept', 'a', 'soft')}
          {button('edit', 'e')}
          {button('merge', 'm')}
          {button('split', 's')}
          {button('aside', 'x')}
          {button('reopen', 'z')}
          {of.made && of.type === 'duty' && (
            <Go to="/duties" search={{ open: of.made }} kind="bare">
              {t('card.made')}
            </Go>
          )}
          {of.made && verbs.includes('trace.read') && (
            <Go to="/trace" search={{ kind: 'directive', id: paper, at: String(of.start) }} kind="bare">
              {t('card.trace')}
            </Go>
          )}
        </div>
      )}
    </article>
  )
})

/** Asks why a sentence is set aside; Enter sends, Esc leaves. */
export function AsideForm({ send, leave, busy }: { send: (reason: string) => void; leave: () => void; busy: boolean }) {
  const t = useWords('directives', words)
  const [reason, setReason] = useState('')
  const ready = reason.trim().length >= 2
  return (
    <form
      className="inline-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) send(reason.trim())
      }}
      onKeyDown={(event) => event.key === 'Escape' && leave()}
    >
      <label>
        {t('aside.reason')}
        {/* biome-ignore lint/a11y/noAutofocus: the form opens because it was asked for, and has one field */}
        <input className="input" autoFocus value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
      </label>
      <p className="hint">{t('aside.hint')}</p>
      <div className="acts">
        <Act kind="soft" type="submit" disabled={!ready} loading={busy}>
          {t('act.aside')}
        </Act>
        <Button onClick={leave}>{t('act.cancel')}</Button>
      </div>
    </form>
  )
}

/** The sentence with a button wherever it can be cut. */
export function SplitForm({
  text,
  start,
  end,
  cuts,
  send,
  leave,
}: {
  text: string
  start: number
  end: number
  cuts: number[]
  send: (at: number) => void
  leave: () => void
}) {
  const t = useWords('directives', words)
  const bounds = [start, ...cuts, end]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc leaves from whichever button has the focus
    <div className="inline-form" onKeyDown={(event) => event.key === 'Escape' && leave()}>
      <p className="hint">{t('split.title')}</p>
      <p className="cutting" lang="zh-CN">
        {bounds.slice(0, -1).map((from, i) => {
          const to = bounds[i + 1] ?? end
          const said = text.slice(from, to)
          return (
            <span key={from}>
              {said}
              {to < end && (
                // biome-ignore lint/a11y/noAutofocus: opened from the keyboard; the first place is where one goes on
                <button type="button" autoFocus={i === 0} onClick={() => send(to)} aria-label={t('split.at', { before: said.slice(-6) })}>
                  ✂
                </button>
              )}
            </span>
          )
        })}
      </p>
      <div className="acts">
        <Button onClick={leave}>{t('act.cancel')}</Button>
      </div>
    </div>
  )
}
