import { useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import { call, newKey, Refused, useAct } from '#web/client.ts'
import { tell } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { actRoutes } from '../contract.ts'
import { useT } from './happening.tsx'
import { keepUnsent } from './outbox.ts'
import { type Happening, type RecordInput, sentOf, type Taken } from './said.ts'
import { askedOf } from './taking.ts'

type Kept = OkOf<typeof actRoutes.record>

/** Records an act, says what turned green with a way back, and keeps what finds no line until there is one. */
export function useRecording(onDone: () => void) {
  const t = useT()
  const { person } = useMe()
  const [asked, setAsked] = useState<{ pending: boolean; error: Refused | null }>({ pending: false, error: null })
  const withdraw = useAct(actRoutes.withdraw, { onDone: () => tell(t('record.undone')) })
  const unsent = (input: RecordInput, key: string, ticks: Record<string, boolean> | null) => {
    keepUnsent(person?.id ?? '', { key, at: new Date().toISOString(), input, ticks, refused: null })
    tell(t('unsent.kept'))
    act.reset()
    onDone()
  }
  const act = useAct(actRoutes.record, {
    onUnsent: (input, key) => unsent(input, key, null),
    onDone: (kept: Kept) => {
      const undo = () => withdraw.mutate({ id: kept.id, reason: t('record.undoReason') })
      const titles = [...new Set(kept.discharges.map(({ title }) => title))].join(t('list.and'))
      onDone()
      tell(titles ? t('record.doneWith', { count: kept.discharges.length, titles }) : t('record.done'), { undo })
    },
  })
  /**
   * Sends what was taken. `discharges` null: the answer to what is written has not come yet, so it is asked for exactly that, and what is likely or was
   * ticked is chosen; without a line, once there is one.
   */
  const send = async (taken: Taken, discharges: readonly string[] | null, { ticks, lateCause }: Pick<Happening, 'ticks' | 'lateCause'>) => {
    if (act.isPending || asked.pending) return
    if (discharges !== null) return act.mutate(sentOf(taken, discharges, lateCause))
    setAsked({ pending: true, error: null })
    try {
      const { items } = await call(actRoutes.propose, askedOf(taken))
      setAsked({ pending: false, error: null })
      const likely = items.filter(({ obligation, likely }) => ticks[obligation.id] ?? likely).map(({ obligation }) => obligation.id)
      act.mutate(sentOf(taken, likely, lateCause))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setAsked({ pending: false, error: error.status === 0 ? null : error })
      if (error.status === 0) unsent(sentOf(taken, [], lateCause), newKey(), ticks)
    }
  }
  return { send, pending: act.isPending || asked.pending, error: asked.error ?? (act.error?.status === 0 ? null : act.error) }
}
