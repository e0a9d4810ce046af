import { useRead } from '#web/client.ts'
import { Card, Go, Light } from '#web/kit/index.ts'
import { useWords } from '#web/words.ts'
import { boardRoutes } from '../contract.ts'
import { words } from './section-words.ts'

/** One's own in a line: overdue, today, this week, to sign, to confirm. A leader sees their own red here. */
export function Own({ leads }: { leads: boolean }) {
  const t = useWords('board.sections', words)
  const { data } = useRead(boardRoutes.own, {})
  if (!data) return null
  const { overdue, today, week, toSign, pledges, toConfirm, returned } = data
  const parts = [today > 0 && t('own.today', { n: today }), week > 0 && t('own.week', { n: week })].filter((part) => part !== false)
  const waits = toSign + pledges + toConfirm + returned
  return (
    <Card>
      <p className="board-own">
        <b>{t('own.title')}</b>
        {overdue > 0 && <Light light="red" word={t('own.overdue', { n: overdue })} />}
        {parts.map((part) => (
          <span key={part}>{part}</span>
        ))}
        {overdue > 0 && leads && <span className="note">{t('own.walled')}</span>}
        {overdue + waits === 0 && parts.length === 0 && <span className="note">{t('own.free')}</span>}
        <span className="board-own-go">
          {toSign > 0 && (
            <Go to="/awaiting" kind="soft">
              {t('own.sign', { n: toSign })}
            </Go>
          )}
          {pledges > 0 && (
            <Go to="/pledges" kind="soft">
              {t('own.pledges', { n: pledges })}
            </Go>
          )}
          {toConfirm > 0 && (
            <Go to="/confirm" kind="soft">
              {t('own.confirm', { n: toConfirm })}
            </Go>
          )}
          {returned > 0 && (
            <Go to="/confirm" kind="soft" search={{ pile: 'returned' }}>
              {t('own.returned', { n: returned })}
            </Go>
          )}
          <Go to="/mine">{t('own.go')}</Go>
        </span>
      </p>
    </Card>
  )
}
