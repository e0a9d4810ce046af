import { Act, Button, FormOf, Refusal, Sheet, useForm } from '#web/kit/index.ts'
import type { RecordDrawerProps } from '#web/record.ts'
import { useMe } from '#web/session.ts'
import { useSay } from '#web/words.ts'
import { HappeningFields, useT } from './happening.tsx'
import { useRecording } from './recording.ts'
import { blank, ready, tickedOf } from './said.ts'
import { useProposals, useTaking } from './taking.ts'

/** 记一笔: one line of plain words fills the fields below it; each can be set right. Opened from anywhere. */
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
  const { today } = useMe()
  const begin = { ...blank, what: start?.obligation ? '' : (start?.title ?? ''), happenedOn: start?.day ?? '' }
  const recording = useRecording(() => {
    form.clear()
    onClose()
  })
  // What is opened for one obligation, or carried over from the line, is a draft of its own and never mixed with another.
  const form = useForm(begin, { draft: start ? `act ${start.obligation ?? start.title ?? ''}` : 'act', refused: recording.error })
  const given = start?.obligation ? [{ id: start.obligation, title: start.title ?? '' }] : []
  const taking = useTaking(form.values, true)
  const proposals = useProposals(taking.taken)
  const may = ready(taking.taken, today)
  const send = () => {
    if (!may) return
    const { settled, items } = proposals
    const online = navigator.onLine || settled
    void recording.send(taking.taken, settled || !online ? tickedOf(items, form.values.ticks, given) : null, form.values)
  }
  return (
    <FormOf
      onSend={send}
      foot={
        <>
          <Act kind="main" type="submit" loading={recording.pending} disabled={!may} {...(may ? {} : { title: t('record.notYet') })}>
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
      <HappeningFields form={form} taking={taking} proposals={proposals} given={given} refused={recording.error} />
      <Refusal of={form.left} />
    </FormOf>
  )
}
