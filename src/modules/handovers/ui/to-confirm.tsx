import { useRead } from '#web/client.ts'
import { Card, Go } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { handoverRoutes } from '../contract.ts'
import './handovers.css'
import { useT } from './said.ts'

/** On 我的责任: how many handovers wait for one's signature; nothing when none do. */
export function HandoversToConfirm() {
  const { verbs } = useMe()
  return verbs.includes('handover.confirm') ? <Count /> : null
}

function Count() {
  const t = useT()
  const { data } = useRead(handoverRoutes.list, { pile: 'mine' })
  const [first] = data?.items ?? []
  if (!data || !first) return null
  return (
    <Card pad>
      <p className="handover-card">
        <b>{t('waitsCard', { count: data.items.length })}</b>
        <Go
          to={data.items.length === 1 ? `/handovers/${first.id}` : '/handovers'}
          search={data.items.length === 1 ? {} : { pile: 'mine' }}
          kind="soft"
        >
          {t('go')}
        </Go>
      </p>
    </Card>
  )
}
