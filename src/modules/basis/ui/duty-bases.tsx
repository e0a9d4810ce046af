import { useEffect, useState } from 'react'
import { useAct, useRead } from '#web/client.ts'
import { Act, Button, Field, Refusal, Section, Tag, tell } from '#web/kit/index.ts'
import { useSay } from '#web/words.ts'
import { basisRoutes } from '../contract.ts'
import type { ResolvedView, TieView } from '../shapes.ts'
import { Cite, ToPlace } from './cited.tsx'
import { useT } from './words.ts'
import './basis.css'

/** What a duty rests on: the articles somebody chose, what its own words cite, and a way to choose one more. */
export function DutyBases({ duty }: { duty: string }) {
  const t = useT()
  const read = useRead(basisRoutes.ofDuty, { id: duty })
  const [adding, setAdding] = useState(false)
  if (!read.data) return null
  const { tied, cited, actions } = read.data
  const may = actions.includes('tie')
  if (tied.length === 0 && cited.length === 0 && !may) return null
  return (
    <Section
      title={t('duty.title')}
      action={
        may &&
        !adding && (
          <Act kind="bare" onClick={() => setAdding(true)}>
            {t('duty.add')}
          </Act>
        )
      }
    >
      {tied.length === 0 && cited.length === 0 && !adding && <p className="note">{t('duty.none')}</p>}
      <ul className="duty-bases">
        {tied.map((one) => (
          <Tied key={one.id} of={one} />
        ))}
        {cited.map((one) => (
          <Cited key={`${one.start}`} of={one} />
        ))}
      </ul>
      {adding && <Find duty={duty} onDone={() => setAdding(false)} />}
    </Section>
  )
}

function Tied({ of }: { of: TieView }) {
  const t = useT()
  const untie = useAct(basisRoutes.untie, { onDone: () => tell(t('duty.undone')) })
  return (
    <li>
      <ToPlace law={of.regulation.id} at={of}>
        《{of.regulation.title}》{of.place}
      </ToPlace>{' '}
      {of.regulation.stands === 'past' && <Tag tone="grey">{t('duty.old')}</Tag>}
      <small lang="zh-CN">{of.words}</small>
      {of.actions.includes('untie') && (
        <Act
          kind="bare"
          onClick={() => untie.mutate({ id: of.id })}
          loading={untie.isPending}
          label={`${t('duty.untie')} 《${of.regulation.title}》${of.place}`}
        >
          {t('duty.untie')}
        </Act>
      )}
      <Refusal of={untie.error} />
    </li>
  )
}

function Cited({ of }: { of: ResolvedView }) {
  const t = useT()
  const missing = of.regulation === null ? t('law.unknown') : of.article !== null && of.words === null ? t('law.noSuch') : null
  return (
    <li>
      <Cite of={of}>{of.title === null || of.text.includes(of.title) ? of.text : `《${of.title}》${of.place}`}</Cite>{' '}
      <Tag>{t('duty.cited')}</Tag>
      <small lang="zh-CN">{missing ?? of.words}</small>
    </li>
  )
}

/** A place written as one writes it; what of it the library has can be made a basis. */
function Find({ duty, onDone }: { duty: string; onDone: () => void }) {
  const t = useT()
  const say = useSay()
  const [text, setText] = useState('')
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), 300)
    return () => clearTimeout(timer)
  }, [text])
  const found = useRead(basisRoutes.cite, { text: asked }, { enabled: asked.length > 3, keep: true })
  const tie = useAct(basisRoutes.tie, {
    onDone: () => {
      tell(t('duty.done'))
      onDone()
    },
  })
  const items = asked.length > 3 ? (found.data?.items ?? null) : null
  const good = items?.filter(({ regulation, words }) => regulation !== null && words !== null) ?? []
  return (
    <div className="duty-find">
      <Field label={t('duty.find')} hint={t('duty.findHint')} error={items && good.length === 0 ? t('duty.notFound') : null}>
        {({ status: _, ...control }) => (
          // biome-ignore lint/a11y/noAutofocus: it opens because somebody asked for it
          <input {...control} className="input" value={text} maxLength={300} autoFocus onChange={(event) => setText(event.target.value)} />
        )}
      </Field>
      <ul className="duty-bases">
        {good.map((one) => (
          <li key={one.start}>
            <b>
              《{one.regulation?.title}》{one.place}
            </b>{' '}
            <small lang="zh-CN">{one.words}</small>
            {one.article === null ? (
              <span className="note">{t('duty.whole')}</span>
            ) : (
              <Act
                kind="soft"
                loading={tie.isPending}
                onClick={() =>
                  tie.mutate({
                    id: duty,
                    regulation: one.regulation?.id ?? '',
                    article: one.article ?? 1,
                    sub: one.sub,
                    paragraph: one.paragraph,
                    item: one.item,
                  })
                }
              >
                {t('duty.tie')}
              </Act>
            )}
          </li>
        ))}
      </ul>
      <Refusal of={tie.error} />
      <Button onClick={onDone}>{say('cancel')}</Button>
    </div>
  )
}
