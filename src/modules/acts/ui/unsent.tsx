import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { useRefresh } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Button, tell } from '#web/kit/index.ts'
import { useRecord } from '#web/record.ts'
import { useMe } from '#web/session.ts'
import { useLang } from '#web/words.ts'
import { useT } from './happening.tsx'
import { dropUnsent, hearUnsent, sendUnsent, unsentOf, waiting } from './outbox.ts'
import './acts.css'

/** What was written down without a line: sent by itself once there is one, and said here until then, on every page. */
export default function UnsentActs() {
  const t = useT()
  const lang = useLang()
  const { person, today } = useMe()
  const record = useRecord()
  const refresh = useRefresh()
  const me = person?.id ?? ''
  const list = useSyncExternalStore(hearUnsent, () => unsentOf(me))
  const wait = waiting(list)
  const send = useCallback(async () => {
    const sent = await sendUnsent(me)
    if (sent.length === 0) return
    await refresh()
    const titles = sent.flatMap((one) => one.titles)
    tell(t('unsent.sent', { count: sent.length }) + (titles.length > 0 ? t('unsent.clears', { titles: titles.join(t('list.and')) }) : ''))
  }, [me, refresh, t])
  const some = wait.length > 0
  useEffect(() => {
    if (!some) return
    void send()
    window.addEventListener('online', send)
    const timer = setInterval(send, 15_000)
    return () => {
      window.removeEventListener('online', send)
      clearInterval(timer)
    }
  }, [some, send])
  if (list.length === 0) return null
  return (
    <section className="unsent" aria-label={t('unsent.label')}>
      {some && (
        <p role="status">
          <b>{t('unsent.waits', { count: wait.length })}</b>
          <span>{wait.map(({ input }) => input.what).join('；')}</span>
          <Button onClick={() => void send()}>{t('unsent.now')}</Button>
        </p>
      )}
      {list
        .filter(({ refused }) => refused !== null)
        .map((one) => (
          <p key={one.key} role="alert">
            <b>{t('unsent.refused')}</b>
            <span>
              {sayDay(one.input.happenedOn, lang, { thisYear: today })} {one.input.what}：{one.refused}
            </span>
            {record && (
              <Button
                onClick={() => {
                  dropUnsent(me, one.key)
                  record({ title: one.input.what, day: one.input.happenedOn })
                }}
              >
                {t('unsent.again')}
              </Button>
            )}
            <Button kind="bare" onClick={() => dropUnsent(me, one.key)}>
              {t('unsent.drop')}
            </Button>
          </p>
        ))}
    </section>
  )
}
