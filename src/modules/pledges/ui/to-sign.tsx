import { useRead } from '#web/client.ts'
import { Card, Go } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { pledgeRoutes } from '../contract.ts'
import { useT } from './parts.tsx'

/** On 我的责任: how many letters and promises wait for one's signature; nothing when none do. */
export function PledgesToSign() {
  const { verbs } = useMe()
  return verbs.includes('pledge.sign') ? <Counts /> : null
}

function Counts() {
  const t = useT()
  const { data } = useRead(pledgeRoutes.toSign, {})
  if (!data || data.holder + data.superior + data.differing === 0) return null
  const says = (['holder', 'superior', 'differing'] as const)
    .filter((one) => data[one] > 0)
    .map((one) => t(`card.${one}`, { count: data[one] }))
  return (
    <Card pad>
      <p className="pledge-card">
        <b>{says.join(t('card.and'))}</b>
        <Go to="/pledges" kind="soft">
          {t('card.go')}
        </Go>
      </p>
    </Card>
  )
}
