import { useState } from 'react'
import { DutyBases } from '#modules/basis/ui/duty-bases.tsx'
import { DutySentences } from '#modules/directives/ui/further.tsx'
import { sayDay } from '#web/days.ts'
import { Act, Button, Day, Facts, Go, Moment, Tag } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import { sayCadence } from '../cadence.ts'
import type { Preset } from './add.tsx'
import { ChangeForm, useUndoChange } from './change.tsx'
import { Decompose } from './decompose.tsx'
import { Assign, End, Release, Retract } from './forms.tsx'
import { words as loadWords } from './load-words.ts'
import { Move } from './move.tsx'
import { Owed } from './owed.tsx'
import { Basis, type DutyWhole, Holders, isGap, Lights, useAspects, useT } from './parts.tsx'
import { Parts } from './parts-of.tsx'
import { Versions } from './versions.tsx'

type Props = { duty: DutyWhole; show: (id: string) => void; add: ((preset?: Preset) => void) | null }
const inline = ['decompose', 'change', 'assign', 'release', 'move', 'end', 'retract'] as const
type Verb = (typeof inline)[number]
/** What stands in the open; the rest is behind 更多. */
const first: readonly Verb[] = ['decompose', 'change', 'assign']

/** One duty: who, on what basis, how often, how it was carried down, its versions, and what is owed for it. */
export function DutyDetail({ duty, show, add }: Props) {
  const t = useT()
  const { verbs } = useMe()
  const [open, setOpen] = useState<Verb | null>(null)
  const [more, setMore] = useState(false)
  const undo = useUndoChange()
  const close = () => setOpen(null)
  const may = (verb: Verb) => duty.actions.includes(verb) && (verb !== 'release' || duty.holders.length > 1)
  const buttons = (list: readonly Verb[]) =>
    list.filter(may).map((verb) => (
      <Act key={verb} expanded={open === verb} onClick={() => setOpen(open === verb ? null : verb)}>
        {t(`verb.${verb}`)}
      </Act>
    ))
  const rest = inline.filter((verb) => !first.includes(verb))
  return (
    <div className="duty-detail">
      {duty.ancestors.length > 0 && (
        <nav className="duty-path" aria-label={t('fact.parent')}>
          {duty.ancestors.map((one) => (
            <Button key={one.id} kind="bare" onClick={() => show(one.id)}>
              {one.title} <span aria-hidden="true">›</span>
            </Button>
          ))}
        </nav>
      )}
      <h2>{duty.title}</h2>
      <p>
        <Lights of={duty.lights} />{' '}
        {(duty.state === 'ended' || duty.state === 'retracted') && <Tag tone="grey">{t(`state.${duty.state}`)}</Tag>}{' '}
        {duty.polarity === 'negative' && <Tag>{t('polarity.negative.list')}</Tag>}
      </p>
      <Pending state={duty.state} />
      {duty.body && duty.body !== duty.title && <p className="duty-body">{duty.body}</p>}
      <div className="duty-buttons">
        {buttons(first)}
        {duty.basis && (
          <Go to={`/directives/${duty.basis.directive}`} search={{ at: String(duty.basis.start) }}>
            {t('basis.open')}
          </Go>
        )}
        {verbs.includes('trace.read') && (
          <Go to="/trace" search={{ kind: 'duty', id: duty.id }}>
            {t('verb.trace')}
          </Go>
        )}
        {rest.some(may) && (
          <Button kind="bare" expanded={more} onClick={() => setMore(!more)}>
            {t('more')}
          </Button>
        )}
      </div>
      {more && (
        <div className="duty-buttons">
          {buttons(rest)}
          {duty.actions.includes('undoChange') && (
            <Act loading={undo.isPending} onClick={() => undo.mutate({ id: duty.id })}>
              {t('verb.undoChange')}
            </Act>
          )}
          {add && duty.state === 'active' && (
            <Act onClick={() => add({ beside: { id: duty.id, title: duty.title } })}>{t('verb.beside')}</Act>
          )}
        </div>
      )}
      {open === 'decompose' && <Decompose duty={duty} onClose={close} />}
      {open === 'change' && <ChangeForm duty={duty} onDone={close} />}
      {open === 'assign' && <Assign duty={duty} onDone={close} />}
      {open === 'release' && <Release duty={duty} onDone={close} />}
      {open === 'move' && <Move duty={duty} onDone={close} />}
      {open === 'end' && <End duty={duty} onDone={close} />}
      {open === 'retract' && <Retract duty={duty} onDone={close} />}
      {duty.holders.filter(isGap).map((holder) => (
        <p key={holder.id} className="duty-gap">
          {t('gap.says', { post: `${holder.unit.name} ${holder.post?.name ?? ''}` })}
        </p>
      ))}
      <HolderList of={duty.holders} />
      <DutyFacts duty={duty} show={show} />
      <DutySentences duty={duty.id} />
      <DutyBases duty={duty.id} />
      <Parts duty={duty} show={show} />
      <Versions duty={duty} />
      <Owed duty={duty} />
    </div>
  )
}

