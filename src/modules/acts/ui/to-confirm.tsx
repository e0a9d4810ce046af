import { useRead } from '#web/client.ts'
import { Card, Go } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { actRoutes } from '../contract.ts'
import { useT } from './happening.tsx'
import './acts.css'

/** On 我的责任: how many wait to be confirmed, and how many came back; nothing when none do. */
export function ToConfirm() {
  const { verbs } = useMe()
  return verbs.includes('act.confirm') ? <Counts /> : null
}

function Counts() {
  const t = useT()
  const { data } = useRead(actRoutes.toConfirm, {})
  if (!data || data.asked + data.returned === 0) return null
  return (
    <Card>
      <p className="to-confirm">
        <span>
          {[data.asked > 0 && t('mine.asked', { count: data.asked }), data.returned > 0 && t('mine.returned', { count: data.returned })]
            .filter(Boolean)
            .join(t('list.semi'))}
        </span>
        <Go to="/confirm" kind="soft" {...(data.asked === 0 ? { search: { pile: 'returned' } } : {})}>
          {t('mine.go')}
        </Go>
      </p>
    </Card>
  )
}
