import type { OkOf } from '#kernel/contract.ts'
import { useLookingBack } from '#web/as-of.ts'
import { useRead } from '#web/client.ts'
import { dayOf } from '#web/days.ts'
import { Act, Empty, Facts, Go, Row, Rows, Section, Shown, Tag, useWhy } from '#web/kit/index.ts'
import { orgRoutes } from '../contract.ts'
import type { FactKind } from '../rules.ts'
import { factKinds } from '../rules.ts'
import './person.css'
import { useOrg } from './said.ts'
import { OutButtons } from './unit.tsx'
import type { Doing } from './write.tsx'

export type Person = OkOf<typeof orgRoutes.person>
type Kept = Person['appointments'][number] | Person['charges'][number]
type Fact = NonNullable<Person['facts']>[number]
type Props = { onDo: (doing: Doing) => void; onUnit: (id: string) => void }

/** A person beside the list: in short, with the way to everything. */
export function PersonPanel({ id, onDo, onUnit }: Props & { id: string }) {
  const { t } = useOrg()
  const read = useRead(orgRoutes.person, { id })
  return (
    <Shown of={read}>
      {(person) => (
        <Section
          title={person.name}
          action={
            <span className="row-next">
              <Go to={`/org/persons/${id}`}>{t('whole')}</Go>
              <PersonActs person={person} onDo={onDo} />
            </span>
          }
        >
          <PersonStory person={person} onDo={onDo} onUnit={onUnit} />
        </Section>
      )}
    </Shown>
  )
}

export function PersonActs({ person, onDo }: { person: Person; onDo: (doing: Doing) => void }) {
  const { t } = useOrg()
  const { id, name, born } = person
  return (
    <>
      {person.facts && person.actions.includes('note') && <Act onClick={() => onDo({ verb: 'note', id, name })}>{t('note')}</Act>}
      {person.actions.includes('editPerson') && <Act onClick={() => onDo({ verb: 'editPerson', id, name, born })}>{t('editPerson')}</Act>}
    </>
  )
}

/** Everything of a person as of the day: what they are, what they hold, and how it came. */
export function PersonStory({ person, onDo, onUnit }: Props & { person: Person }) {
  const { t } = useOrg()
  return (
    <>
      <Today person={person} />
      {person.appointments.length + person.charges.length === 0 && (
        <div className="card">
          <Empty says={t('noHistory')} hint={t('noHistoryHint')} />
        </div>
      )}
      <Story title={t('history')} of={person.appointments} name={person.name} onDo={onDo} onUnit={onUnit} />
      <Story title={t('chargeHistory')} of={person.charges} name={person.name} onDo={onDo} onUnit={onUnit} />
      {factKinds.map((kind) => (
        <FactStory key={kind} kind={kind} of={(person.facts ?? []).filter((one) => one.kind === kind)} name={person.name} onDo={onDo} />
      ))}
    </>
  )
}

/** What holds on the day, in short; and whether that is 副科级以上, and why. */
function Today({ person }: { person: Person }) {
  const { t, list, sayFact } = useOrg()
  const charged = person.charges.filter((one) => one.inForce).map((one) => one.unit.name)
  const of = (kind: FactKind) => person.facts?.filter((one) => one.kind === kind && one.inForce).map(sayFact) ?? []
  const held = person.posts.map((post) => {
    const how = [post.kind === 'regular' ? '' : t(`held.${post.kind}`), post.level ? t(`level.${post.level}`) : ''].filter(Boolean)
    return `${post.unit.name} ${post.name}${how.length > 0 ? t('bracketed', { text: list(how) }) : ''}`
  })
  return (
    <>
      <Facts
        of={[
          { name: t('postsToday'), value: held.length > 0 ? list(held) : t('notHeld') },
          ...(charged.length > 0 ? [{ name: t('chargesToday'), value: list(charged) }] : []),
          ...(person.born ? [{ name: t('born'), value: person.born }] : []),
          ...(person.facts ? factKinds.map((kind) => ({ name: t(`fact.${kind}`), value: of(kind).join('') || t('notNoted') })) : []),
        ]}
      />
      {person.leading && <Leading of={person.leading} grade={of('grade').join('')} />}
      {person.facts === null && <p className="note">{t('factsHidden')}</p>}
    </>
  )
}

function Leading({ of, grade }: { of: NonNullable<Person['leading']>; grade: string }) {
  const { t } = useOrg()
  const rule = of.rule ?? of.from.rule
  const why = useWhy({
    document: rule.document,
    article: rule.article,
    version: rule.version,
    since: rule.since,
    ...(rule.confidence === 'local' ? {} : { confidence: rule.confidence as 'likely' }),
    inputs: [
      { name: t('leadingBy'), value: of.by === 'grade' ? `${t('fact.grade')} ${grade}` : of.by === 'post' ? t('level') : t('notNoted') },
      { name: t('level'), value: of.level ? t(`level.${of.level}`) : t('notNoted') },
      { name: t('leadingFrom'), value: t(`level.${of.from.level}`) },
    ],
  })
  return (
    <div className="note person-leading">
      {t(of.leading ? 'leadingYes' : of.level === null ? 'leadingUnknown' : 'leadingNo', { level: t(`level.${of.from.level}`) })}{' '}
      {why.button}
      {why.answer}
    </div>
  )
}

function Story({ title, of, name, onDo, onUnit }: Props & { title: string; of: readonly Kept[]; name: string }) {
  const { t, range, day, zone } = useOrg()
  const lookingBack = useLookingBack()
  if (of.length === 0) return null
  const on = (instant: string) => day(dayOf(instant, zone))
  return (
    <Section title={title} note={String(of.length)}>
      <Rows label={title}>
        {of.map((one) => {
          const post = 'post' in one ? one : null
          const where = post ? `${one.unit.name} ${post.post.name}` : one.unit.name
          const from = post?.from?.unit?.name ?? post?.from?.office
          const says = [
            post ? t(`held.${post.kind}`) : '',
            post?.level ? t(`level.${post.level}`) : '',
            from ? t('fromWhere', { name: from }) : '',
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
              next={!lookingBack && <OutButtons of={one} name={`${name} · ${where}`} kind={post ? 'appointment' : 'charge'} onDo={onDo} />}
            />
          )
        })}
      </Rows>
    </Section>
  )
}

function FactStory({ kind, of, name, onDo }: { kind: FactKind; of: readonly Fact[]; name: string; onDo: (doing: Doing) => void }) {
  const { t, range, day, zone, sayFact } = useOrg()
  if (of.length === 0) return null
  const on = (instant: string) => day(dayOf(instant, zone))
  return (
    <Section title={t(`fact.${kind}`)} note={String(of.length)}>
      <Rows label={t(`fact.${kind}`)}>
        {of.map((one) => {
          const says = [
            range(one),
            t(one.later ? 'later' : 'recordedOn', { day: on(one.recordedAt) }),
            one.voidedAt ? t('voidedOn', { day: on(one.voidedAt) }) : '',
          ]
          return (
            <Row
              key={one.id}
              what={
                <>
                  {one.voidedAt ? <s>{sayFact(one)}</s> : sayFact(one)} {one.inForce && <Tag tone="accent">{t('inForceNow')}</Tag>}
                  {one.voidedAt && <Tag>{t('voided')}</Tag>}
                </>
              }
              why={says.filter(Boolean).join(' · ')}
              later={one.later || one.voidedAt !== null}
              next={<OutButtons of={one} name={`${name} · ${sayFact(one)}`} kind="fact" onDo={onDo} />}
            />
          )
        })}
      </Rows>
    </Section>
  )
}
