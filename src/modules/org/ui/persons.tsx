import { useEffect, useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import { useLookingBack } from '#web/as-of.ts'
import { usePages, useRead } from '#web/client.ts'
import { dayOf } from '#web/days.ts'
import { Act, Empty, Filters, List, Row, Rows, Section, Shown, Tag } from '#web/kit/index.ts'
import { orgRoutes } from '../contract.ts'
import { useOrg } from './said.ts'
import { OutButtons } from './unit.tsx'
import type { Doing } from './write.tsx'

type ListProps = { q: string; open: string | undefined; onSearch: (q: string) => void; onOpen: (id: string) => void; add: React.ReactNode }

/** Everybody, found by a part of the name, with the posts of the day. */
export function Persons({ q, open, onSearch, onOpen, add }: ListProps) {
  const { t, list } = useOrg()
  const [typed, setTyped] = useState(q)
  const pages = usePages(orgRoutes.persons, q ? { q } : {}, { keep: true })
  useEffect(() => {
    // Asked when the fingers rest.
    const timer = setTimeout(() => typed.trim() !== q && onSearch(typed.trim()), 250)
    return () => clearTimeout(timer)
  }, [typed, q, onSearch])
  return (
    <>
      <Filters>
        <input
          className="input"
          style={{ maxWidth: 260 }}
          type="search"
          value={typed}
          maxLength={60}
          onChange={(event) => setTyped(event.target.value)}
          aria-label={t('search')}
          placeholder={t('search')}
        />
      </Filters>
      <List
        of={pages}
        label={t('viewPersons')}
        empty={<Empty says={q ? t('noPersons') : t('noPersonsYet')} hint={q ? t('noPersonsHint') : undefined} action={add} />}
        row={(one) => (
          <Row
            key={one.id}
            what={one.name}
            why={
              list(
                one.posts.map((post) => `${post.unit.name} ${post.name}${post.kind === 'regular' ? '' : `（${t(`held.${post.kind}`)}）`}`),
              ) || t('notHeld')
            }
            open={() => onOpen(one.id)}
            current={one.id === open}
          />
        )}
      />
    </>
  )
}

type History = OkOf<typeof orgRoutes.person>
type Kept = History['appointments'][number] | History['charges'][number]

/** A person's appointments and charges, all of them, with what was recorded when. */
export function PersonPanel({ id, onDo, onUnit }: { id: string; onDo: (doing: Doing) => void; onUnit: (id: string) => void }) {
  const { t } = useOrg()
  const read = useRead(orgRoutes.person, { id })
  return (
    <Shown of={read}>
      {(person) => (
        <>
          <Section
            title={person.name}
            action={
              person.actions.includes('editPerson') && (
                <Act onClick={() => onDo({ verb: 'editPerson', id, name: person.name })}>{t('editPerson')}</Act>
              )
            }
          >
            {person.appointments.length + person.charges.length === 0 && (
              <div className="card">
                <Empty says={t('noHistory')} hint={t('noHistoryHint')} />
              </div>
            )}
          </Section>
          <Story title={t('history')} of={person.appointments} name={person.name} onDo={onDo} onUnit={onUnit} />
          <Story title={t('chargeHistory')} of={person.charges} name={person.name} onDo={onDo} onUnit={onUnit} />
        </>
      )}
    </Shown>
  )
}

type StoryProps = { title: string; of: readonly Kept[]; name: string; onDo: (doing: Doing) => void; onUnit: (id: string) => void }

function Story({ title, of, name, onDo, onUnit }: StoryProps) {
  const { t, range, day, zone } = useOrg()
  const lookingBack = useLookingBack()
  if (of.length === 0) return null
  const on = (instant: string) => day(dayOf(instant, zone))
  return (
    <Section title={title} note={String(of.length)}>
      <Rows label={title}>
        {of.map((one) => {
          const where = 'post' in one ? `${one.unit.name} ${one.post.name}` : one.unit.name
          const says = [
            'post' in one ? t(`held.${one.kind}`) : '',
            range(one),
            t(one.later ? 'later' : 'recordedOn', { day: on(one.recordedAt) }),
            one.untilRecordedAt ? t('endRecordedOn', { day: on(one.untilRecordedAt) }) : '',
            one.voidedAt ? t('voidedOn', { day: on(one.voidedAt) }) : '',
          ]
          return (
            <Row
              key={one.id}
              what={
                <>
                  {one.voidedAt ? <s>{where}</s> : where} {one.inForce && <Tag tone="accent">{t('inForce')}</Tag>}
                  {one.voidedAt && <Tag>{t('voided')}</Tag>}
                </>
              }
              why={says.filter(Boolean).join(' · ')}
              later={one.later || one.voidedAt !== null}
              open={() => onUnit(one.unit.id)}
              next={
                !lookingBack && (
                  <OutButtons of={one} name={`${name} · ${where}`} kind={'post' in one ? 'appointment' : 'charge'} onDo={onDo} />
                )
              }
            />
          )
        })}
      </Rows>
    </Section>
  )
}