/** Why a duty is not in force yet, with the way to where it is signed. */
function Pending({ state }: { state: DutyWhole['state'] }) {
  const t = useWords('duty-load', loadWords)
  if (state !== 'awaiting' && state !== 'returned') return null
  return (
    <p>
      <Tag tone="yellow">{t(`state.${state}`)}</Tag> {t(`duty.${state}`)}{' '}
      <Go to="/awaiting" kind="bare">
        {t('title')}
      </Go>
    </p>
  )
}

function DutyFacts({ duty, show }: { duty: DutyWhole; show: (id: string) => void }) {
  const t = useT()
  const lang = useLang()
  const aspects = useAspects()
  const said = (day: string) => sayDay(day, lang, { year: true })
  const aspect = duty.aspect && aspects.find((one) => one.value === duty.aspect)?.label
  return (
    <Facts
      of={[
        { name: t('fact.cadence'), value: sayCadence(duty.rrule, duty.due, lang) },
        ...(duty.measure ? [{ name: t('fact.measure'), value: duty.measure }] : []),
        { name: t('fact.kind'), value: `${t(`kind.${duty.kind}`)} · ${t(`polarity.${duty.polarity}`)}` },
        ...(aspect ? [{ name: t('fact.aspect'), value: aspect }] : []),
        { name: t('fact.basis'), value: <Basis of={duty.basis} /> },
        ...(duty.beside.length > 0
          ? [
              {
                name: t('fact.beside'),
                value: duty.beside.map((one) => (
                  <Button key={one.id} kind="bare" onClick={() => show(one.id)}>
                    {one.title}
                  </Button>
                )),
              },
            ]
          : []),
        { name: t('fact.since'), value: <Day day={duty.since} /> },
        ...(duty.until ? [{ name: t('fact.until'), value: <Day day={duty.until} /> }] : []),
        ...(duty.version > 1
          ? [{ name: t('fact.version'), value: t('fact.versionSince', { n: duty.version, day: said(duty.versionSince) }) }]
          : []),
        ...(duty.coming
          ? [{ name: t('fact.version'), value: t('fact.coming', { n: duty.coming.version, day: said(duty.coming.since) }) }]
          : []),
        { name: t('fact.recorded'), value: <Moment at={duty.recordedAt} /> },
      ]}
    />
  )
}

/** Each holder in a line of its own: the post, and who is in it. */
function HolderList({ of }: { of: DutyWhole['holders'] }) {
  const t = useT()
  return (
    <div>
      <p className="note">{t('fact.holders')}</p>
      <ul className="duty-list">
        {of.map((holder) => (
          <li key={holder.id}>
            <Holders of={[holder]} /> <small>{holder.unit.name}</small>
            {holder.until && (
              <small>
                {t('fact.until')} <Day day={holder.until} />
              </small>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
