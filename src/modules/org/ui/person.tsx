import { useNavigate, useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useRead } from '#web/client.ts'
import { Button, Go, Headline, Shown } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { orgRoutes } from '../contract.ts'
import { Do } from './forms.tsx'
import { type Person, PersonActs, PersonStory } from './person-story.tsx'
import { useOrg } from './said.ts'
import { type Office, viewOf } from './view.ts'
import type { Doing } from './write.tsx'

/** Everything of one person as of the day, to read and to print. */
export default function PersonPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const person = useRead(orgRoutes.person, { id }, { keep: true })
  const office = useRead(orgRoutes.office, {}, { keep: true })
  return (
    <Shown of={person} lines={6}>
      {(one) => <Whole person={one} office={office.data} />}
    </Shown>
  )
}

function Whole({ person, office }: { person: Person; office: Office | undefined }) {
  const { t, fullDay, list } = useOrg()
  const navigate = useNavigate()
  const me = useMe()
  const [doing, setDoing] = useState<Doing | null>(null)
  const view = useMemo(() => office && viewOf(office), [office])
  const toUnit = (unit: string) =>
    void navigate({ to: '/org', search: (before: Record<string, unknown>) => ({ unit, asOf: before.asOf as string }) })
  return (
    <div className="person-page">
      <Headline
        title={person.name}
        sub={t('personSub', {
          posts: list(person.posts.map((post) => `${post.unit.name} ${post.name}`)) || t('notHeld'),
          day: fullDay(person.day),
        })}
        actions={
          <>
            <Go to="/org" search={{ view: 'persons', person: person.id }}>
              {t('viewPersons')}
            </Go>
            {me.verbs.includes('handover.open') && me.person?.id !== person.id && (
              <Go to="/handovers" search={{ person: person.id, start: person.id }}>
                {t('handOver')}
              </Go>
            )}
            {view && <PersonActs person={person} onDo={setDoing} />}
            <Button kind="main" onClick={() => window.print()}>
              {t('print')}
            </Button>
          </>
        }
      />
      <PersonStory person={person} onDo={setDoing} onUnit={toUnit} />
      {doing && view && <Do of={doing} view={view} onClose={() => setDoing(null)} onUnit={toUnit} onPerson={() => setDoing(null)} />}
    </div>
  )
}
