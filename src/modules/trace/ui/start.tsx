import { Input } from 'antd'
import { useDeferredValue, useEffect, useState } from 'react'
import { actRoutes } from '#modules/acts/contract.ts'
import { directiveRoutes } from '#modules/directives/contract.ts'
import { dutyRoutes } from '#modules/duties/contract.ts'
import { obligationRoutes } from '#modules/obligations/contract.ts'
import { orgRoutes } from '#modules/org/contract.ts'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Button, Day, Empty, Field, Headline, Row, Rows, Section, Shown } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import type { Start } from './node.tsx'
import { words } from './words.ts'

const few = 8

/** Where to look back from: a red light, or a person, a duty or an act that is searched for. */
export function StartPicker({ onStart }: { onStart: (start: Start) => void }) {
  const t = useWords('trace', words)
  const [{ q }, put] = useAddress('q')
  const [typed, setTyped] = useState(q ?? '')
  useEffect(() => {
    const timer = setTimeout(() => put({ q: typed.trim() }, { replace: true }), 250)
    return () => clearTimeout(timer)
  }, [typed, put])
  const asked = useDeferredValue(q)
  return (
    <>
      <Headline title={t('start')} sub={t('startSub')} />
      <search className="trace-search">
        <Field label={t('search')} hint={t('searchHint')}>
          {(control) => (
            <Input
              {...control}
              type="search"
              value={typed}
              maxLength={60}
              autoFocus
              data-first
              onChange={(event) => setTyped(event.target.value)}
              allowClear
            />
          )}
        </Field>
      </search>
      {asked ? <Found q={asked} onStart={onStart} /> : <FromRed onStart={onStart} />}
    </>
  )
}

function FromRed({ onStart }: { onStart: (start: Start) => void }) {
  const t = useWords('trace', words)
  const reds = useRead(obligationRoutes.list, { light: 'red', limit: 10 })
  return (
    <Section title={t('reds')} note={t('redsNote')}>
      <Shown of={reds}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="card pad">{t('redsNone')}</p>
          ) : (
            <Obligations items={items} label={t('reds')} onStart={onStart} />
          )
        }
      </Shown>
    </Section>
  )
}

type ObligationItem = {
  id: string
  title: string
  due: string
  light: 'green' | 'yellow' | 'red' | 'grey'
  unit: { name: string }
  holder: { name: string }
}

function Obligations({ items, label, onStart }: { items: readonly ObligationItem[]; label: string; onStart: (start: Start) => void }) {
  const t = useWords('trace', words)
  const lang = useLang()
  const { today } = useMe()
  return (
    <Rows label={label}>
      {items.map((one) => (
        <Row
          key={one.id}
          light={one.light}
          what={one.title}
          why={t('due', { unit: one.unit.name, holder: one.holder.name, day: sayDay(one.due, lang, { thisYear: today }) })}
          open={() => onStart({ kind: 'obligation', id: one.id })}
        />
      ))}
    </Rows>
  )
}

function Found({ q, onStart }: { q: string; onStart: (start: Start) => void }) {
  const t = useWords('trace', words)
  const persons = useRead(orgRoutes.persons, { q, limit: few }, { keep: true })
  const duties = useRead(dutyRoutes.list, { q, limit: few }, { keep: true })
  const acts = useRead(actRoutes.list, { q, limit: few }, { keep: true })
  const papers = useRead(directiveRoutes.list, { q, limit: few }, { keep: true })
  const nothing = [persons, duties, acts, papers].every(({ data }) => data?.items.length === 0)
  if (nothing) return <Empty says={t('none', { q })} hint={t('noneHint')} />
  return (
    <>
      <Shown of={persons} lines={1}>
        {({ items }) =>
          items.length > 0 && (
            <Section title={t('persons')}>
              <Rows label={t('persons')}>
                {items.map(({ id, name, posts }) => (
                  <Chosen
                    key={id}
                    what={name}
                    why={posts.map((post) => post.name).join('、') || t('noPost')}
                    of={{ holder: id }}
                    start={{ kind: 'person', id }}
                    onStart={onStart}
                  />
                ))}
              </Rows>
            </Section>
          )
        }
      </Shown>
      <Shown of={duties} lines={1}>
        {({ items }) =>
          items.length > 0 && (
            <Section title={t('duties')}>
              <Rows label={t('duties')}>
                {items.map(({ id, title, holders }) => (
                  <Chosen
                    key={id}
                    what={title}
                    why={holders
                      .map(({ unit, post, persons: held }) =>
                        [unit.name, post?.name, ...held.map(({ name }) => name)].filter(Boolean).join(' '),
                      )
                      .join('、')}
                    of={{ because: id }}
                    start={{ kind: 'duty', id }}
                    onStart={onStart}
                  />
                ))}
              </Rows>
            </Section>
          )
        }
      </Shown>
      <Shown of={acts} lines={1}>
        {({ items }) =>
          items.length > 0 && (
            <Section title={t('acts')}>
              <Rows label={t('acts')}>
                {items.map(({ id, what, doneBy, unit, happenedOn }) => (
                  <Row
                    key={id}
                    what={what}
                    why={`${unit.name} ${doneBy.name}`}
                    day={<Day day={happenedOn} />}
                    open={() => onStart({ kind: 'act', id })}
                  />
                ))}
              </Rows>
            </Section>
          )
        }
      </Shown>
      <Shown of={papers} lines={1}>
        {({ items }) =>
          items.length > 0 && (
            <Section title={t('directives')}>
              <Rows label={t('directives')}>
                {items.map(({ id, title, issuedOn }) => (
                  <Row key={id} what={title} day={<Day day={issuedOn} />} open={() => onStart({ kind: 'directive', id })} />
                ))}
              </Rows>
            </Section>
          )
        }
      </Shown>
    </>
  )
}

type ChosenProps = { what: string; why: string; of: { holder?: string; because?: string }; start: Start; onStart: (start: Start) => void }

/** A person or a duty: to start from, or to choose one of what is owed. */
function Chosen({ what, why, of, start, onStart }: ChosenProps) {
  const t = useWords('trace', words)
  const [opened, setOpened] = useState(false)
  return (
    <Row
      what={what}
      why={why}
      open={() => onStart(start)}
      next={
        <Button onClick={() => setOpened(!opened)} expanded={opened}>
          {t('owed')}
        </Button>
      }
      more={opened && <Owed of={of} onStart={onStart} />}
    />
  )
}

function Owed({ of, onStart }: Pick<ChosenProps, 'of' | 'onStart'>) {
  const t = useWords('trace', words)
  const read = useRead(obligationRoutes.list, { ...of, limit: 30 })
  return (
    <Shown of={read} lines={2}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="note">{t('owedNone')}</p>
        ) : (
          <Obligations items={items} label={t('obligation')} onStart={onStart} />
        )
      }
    </Shown>
  )
}
