import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Id } from '#kernel/ids.ts'
import { orgRoutes } from '#modules/org/contract.ts'
import { type Refused, useAct, useRead } from '#web/client.ts'
import { Act, Button, Field, FieldsOf, FormOf, Refusal, Sheet, tell, useForm } from '#web/kit/index.ts'
import { sendFile } from '#web/send-file.ts'
import { useMe } from '#web/session.ts'
import { useWords } from '#web/words.ts'
import { directiveRoutes } from '../contract.ts'
import { type DirectiveKind, directiveKinds, type Origin, origins } from '../rules.ts'
import { words } from './words.ts'

const sizeOf = (bytes: number) =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`

/** Paste or drop; the reading starts at once, and the page of the new directive opens. */
export function AddSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useWords('directives', words)
  return (
    <Sheet open={open} onClose={onClose} title={t('add.title')} wide>
      <AddForm />
    </Sheet>
  )
}

function AddForm() {
  const t = useWords('directives', words)
  const { today } = useMe()
  const navigate = useNavigate()
  const office = useRead(orgRoutes.office, {}, { asOf: null })
  const [file, setFile] = useState<File | null>(null)
  const [sent, setSent] = useState<number | null>(null)
  const [failed, setFailed] = useState<Refused | null>(null)
  const opened = ({ id }: { id: Id }) => {
    form.clear()
    void navigate({ to: '/directives/$id', params: { id }, search: (before: { asOf?: string }) => ({ asOf: before.asOf }) })
  }
  const add = useAct(directiveRoutes.add, { onDone: opened })
  const form = useForm(
    {
      ...{ text: '', title: '', kind: 'speech' as DirectiveKind, issuedOn: today, speakerPost: null as string | null },
      ...{ origin: 'own' as Origin, sender: '', number: '', receivedOn: '', replyDue: '' },
    },
    { draft: 'directive', refused: failed ?? add.error },
  )
  const { title, kind, issuedOn, speakerPost, text, origin, sender, number, receivedOn, replyDue } = form.values
  const busy = add.isPending || sent !== null
  const choose = (next: File | null | undefined) => {
    setFailed(null)
    add.reset()
    setFile(next ?? null)
  }
  const send = () => {
    setFailed(null)
    const came = origin === 'own' ? { sender, number, receivedOn: '', replyDue: '' } : { sender, number, receivedOn, replyDue }
    const fields = { ...(title.trim() ? { title: title.trim() } : {}), kind, issuedOn, origin, ...(speakerPost ? { speakerPost } : {}) }
    const orNull = (words: string) => words.trim() || null
    if (!file)
      return add.mutate({
        ...fields,
        ...{
          sender: orNull(came.sender),
          number: orNull(came.number),
          receivedOn: orNull(came.receivedOn),
          replyDue: orNull(came.replyDue),
        },
        text,
      })
    setSent(0)
    sendFile(directiveRoutes.upload, { ...fields, ...came, file }, setSent)
      .then(opened, setFailed)
      .finally(() => setSent(null))
  }
  const look = () => {
    setFailed(null)
    sendFile(directiveRoutes.look, { file: file ?? new File([text], 'paste.txt') }, () => {})
      .then((said) => {
        if (said.title) form.set('title', said.title.slice(0, 200))
        form.set('kind', said.kind)
        if (said.issuedOn) form.set('issuedOn', said.issuedOn)
        form.set('origin', said.origin)
        form.set('sender', said.origin === 'own' ? '' : (said.issuer ?? ''))
        form.set('number', said.number ?? '')
        form.set('receivedOn', said.origin === 'own' ? '' : today)
        form.set('replyDue', said.replyDue ?? '')
        tell(t('add.looked'))
      })
      .catch(setFailed)
  }
  const speakers = (office.data?.posts ?? []).map((post) => ({
    value: post.id,
    label: post.name,
    note: (office.data?.appointments ?? [])
      .filter((one) => one.post === post.id)
      .map((one) => one.person.name)
      .join('、'),
  }))
  return (
    <FormOf
      onSend={send}
      foot={
        <>
          <Act kind="main" type="submit" loading={busy} disabled={!file && text.trim() === ''}>
            {t('add.send')}
          </Act>
          {busy && <span role="status">{sent !== null && sent < 100 ? t('add.sending', { percent: sent }) : t('add.reading')}</span>}
        </>
      }
    >
      {form.restored && (
        <p className="hint">
          {t('add.restored')}{' '}
          <Button kind="bare" onClick={form.clear}>
            {t('add.clear')}
          </Button>
        </p>
      )}
      <DropField file={file} choose={choose} error={form.errorAt('file')} known={() => form.known('file')} />
      {!file && <FieldsOf form={form} fields={[{ name: 'text', kind: 'long', label: t('add.text'), hint: t('add.textHint') }]} />}
      <Act kind="soft" disabled={!file && text.trim() === ''} onClick={look}>
        {t('add.look')}
      </Act>
      <FieldsOf
        form={form}
        fields={[
          {
            name: 'origin',
            kind: 'choice',
            label: t('add.origin'),
            options: origins.map((one) => ({ value: one, label: t(`origin.${one}`) })),
          },
          { name: 'number', label: t('add.number'), required: false, maxLength: 60 },
          ...(origin === 'own'
            ? []
            : ([
                { name: 'sender', label: t('add.sender'), required: false, maxLength: 120 },
                { name: 'receivedOn', kind: 'day', label: t('add.received'), required: false },
                { name: 'replyDue', kind: 'day', label: t('add.reply'), hint: t('add.replyHint'), required: false },
              ] as const)),
          {
            name: 'kind',
            kind: 'choice',
            label: t('add.kind'),
            options: directiveKinds.map((one) => ({ value: one, label: t(`kind.${one}`) })),
          },
          { name: 'issuedOn', kind: 'day', label: t('add.day') },
          { name: 'speakerPost', kind: 'pick', label: t('add.speaker'), hint: t('add.speakerHint'), required: false, options: speakers },
          { name: 'title', label: t('add.name'), hint: t('add.nameHint'), required: false, maxLength: 200 },
        ]}
      />
      <Refusal of={form.left} />
      <p className="hint">{t('add.secret')}</p>
    </FormOf>
  )
}

type DropProps = { file: File | null; choose: (file: File | null | undefined) => void; error: string | null; known: () => void }

function DropField({ file, choose, error, known }: DropProps) {
  const t = useWords('directives', words)
  const [over, setOver] = useState(false)
  known()
  return (
    <Field label={t('add.theFile')} hint={t('add.formats')} error={error}>
      {({ status: _, ...control }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button inside is the first
        <div
          className={`drop${over ? ' over' : ''}`}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault()
            setOver(false)
            choose(event.dataTransfer.files[0])
          }}
        >
          <span>{file ? t('add.file', { name: file.name, size: sizeOf(file.size) }) : t('add.drop')}</span>
          <label className="go soft">
            <input
              {...control}
              className="unseen"
              type="file"
              accept=".docx,.txt,.md"
              onChange={(event) => choose(event.target.files?.[0])}
            />
            {t(file ? 'add.other' : 'add.choose')}
          </label>
          {file && (
            <Button kind="bare" onClick={() => choose(null)}>
              {t('add.remove')}
            </Button>
          )}
        </div>
      )}
    </Field>
  )
}
