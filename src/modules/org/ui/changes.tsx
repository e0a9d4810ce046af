import { useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import { useAct, usePages, useRead } from '#web/client.ts'
import { dayOf } from '#web/days.ts'
import { Act, Button, Confirm, Empty, Failed, List, Row, Rows, Section, Shown, Tag, tell } from '#web/kit/index.ts'
import { orgRoutes } from '../contract.ts'
import { useOrg } from './said.ts'

type Change = OkOf<typeof orgRoutes.changes>['items'][number]
type OnUnit = (id: string) => void

/** 沿革: what happened to the office's units, newest first. */
export function Changes({ onUnit }: { onUnit: OnUnit }) {
  const { t } = useOrg()
  const pages = usePages(orgRoutes.changes, {}, { keep: true })
  return (
    <List
      of={pages}
      label={t('viewChanges')}
      empty={<Empty says={t('noChanges')} hint={t('noChangesHint')} />}
      row={(one) => <ChangeRow key={one.id} of={one} onUnit={onUnit} />}
    />
  )
}

function useSayChange() {
  const { t, list } = useOrg()
  return ({ kind, units, successors }: Change): string => {
    const from = list(units.map((one) => one.name))
    const to = list(successors.map((one) => one.name))
    if (kind === 'abolished') return to ? t('saysAbolished', { from, to }) : t('saysGone', { from })
    return t(kind === 'merged' ? 'saysMerged' : 'saysSplit', { from, to })
  }
}

function ChangeRow({ of, onUnit }: { of: Change; onUnit: OnUnit }) {
  const { t, fullDay, day, zone } = useOrg()
  const say = useSayChange()
  const [asking, setAsking] = useState(false)
  const undo = useAct(orgRoutes.undoChange, {
    onDone: () => {
      setAsking(false)
      tell(t('doneUndo'))
    },
  })
  const text = say(of)
  const first = of.successors[0] ?? of.units[0]
  const says = [
    fullDay(of.since),
    of.ground ?? '',
    of.by ? t('by', { name: of.by }) : '',
    t(of.later ? 'later' : 'recordedOn', { day: day(dayOf(of.recordedAt, zone)) }),
  ]
  return (
    <Row
      what={
        <>
          {of.undoneAt ? <s>{text}</s> : text} {of.undoneAt && <Tag>{t('undone')}</Tag>}
        </>
      }
      why={says.filter(Boolean).join(' · ')}
      later={of.later || of.undoneAt !== null}
      {...(first && of.undoneAt === null ? { open: () => onUnit(first.id) } : {})}
      next={
        of.actions.includes('undoChange') && (
          <>
            <Act kind="bare" onClick={() => setAsking(true)}>
              {t('undoChange')}
            </Act>
            <Confirm
              open={asking}
              onClose={() => setAsking(false)}
              title={t('titleUndo')}
              verb={t('undoChange')}
              danger
              loading={undo.isPending}
              onYes={() => undo.mutate({ id: of.id })}
            >
              <p>{t('undoSays', { what: text })}</p>
              {undo.error && <Failed error={undo.error} />}
            </Confirm>
          </>
        )
      }
    />
  )
}

/** What a unit was called and what happened to it; nothing where nothing ever did. */
export function UnitStory({ id, onUnit, alone }: { id: string; onUnit: OnUnit; alone?: boolean }) {
  const { t, fullDay, range, list } = useOrg()
  const read = useRead(orgRoutes.unitStory, { id })
  return (
    <Shown of={read}>
      {(story) => {
        const others = story.changes.flatMap((one) => [...one.units, ...one.successors]).filter((one) => one.id !== id)
        const heirs = new Map(others.map((one) => [one.id, one.name]))
        if (!alone && story.names.length + story.changes.length === 0) return null
        return (
          <Section title={alone ? story.name : t('story')} note={alone ? range(story) : undefined}>
            {story.names.length > 0 && (
              <p className="note">{list(story.names.map((one) => t('calledUntil', { name: one.name, until: fullDay(one.until) })))}</p>
            )}
            {alone && heirs.size > 0 && (
              <p className="note">
                {t('seeAlso')}
                {[...heirs].map(([unit, name]) => (
                  <Button key={unit} kind="bare" onClick={() => onUnit(unit)}>
                    {name}
                  </Button>
                ))}
              </p>
            )}
            {story.changes.length > 0 && (
              <Rows label={t('story')}>
                {story.changes.map((one) => (
                  <ChangeRow key={one.id} of={one} onUnit={onUnit} />
                ))}
              </Rows>
            )}
          </Section>
        )
      }}
    </Shown>
  )
}
