import type { OkOf } from '#kernel/contract.ts'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Act, Card, Day, Empty, Go, Row, Rows, Section, Shown } from '#web/kit/index.ts'
import { useLang } from '#web/words.ts'
import { sayCadence } from '../cadence.ts'
import { dutyRoutes } from '../contract.ts'
import type { ViewProps } from './duties.tsx'
import { Lights, useT } from './parts.tsx'

type FirstOk = OkOf<typeof dutyRoutes.first>
type Item = FirstOk['others'][number]

/** 四个亲自 and the supervision of members: the first responsible's own list, each duty with what was really done for it this year. */
export function First(props: ViewProps) {
  const [{ person }] = useAddress('person')
  const read = useRead(dutyRoutes.first, person ? { person } : {})
  return <Shown of={read}>{(first) => <Own first={first} {...props} />}</Shown>
}

function Own({ first, open, show, add }: { first: FirstOk } & ViewProps) {
  const t = useT()
  const lang = useLang()
  if (!first.person)
    return (
      <Card>
        <Empty says={t('first.nobody')} hint={t('first.nobodyHint')} />
      </Card>
    )
  const rows = (items: Item[], label: string) => (
    <Rows label={label}>
      {items.map((item) => (
        <Aspected key={item.duty.id} item={item} current={item.duty.id === open} open={() => show(item.duty.id)} />
      ))}
    </Rows>
  )
  return (
    <>
      <div className="duty-first-head">
        <h2>{t('first.title', { name: first.person.name })}</h2>
        <p className="note">{t('first.sub', { day: sayDay(first.from, lang, { year: true }) })}</p>
      </div>
      {first.aspects.map((aspect) => (
        <Section
          key={aspect.key}
          title={aspect.says}
          note={`${aspect.rule.document} ${aspect.rule.article}`}
          action={
            add && (
              <Act kind="bare" onClick={() => add({ kind: 'first', aspect: aspect.key })}>
                {t('first.write')}
              </Act>
            )
          }
        >
          {aspect.items.length > 0 ? (
            rows(aspect.items, aspect.says)
          ) : (
            <Card pad>
              <p className="note">{t('first.empty')}</p>
            </Card>
          )}
        </Section>
      ))}
      {first.others.length > 0 && <Section title={t('first.others')}>{rows(first.others, t('first.others'))}</Section>}
    </>
  )
}

function Aspected({ item, current, open }: { item: Item; current: boolean; open: () => void }) {
  const t = useT()
  const lang = useLang()
  const { duty, acts, done } = item
  return (
    <Row
      what={duty.title}
      why={`${sayCadence(duty.rrule, duty.due, lang)}${duty.measure ? ` · ${duty.measure}` : ''}`}
      day={<Lights of={duty.lights} />}
      open={open}
      current={current}
      more={
        <ul className="duty-acts">
          {done === 0 && <li className="note">{t('first.none')}</li>}
          {done > 0 && acts.length === 0 && (
            <li className="note">
              {t('first.done', { count: done })}　{t('first.hidden')}
            </li>
          )}
          {acts.map((act) => (
            <li key={act.id}>
              <Day day={act.happenedOn} />{' '}
              <Go to="/acts" kind="bare" search={{ open: act.id }}>
                {act.what}
              </Go>
            </li>
          ))}
          {acts.length > 0 && done > acts.length && <li className="note">{t('first.more', { count: done - acts.length })}</li>}
        </ul>
      }
    />
  )
}
