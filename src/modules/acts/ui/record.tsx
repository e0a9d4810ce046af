import { useAct } from '#web/client.ts'
import { Act, Button, FormOf, Refusal, Sheet, tell, useForm } from '#web/kit/index.ts'
import type { RecordDrawerProps } from '#web/record.ts'
import { useMe } from '#web/session.ts'
import { useSay } from '#web/words.ts'
import { actRoutes } from '../contract.ts'
import { type Happening, HappeningFields, sentOf, tickedOf, useProposals, useT } from './happening.tsx'

/** 记一笔: what, when, who, with whom, and which obligations that discharges; opened from anywhere. */
export function RecordDrawer({ open, onClose, start }: RecordDrawerProps) {
  const t = useT()
  return (
    <Sheet open={open} onClose={onClose} title={t('record.title')}>
      <RecordForm onClose={onClose} {...(start ? { start } : {})} />
    </Sheet>
  )
}
export default RecordDrawer

function RecordForm({ onClose, start }: Pick<RecordDrawerProps, 'onClose' | 'start'>) {
  const t = useT()
  const say = useSay()
  const { today, person } = useMe()
  const begin: Happening = {
    what: start?.obligation ? '' : (start?.title ?? ''),
    happenedOn: start?.day ?? today,
    time: '',
    doneBy: '',
    with: [],
    ticks: {},
    reason: '',
  }
  const withdraw = useAct(actRoutes.withdraw, { onDone: () => tell(t('record.undone')) })
  const act = useAct(actRoutes.record, {
    onDone: (kept) => {
      const undo = () => withdraw.mutate({ id: kept.id, reason: t('record.undoReason') })
      const titles = kept.discharges.map(({ title }) => title).join(t('list.and'))
      form.clear()
      onClose()
      tell(titles ? t('record.doneWith', { count: kept.discharges.length, titles }) : t('record.done'), { undo })
    },
  })
  // What is opened for one obligation, or carried over from the line, is a draft of its own and never mixed with another.
  const form = useForm(begin, { draft: start ? `act ${start.obligation ?? start.title ?? ''}` : 'act', refused: act.error })
  const given = start?.obligation ? [{ id: start.obligation, title: start.title ?? '' }] : []
  const proposals = useProposals(form.values)
  const send = () => {
    if (act.isPending || form.values.what.trim() === '') return
    act.mutate(
      sentOf({ ...form.values, doneBy: form.values.doneBy || (person?.id ?? '') }, tickedOf(proposals.items, form.values.ticks, given)),
    )
  }
  return (
    <FormOf
      onSend={send}
      foot={
        <>
          <Act kind="main" type="submit" loading={act.isPending} disabled={form.values.what.trim() === '' || !proposals.settled}>
            {t('record.save')}
          </Act>
          <Button onClick={onClose}>{say('cancel')}</Button>
          {form.restored && (
            <Button kind="bare" onClick={form.clear}>
              {t('record.clear')}
            </Button>
          )}
        </>
      }
    >
      {start?.obligation && start.title && <p className="note">{t('record.for', { title: start.title })}</p>}
      {form.restored && <p className="note">{t('record.kept')}</p>}
      <HappeningFields form={form} proposals={proposals} given={given} refused={act.error} />
      <Refusal of={form.left} />
    </FormOf>
  )
}
