import { useOffice } from '#modules/acts/ui/office.ts'
import { useAddress } from '#web/address.ts'
import { usePages } from '#web/client.ts'
import { Choice, Due, Empty, Filters, Headline, List, Row, useWrites, write } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useWords } from '#web/words.ts'
import { sealingRoutes } from '../contract.ts'
import { sealingStates } from '../rules.ts'
import { words } from './words.ts'

/** 公车封存: what was asked of whom before which holiday, and how it stands. */
export default function SealingsPage() {
  const t = useWords('sealings', words)
  const { units, persons } = useOffice()
  const [address, put] = useAddress('state', 'open')
  const state = sealingStates.find((one) => one === address.state)
  const pages = usePages(sealingRoutes.list, state ? { state } : {}, { keep: true })
  const { buttons, sheet } = useWrites(t, {
    ask: write(sealingRoutes.ask, { occasion: 'text', unit: units, keeper: persons, due: 'day' }),
    seal: write(sealingRoutes.seal, { on: 'day', note: 'text' }),
    excuse: write(sealingRoutes.excuse, { note: 'text' }),
  })
  const ask = buttons(useMe().verbs.includes('sealing.ask') ? ['ask'] : [])
  const options = sealingStates.map((value) => ({ value, label: t(`state.${value}`) }))
  return (
    <>
      <Headline title={t('title')} sub={t('sub')} actions={ask} />
      <Filters>
        <Choice label={t('state')} none={t('state')} options={options} value={state ?? ''} onChange={(next) => put({ state: next })} />
      </Filters>
      <List
        of={pages}
        empty={<Empty says={t('empty')} hint={t('emptyHint')} action={ask} />}
        row={(one) => (
          <Row
            key={one.id}
            what={`${one.occasion} · ${one.unit.name}`}
            why={one.note ?? one.keeper.name}
            day={<Due day={one.due} left={t(`state.${one.state}`)} />}
            next={buttons(one.actions, one)}
            current={one.id === address.open}
          />
        )}
      />
      {sheet}
    </>
  )
}
