import { Input } from 'antd'
import { useState } from 'react'
import { useOffice } from '#modules/acts/ui/office.ts'
import { useAddress } from '#web/address.ts'
import { usePages } from '#web/client.ts'
import { Choice, Due, Empty, Filters, List, Row } from '#web/kit/index.ts'
import { pledgeRoutes } from '../contract.ts'
import { pledgeKinds, shows } from '../rules.ts'
import { Standing, useT } from './parts.tsx'

/** Who has signed and who has not, by unit, kind and state: the filters are in the address. Of one round where one is given. */
export function All({ round }: { round?: string }) {
  const t = useT()
  const { units } = useOffice()
  const [address, put] = useAddress('unit', 'kind', 'state', 'q')
  const [typed, setTyped] = useState(address.q ?? '')
  const kind = pledgeKinds.find((one) => one === address.kind)
  const state = shows.find((one) => one === address.state)
  const filter = {
    ...(round ? { round } : {}),
    ...(address.unit ? { unit: address.unit } : {}),
    ...(kind && !round ? { kind } : {}),
    ...(state ? { state } : {}),
    ...(address.q ? { q: address.q } : {}),
  }
  const pages = usePages(pledgeRoutes.list, filter, { keep: true })
  return (
    <>
      <Filters>
        <Choice label={t('unit.any')} none={t('unit.any')} options={units} value={address.unit ?? ''} onChange={(unit) => put({ unit })} />
        {!round && (
          <Choice
            label={t('kind.any')}
            none={t('kind.any')}
            options={pledgeKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
            value={kind ?? ''}
            onChange={(next) => put({ kind: next })}
          />
        )}
        <Choice
          label={t('state.any')}
          none={t('state.any')}
          options={['unsigned' as const, 'differs' as const, ...shows.filter((one) => one !== 'unsigned' && one !== 'differs')].map(
            (value) => ({
              value,
              label: t(`state.${value}`),
            }),
          )}
          value={state ?? ''}
          onChange={(next) => put({ state: next })}
        />
        <Input.Search
          aria-label={t('search')}
          placeholder={t('search')}
          value={typed}
          maxLength={60}
          allowClear
          onChange={(event) => setTyped(event.target.value)}
          onSearch={(q) => put({ q: q.trim() })}
        />
      </Filters>
      <List
        of={pages}
        label={t('round.people')}
        empty={<Empty says={t('round.none')} />}
        row={(one) => (
          <Row
            key={one.id}
            what={`${one.person.name} · ${one.title}`}
            why={[one.unit.name, one.superior && `${t('paper.superior')} ${one.superior.name}`].filter(Boolean).join(' · ')}
            day={<Due day={one.due} left={t('due')} />}
            open={{ to: `/pledges/${one.id}` }}
            next={<Standing of={one} />}
          />
        )}
      />
    </>
  )
}
