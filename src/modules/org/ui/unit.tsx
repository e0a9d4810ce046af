import { useState } from 'react'
import { useAct } from '#web/client.ts'
import { Act, Button, Confirm, Empty, Facts, Failed, Go, Row, Rows, Section, Tag, tell, useWhy } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { orgRoutes } from '../contract.ts'
import { UnitStory } from './changes.tsx'
import { useOrg } from './said.ts'
import type { Appointment, Charge, Post, Unit, View } from './view.ts'
import type { Doing } from './write.tsx'

type Props = { view: View; onDo: (doing: Doing) => void; onPerson: (id: string) => void }

/** A unit beside the tree: what it is, who is in charge, its posts and who holds them. */
export function UnitPanel({ unit, view, onDo, onPerson, onUnit }: Props & { unit: Unit; onUnit: (id: string) => void }) {
  const { t, range } = useOrg()
  const posts = view.postsOf(unit.id)
  const below = view.below(unit.id)
  const { verbs } = useMe()
  const may = (verb: string) => unit.actions.includes(verb)
  return (
    <>
      <Section
        title={unit.name}
        note={`${t(`kind.${unit.kind}`)} · ${t(`line.${unit.line}`)}`}
        action={
          <span style={wrap}>
            {may('addUnit') && <Act onClick={() => onDo({ verb: 'addUnit', parent: unit.id })}>{t('addBelow')}</Act>}
            {verbs.includes('trace.read') && (
              <Go to="/trace" search={{ kind: 'unit', id: unit.id }}>
                {t('trace')}
              </Go>
            )}
            {may('editUnit') && <Act onClick={() => onDo({ verb: 'editUnit', unit })}>{t('editUnit')}</Act>}
            {may('merge') && unit.until === null && !view.coming(unit) && (
              <Act onClick={() => onDo({ verb: 'change', unit })}>{t('change')}</Act>
            )}
            {may('endUnit') && unit.until !== null && <Reopen route={orgRoutes.endUnit} thing={unit} />}
          </span>
        }
      >
        <Facts
          of={[
            { name: t('life'), value: range(unit) },
            ...(unit.parent && view.units.has(unit.parent)
              ? [{ name: t('parent'), value: <UnitLink id={unit.parent} view={view} onUnit={onUnit} /> }]
              : []),
            ...(unit.aliases.length > 0 ? [{ name: t('aliases'), value: unit.aliases.join('、') }] : []),
            ...(below.length > 0
              ? [{ name: t('below'), value: below.map(({ id }) => <UnitLink key={id} id={id} view={view} onUnit={onUnit} />) }]
              : []),
          ]}
        />
      </Section>
      <BranchOf unit={unit} view={view} />
      <InCharge unit={unit} view={view} onDo={onDo} onPerson={onPerson} />
      <Section
        title={t('posts')}
        note={posts.length > 0 ? t('postsNote', { count: posts.length }) : undefined}
        action={may('addPost') && <Act onClick={() => onDo({ verb: 'addPost', unit })}>{t('addPost')}</Act>}
      >
        {posts.length === 0 ? (
          <div className="card">
            <Empty says={t('noPosts')} hint={t('noPostsHint')} />
          </div>
        ) : (
          <Rows label={t('posts')}>
            {posts.map((post) => (
              <PostRow key={post.id} post={post} view={view} onDo={onDo} onPerson={onPerson} />
            ))}
          </Rows>
        )}
      </Section>
      <UnitStory id={unit.id} onUnit={onUnit} />
    </>
  )
}

/** How many full members a branch has, and whether that makes a committee. */
function BranchOf({ unit, view }: { unit: Unit; view: View }) {
  const { t } = useOrg()
  const size = view.branchOf(unit.id)
  const rule = view.committee?.rule
  const why = useWhy({
    ...(rule ? { document: rule.document, article: rule.article, version: rule.version, since: rule.since } : {}),
    ...(rule && rule.confidence !== 'local' ? { confidence: rule.confidence as 'likely' } : {}),
    inputs: [{ name: t('fullMembers'), value: size?.full ?? 0 }],
  })
  if (size === null || unit.kind !== 'branch') return null
  const says = size.full + size.probationary === 0 ? t('branchNone') : t('branchSize', { full: size.full, probationary: size.probationary })
  const committee =
    size.committee === null || size.full + size.probationary === 0
      ? ''
      : t(size.committee ? 'committeeYes' : 'committeeNo', { from: view.committee?.from ?? 0 })
  return (
    <Section title={t('members')} action={committee && why.button}>
      <p className="note">
        {says}
        {committee}
      </p>
      {why.answer}
    </Section>
  )
}

const wrap = { display: 'flex', flexWrap: 'wrap', gap: 6 } as const

const UnitLink = ({ id, view, onUnit }: { id: string; view: View; onUnit: (id: string) => void }) => (
  <Button kind="bare" onClick={() => onUnit(id)}>
    {view.units.get(id)?.name ?? ''}
  </Button>
)

/** An end that lies ahead, or was wrong, taken back. */
function Reopen({ route, thing }: { route: typeof orgRoutes.endUnit | typeof orgRoutes.endPost; thing: { id: string; name: string } }) {
  const { t } = useOrg()
  const act = useAct<typeof route>(route, { onDone: () => tell(t('doneReopen', { name: thing.name })) })
  return (
    <>
      <Act onClick={() => act.mutate({ id: thing.id, until: null })} loading={act.isPending}>
        {t('reopen')}
      </Act>
      {act.error && <Failed error={act.error} />}
    </>
  )
}

