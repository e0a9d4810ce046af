import { useState } from 'react'
import { obligationRoutes } from '#modules/obligations/contract.ts'
import { ObligationDetail } from '#modules/obligations/ui/detail.tsx'
import { ObligationRow } from '#modules/obligations/ui/parts.tsx'
import { usePages } from '#web/client.ts'
import { Empty, List, Section, Segments } from '#web/kit/index.ts'
import { type DutyOk, useT } from './parts.tsx'

const lightOrder = ['red', 'yellow', 'green', 'grey'] as const
type Shown = 'all' | (typeof lightOrder)[number]

/** What is owed for it, by due day: first what is red, else what is soon due, else everything. One opens on a sheet. */
export function Owed({ duty }: { duty: Pick<DutyOk, 'id' | 'title' | 'lights' | 'rrule' | 'due'> }) {
  const t = useT()
  const [chosen, choose] = useState<Shown | null>(null)
  const [shown, setShown] = useState<string | null>(null)
  const { lights } = duty
  const total = lightOrder.reduce((sum, one) => sum + lights[one], 0)
  const light = chosen ?? (lights.red > 0 ? 'red' : lights.yellow > 0 ? 'yellow' : 'all')
  const pages = usePages(obligationRoutes.list, { because: duty.id, limit: 20, ...(light === 'all' ? {} : { light }) }, { keep: true })
  const standing = duty.rrule === null && duty.due === null
  const options = [
    { value: 'all', label: t('owed.all') },
    ...lightOrder.filter((one) => lights[one] > 0).map((one) => ({ value: one, label: `${t(`owed.${one}`)} ${lights[one]}` })),
  ]
  return (
    <Section
      title={t('owed.title')}
      action={
        options.length > 2 && (
          <Segments
            label={t('owed.title')}
            options={options}
            value={light}
            onChange={(next) => choose(lightOrder.find((one) => one === next) ?? 'all')}
          />
        )
      }
    >
      <List
        of={pages}
        label={t('owed.title')}
        row={(one) => <ObligationRow key={one.id} one={one} untitled={duty.title} open={() => setShown(one.id)} />}
        empty={<Empty says={total > 0 ? t('owed.hidden', { count: total }) : t(standing ? 'owed.none' : 'owed.noneYet')} />}
      />
      <ObligationDetail id={shown} onClose={() => setShown(null)} />
    </Section>
  )
}
