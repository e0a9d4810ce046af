import { useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import type { Id } from '#kernel/ids.ts'
import { fileUrl, useAct } from '#web/client.ts'
import { dayOf, sayDay } from '#web/days.ts'
import { Act, Button, FieldsOf, FormOf, Go, Refusal, Sheet, tell, useForm } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useSay, useWords } from '#web/words.ts'
import { evidenceRoutes } from '../contract.ts'
import { InPlace } from './in-place.tsx'
import { markOf, sayBytes } from './size.ts'
import { words } from './words.ts'

export type FileOk = OkOf<typeof evidenceRoutes.list>['items'][number]
type FileProps = { file: FileOk; act: Id; full: () => void }

/** One file of an act: what it is, its dates, where else it is, and what one may do with it. */
export function EvidenceFile({ file, act, full }: FileProps) {
  const [open, setOpen] = useState(false)
  const quiet = file.later || file.gone
  return (
    <li className={`evidence-file${quiet ? ' quiet' : ''}`}>
      <span className="evidence-mark" aria-hidden="true">
        {markOf(file.kind)}
      </span>
      <div className="evidence-what">
        <b className={file.state === 'removed' ? 'evidence-gone' : ''}>{file.name}</b>
        <Said file={file} act={act} />
        {file.also.map((one) => (
          <Also key={one.act} of={one} />
        ))}
      </div>
      {file.actions.length > 0 && <Verbs file={file} full={full} open={open} toggle={() => setOpen(!open)} />}
      {open && file.actions.includes('show') && <InPlace file={file} />}
    </li>
  )
}

function Verbs({ file, full, open, toggle }: { file: FileOk; full: () => void; open: boolean; toggle: () => void }) {
  const t = useWords('evidence', words)
  const [removing, setRemoving] = useState(false)
  const may = (verb: string) => file.actions.includes(verb)
  const close = () => setRemoving(false)
  return (
    <div className="evidence-verbs">
      {may('show') && (
        <>
          <Button kind="bare" onClick={toggle} expanded={open} label={`${t(open ? 'verb.hide' : 'verb.show')} ${file.name}`}>
            {t(open ? 'verb.hide' : 'verb.show')}
          </Button>
          <Button kind="bare" onClick={full} label={`${t('verb.full')} ${file.name}`}>
            {t('verb.full')}
          </Button>
        </>
      )}
      {may('download') && (
        <a
          className="evidence-link"
          href={fileUrl(evidenceRoutes.download, { id: file.id })}
          aria-label={`${t('verb.download')} ${file.name}`}
          download
        >
          {t('verb.download')}
        </a>
      )}
      {may('remove') && (
        <>
          <Button kind="bare" onClick={() => setRemoving(true)} label={`${t('verb.remove')} ${file.name}`}>
            {t('verb.remove')}
          </Button>
          <Sheet open={removing} onClose={close} title={t('remove.title', { name: file.name })} shape="dialog">
            <RemoveForm file={file} onClose={close} />
          </Sheet>
        </>
      )}
    </div>
  )
}

/** Size, the date it bears, who uploaded it when; or that it came later, or who removed it and why. */
function Said({ file, act }: { file: FileOk; act: Id }) {
  const t = useWords('evidence', words)
  const lang = useLang()
  const { today, zone } = useMe()
  const say = (day: string) => sayDay(day, lang, { thisYear: today })
  const uploaded = say(dayOf(file.uploadedAt, zone))
  const removed = file.state === 'removed' && file.removed
  const parts = [
    sayBytes(file.size),
    file.takenOn && t('file.date', { day: say(file.takenOn) }),
    file.later ? t('file.later', { day: uploaded }) : t('file.uploaded', { day: uploaded, by: file.uploadedBy.name }),
    file.act !== act && t('file.from'),
    file.gone && !removed && t('file.goneLater'),
    !file.gone && !file.later && file.kind === 'heic' && t('file.heic'),
  ]
  return (
    <>
      <small>{parts.filter(Boolean).join(' · ')}</small>
      {removed && <small>{t('file.removed', { day: say(dayOf(removed.at, zone)), by: removed.by, reason: removed.reason })}</small>}
    </>
  )
}

function Also({ of }: { of: FileOk['also'][number] }) {
  const t = useWords('evidence', words)
  const lang = useLang()
  const { today } = useMe()
  return (
    <small>
      {t('file.also')}
      <Go kind="bare" to="/acts" search={{ open: of.act }}>
        {sayDay(of.happenedOn, lang, { thisYear: today })} {of.what}
      </Go>
    </small>
  )
}

function RemoveForm({ file, onClose }: { file: FileOk; onClose: () => void }) {
  const t = useWords('evidence', words)
  const say = useSay()
  const remove = useAct(evidenceRoutes.remove, {
    invalidates: [evidenceRoutes.list],
    onDone: () => {
      tell(t('remove.done'))
      onClose()
    },
  })
  const form = useForm({ reason: '' }, { refused: remove.error })
  return (
    <FormOf
      onSend={() => remove.mutate({ id: file.id, reason: form.values.reason })}
      foot={
        <>
          <Act kind="danger" type="submit" loading={remove.isPending}>
            {t('verb.remove')}
          </Act>
          <Button onClick={onClose}>{say('cancel')}</Button>
        </>
      }
    >
      <p className="note">{t('remove.hint')}</p>
      <FieldsOf form={form} fields={[{ name: 'reason', label: t('remove.reason'), maxLength: 500 }]} />
      <Refusal of={form.left} />
    </FormOf>
  )
}