function InCharge({ unit, view, onDo, onPerson }: Props & { unit: Unit }) {
  const { t, list } = useOrg()
  const own = view.chargesOf(unit.id)
  const leader = view.leaderOf(unit.id)
  const note =
    leader && leader.unit.id !== unit.id
      ? t('inherited', { unit: leader.unit.name, names: list(leader.charges.map((one) => one.person.name)) })
      : null
  return (
    <Section
      title={t('inCharge')}
      action={unit.actions.includes('charge') && <Act onClick={() => onDo({ verb: 'charge', unit })}>{t('charge')}</Act>}
    >
      {own.length > 0 && (
        <Rows label={t('inCharge')}>
          {own.map((one) => (
            <Held key={one.id} of={one} name={`${one.person.name} · ${unit.name}`} view={view} onDo={onDo} onPerson={onPerson} />
          ))}
        </Rows>
      )}
      {note && <p className="note">{note}</p>}
      {!leader && <p className="note">{t('nobodyInCharge')}</p>}
    </Section>
  )
}

function PostRow({ post, view, onDo, onPerson }: Props & { post: Post }) {
  const { t, list, range } = useOrg()
  const holders = view.holdersOf(post.id)
  const may = (verb: string) => post.actions.includes(verb)
  const shown = view.coming(post) || post.until !== null
  return (
    <Row
      what={
        <>
          <b>{post.name}</b> {view.vacant(post) && <Tag>{t('vacant')}</Tag>}
        </>
      }
      why={[
        list(post.roles.map((role) => t(`role.${role}`))),
        post.level ? t(`level.${post.level}`) : '',
        post.exclusive ? t('exclusive') : '',
        post.aliases.join('、'),
        shown ? range(post) : '',
      ]
        .filter(Boolean)
        .join(' · ')}
      next={
        <>
          {may('appoint') && (
            <Act kind={view.vacant(post) ? 'soft' : 'plain'} onClick={() => onDo({ verb: 'appoint', post })}>
              {t('appoint')}
            </Act>
          )}
          {may('editPost') && <Act onClick={() => onDo({ verb: 'editPost', post })}>{t('editPost')}</Act>}
          {may('endPost') &&
            (post.until === null ? (
              <Act onClick={() => onDo({ verb: 'endPost', post })}>{t('endPost')}</Act>
            ) : (
              <Reopen route={orgRoutes.endPost} thing={post} />
            ))}
        </>
      }
      more={
        holders.length > 0 && (
          <ul>
            {holders.map((one) => (
              <Held key={one.id} of={one} name={`${one.person.name} · ${post.name}`} view={view} onDo={onDo} onPerson={onPerson} />
            ))}
          </ul>
        )
      }
    />
  )
}

/** Who holds a post or a charge, since when, and what may be done about it. */
function Held({ of, name, view, onDo, onPerson }: Props & { of: Appointment | Charge; name: string }) {
  const { t, range, day } = useOrg()
  const post = 'post' in of
  return (
    <Row
      what={of.person.name}
      why={[
        post ? t(`held.${of.kind}`) : '',
        post && of.level ? t(`level.${of.level}`) : '',
        post && of.from ? t('fromWhere', { name: of.from.unit?.name ?? of.from.office ?? '' }) : '',
        post && view.away(of) ? t('awayNow') : '',
        range(of),
        view.coming(of) ? t('coming') : '',
        of.later ? t('later', { day: day(of.recordedAt.slice(0, 10)) }) : '',
      ]
        .filter(Boolean)
        .join(' · ')}
      later={of.later || view.coming(of)}
      open={() => onPerson(of.person.id)}
      next={<OutButtons of={of} name={name} kind={post ? 'appointment' : 'charge'} onDo={onDo} />}
    />
  )
}

type OutProps = {
  of: { id: string; since: string; until: string | null; actions: string[] }
  name: string
  kind: 'appointment' | 'charge' | 'fact'
  onDo: (doing: Doing) => void
}

const outVerbs = {
  appointment: { end: 'endAppointment', cancel: 'voidAppointment', route: orgRoutes.voidAppointment },
  charge: { end: 'endCharge', cancel: 'voidCharge', route: orgRoutes.voidCharge },
  fact: { end: 'endFact', cancel: 'voidFact', route: orgRoutes.voidFact },
} as const

/** To end an appointment, a charge or what was noted of a person, or to void it as a mistake. */
export function OutButtons({ of, name, kind, onDo }: OutProps) {
  const { t, range } = useOrg()
  const [asking, setAsking] = useState(false)
  const { end, cancel, route } = outVerbs[kind]
  const act = useAct<(typeof outVerbs)[typeof kind]['route']>(route, {
    onDone: () => {
      setAsking(false)
      tell(t('doneVoid'))
    },
  })
  const may = (verb: string) => of.actions.includes(verb)
  return (
    <>
      {may(end) && (
        <Act kind="bare" onClick={() => onDo({ verb: end, id: of.id, name })}>
          {t(of.until !== null ? 'sooner' : kind === 'appointment' ? 'endAppointment' : 'endCharge')}
        </Act>
      )}
      {may(cancel) && (
        <Act kind="bare" onClick={() => setAsking(true)}>
          {t('voidIt')}
        </Act>
      )}
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={t('titleVoid')}
        verb={t('voidIt')}
        danger
        loading={act.isPending}
        onYes={() => act.mutate({ id: of.id })}
      >
        <p>{t('voidSays', { name, range: range(of) })}</p>
        {act.error && <Failed error={act.error} />}
      </Confirm>
    </>
  )
}
