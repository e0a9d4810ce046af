import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { type Refused, useAct } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Act, Button, Card, FieldsOf, FileDrop, FormOf, Go, Headline, Refusal, Section, tell, useForm } from '#web/kit/index.ts'
import { sendFile } from '#web/send-file.ts'
import { useLang } from '#web/words.ts'
import { basisRoutes } from '../contract.ts'
import type { PreviewView } from '../shapes.ts'
import { blocksOf } from './blocks.ts'
import { FactFields, type FactValues, factsFrom, sentFacts } from './facts.tsx'
import { useProblem } from './problem.ts'
import { useT } from './words.ts'
import './basis.css'

/** 收录法规: the text is read and shown first, then kept. */
export default function AddLaw() {
  const t = useT()
  const [read, setRead] = useState<PreviewView | null>(null)
  return (
    <>
      <Headline title={t('add.title')} sub={t('add.sub')} />
      {read === null ? <Take onRead={setRead} /> : <Check key={read.text.length} of={read} again={() => setRead(null)} />}
    </>
  )
}

function Take({ onRead }: { onRead: (read: PreviewView) => void }) {
  const t = useT()
  const [file, setFile] = useState<File | null>(null)
  const [sending, setSending] = useState(false)
  const [failed, setFailed] = useState<Refused | null>(null)
  const preview = useAct(basisRoutes.preview, { invalidates: [], onDone: onRead })
  const form = useForm({ text: '' }, { draft: 'basis', refused: failed ?? preview.error })
  const send = () => {
    setFailed(null)
    if (!file) return preview.mutate({ text: form.values.text })
    setSending(true)
    sendFile(basisRoutes.previewFile, { file }, () => undefined)
      .then(onRead, setFailed)
      .finally(() => setSending(false))
  }
  const busy = sending || preview.isPending
  return (
    <Card pad>
      <FormOf
        onSend={send}
        foot={
          <>
            <Act kind="main" type="submit" loading={busy} disabled={!file && form.values.text.trim() === ''}>
              {t('add.read')}
            </Act>
            {busy && <span role="status">{t('add.reading')}</span>}
          </>
        }
      >
        <FileDrop
          label={t('add.file')}
          hint={t('add.formats')}
          accept=".docx,.md,.markdown,.txt"
          file={file}
          choose={(next) => {
            setFailed(null)
            setFile(next)
          }}
          error={failed?.message ?? null}
        />
        {!file && (
          <>
            <FieldsOf form={form} fields={[{ name: 'text', kind: 'long', label: t('add.text'), hint: t('add.textHint') }]} />
            {form.restored && (
              <p className="hint">
                {t('add.restored')}{' '}
                <Button kind="bare" onClick={form.clear}>
                  {t('add.clear')}
                </Button>
              </p>
            )}
          </>
        )}
        <Refusal of={failed ? null : form.left} />
        <p className="hint">{t('add.secret')}</p>
      </FormOf>
    </Card>
  )
}

function Check({ of, again }: { of: PreviewView; again: () => void }) {
  const t = useT()
  const lang = useLang()
  const navigate = useNavigate()
  const draft = useForm({ text: '' }, { draft: 'basis' })
  const keep = useAct(basisRoutes.keep, {
    onDone: ({ id }) => {
      tell(t('done.keep'))
      draft.clear()
      void navigate({ to: '/basis/$id', params: { id } })
    },
  })
  const [only] = of.laws
  const form = useForm<FactValues>(factsFrom({ title: of.title, ...of.facts }, of.laws.length === 1 ? (only?.law ?? '') : ''), {
    refused: keep.error,
  })
  const laws = of.laws.map(({ law, title, versions }) => ({
    value: law,
    label: `${title}（${versions.map(({ since }) => t('law.versionSince', { day: sayDay(since, lang, { year: true }) })).join('、')}）`,
  }))
  const send = () =>
    keep.mutate({
      ...sentFacts(form.values),
      text: of.text,
      versionOf: form.values.versionOf || null,
      ...(of.source ? { source: of.source } : {}),
    })
  return (
    <div className="law-check">
      <div>
        <Counts of={of} />
        <Outline of={of} />
      </div>
      <Card pad>
        <FormOf
          onSend={send}
          foot={
            <>
              <Act kind="main" type="submit" loading={keep.isPending} disabled={of.same !== null || form.values.since === ''}>
                {t('add.keep')}
              </Act>
              <Button onClick={again}>{t('add.again')}</Button>
            </>
          }
        >
          <FactFields form={form} laws={laws.length > 0 ? laws : undefined} />
          <Refusal of={form.left} />
        </FormOf>
      </Card>
    </div>
  )
}

function Counts({ of }: { of: PreviewView }) {
  const t = useT()
  const lang = useLang()
  const say = useProblem()
  return (
    <Section title={t(of.counts.chapters > 0 ? 'read.counts' : 'read.countsFlat', of.counts)}>
      {of.same && (
        <p className="law-warning" role="status">
          {t('read.same')}：{of.same.title} <Go to={`/basis/${of.same.id}`}>{t('read.open')}</Go>
        </p>
      )}
      {of.problems.length === 0 ? (
        <p className="note">{t('read.fine')}</p>
      ) : (
        <>
          <p className="note">{t('read.problems')}</p>
          <ul className="law-problems">
            {of.problems.map((one) => (
              <li key={`${one.code} ${one.start}`}>{say(one)}</li>
            ))}
          </ul>
        </>
      )}
      {of.facts.events.length > 0 && (
        <p className="note">
          {t('read.events')}：{of.facts.events.map((one) => `${sayDay(one.day, lang, { year: true })}${t(`event.${one.kind}`)}`).join('，')}
        </p>
      )}
      {of.facts.repeals.length > 0 && (
        <p className="note">{t('read.repeals', { titles: of.facts.repeals.map((one) => `《${one}》`).join('、') })}</p>
      )}
    </Section>
  )
}

/** Headings and articles as they were read, each article with its first words. */
function Outline({ of }: { of: PreviewView }) {
  const t = useT()
  const blocks = useMemo(() => blocksOf(of.nodes, of.text), [of])
  return (
    <Section title={t('read.outline')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must be able to reach it */}
      <ol className="card law-read" tabIndex={0} aria-label={t('read.outline')} lang="zh-CN">
        {blocks.map((block) =>
          block.kind === 'heading' ? (
            <li key={block.start} className={`head ${block.level}`}>
              {block.label} {block.title}
            </li>
          ) : (
            <li key={block.start} className={block.kind}>
              {block.kind === 'article' && <b>{block.label}</b>} {firstWords(of.text, block)}
            </li>
          ),
        )}
      </ol>
    </Section>
  )
}

const firstWords = (text: string, block: ReturnType<typeof blocksOf>[number]): string => {
  const to = block.kind === 'article' ? (block.lines[0]?.to ?? block.to) : block.to
  const from = block.kind === 'article' ? (block.lines[0]?.words ?? block.words) : block.words
  const words = text.slice(from, to).replaceAll(/\s+/g, ' ').trim()
  return words.length > 60 ? `${words.slice(0, 60).toWellFormed()}…` : words
}
