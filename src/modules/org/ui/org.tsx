import { useCallback, useMemo, useState } from 'react'
import { useAddress } from '#web/address.ts'
import { useLookingBack } from '#web/as-of.ts'
import { useRead } from '#web/client.ts'
import { Act, Empty, Filters, Go, Headline, Segments, Shown, Split } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { orgRoutes } from '../contract.ts'
import { Changes, UnitStory } from './changes.tsx'
import { Do } from './forms.tsx'
import { PersonPanel } from './person-story.tsx'
import { Persons } from './persons.tsx'
import { useOrg } from './said.ts'
import { Trees } from './tree.tsx'
import { UnitPanel } from './unit.tsx'
import { type Office, viewOf } from './view.ts'
import type { Doing } from './write.tsx'

/** 机构与人: the office as of the day in the address. */
export default function Org() {
  const { t } = useOrg()
  const office = useRead(orgRoutes.office, {}, { keep: true })
  if (office.data === undefined) {
    return (
      <>
        <Headline title={t('title')} />
        <Shown of={office} lines={6}>
          {() => null}
        </Shown>
      </>
    )
  }
  return <OfficePage office={office.data} />
}

function OfficePage({ office }: { office: Office }) {
  const { t } = useOrg()
  const { office: own } = useMe()
  const lookingBack = useLookingBack()
  const [address, put] = useAddress('view', 'unit', 'person', 'q')
  const [doing, setDoing] = useState<Doing | null>(null)
  const view = useMemo(() => viewOf(office), [office])
  const changes = address.view === 'changes'
  const onUnit = useCallback(
    (unit: string | null) => put({ view: changes ? 'changes' : null, unit, person: null, q: null }),
    [put, changes],
  )
  const onPerson = useCallback((person: string) => put({ view: 'persons', unit: null, person }), [put])
  const onSearch = useCallback((q: string) => put({ q }, { replace: true }), [put])
  const persons = address.view === 'persons'
  const unit = address.unit === undefined ? undefined : view.units.get(address.unit)
  const posts = office.posts.length
  const vacant = office.posts.filter(view.vacant).length
  const counts = { units: office.units.length, posts, vacant }
  const may = (verb: string) => office.actions.includes(verb)
  const addPerson = may('addPerson') && <Act onClick={() => setDoing({ verb: 'addPerson' })}>{t('addPerson')}</Act>
  const addUnit = may('addUnit') && (
    <Act kind="main" onClick={() => setDoing({ verb: 'addUnit', parent: unit?.id ?? null })}>
      {t('addUnit')}
    </Act>
  )
  const title = office.units.length === 0 ? t('saysNone') : t(vacant > 0 ? 'says' : 'saysFull', counts)
  const detail = persons ? (
    address.person && <PersonPanel key={address.person} id={address.person} onDo={setDoing} onUnit={onUnit} />
  ) : unit ? (
    <UnitPanel key={unit.id} unit={unit} view={view} onDo={setDoing} onPerson={onPerson} onUnit={onUnit} />
  ) : (
    // A unit that has gone by the day looked at has its story still.
    address.unit && <UnitStory key={address.unit} id={address.unit} onUnit={onUnit} alone />
  )
  return (
    <>
      <Headline
        title={title}
        sub={t('sub', { office: own.name, persons: office.persons.length })}
        actions={
          <>
            {may('import') && <Go to="/org/import">{t('import')}</Go>}
            <Go to="/org/chart">{t('chart')}</Go>
            {addPerson}
            {addUnit}
          </>
        }
      />
      <Filters>
        <Segments
          label={t('views')}
          options={[
            { value: 'units', label: t('viewUnits') },
            { value: 'persons', label: t('viewPersons') },
            { value: 'changes', label: t('viewChanges') },
          ]}
          value={persons ? 'persons' : changes ? 'changes' : 'units'}
          onChange={(value) => put({ view: value === 'units' ? null : value, unit: null, person: null, q: null })}
        />
      </Filters>
      <Split
        detail={detail || null}
        of={persons ? address.person : address.unit}
        label={persons ? t('person') : (unit?.name ?? t('unit'))}
        onClose={() => put({ unit: null, person: null })}
      >
        {persons ? (
          <Persons q={address.q ?? ''} open={address.person} onSearch={onSearch} onOpen={(person) => put({ person })} add={addPerson} />
        ) : changes ? (
          <Changes onUnit={onUnit} />
        ) : view.units.size === 0 ? (
          <div className="card">
            <Empty
              says={t(lookingBack ? 'noUnitsThen' : 'noUnits')}
              hint={lookingBack ? t('noUnitsThenHint') : may('addUnit') ? t('noUnitsHint') : t('askAdmin')}
              action={
                may('import') ? (
                  <>
                    <Go to="/org/import" kind="soft">
                      {t('import')}
                    </Go>{' '}
                    {addUnit}
                  </>
                ) : (
                  addUnit
                )
              }
            />
          </div>
        ) : (
          <Trees view={view} open={unit?.id} onOpen={onUnit} />
        )}
      </Split>
      {doing && <Do of={doing} view={view} onClose={() => setDoing(null)} onUnit={onUnit} onPerson={onPerson} />}
    </>
  )
}
