import type { OkOf } from '#kernel/contract.ts'
import { useAct } from '#web/client.ts'
import { sayDay, sayInstant } from '#web/days.ts'
import { Act, Button, FieldsOf, FormOf, Refusal, Sheet, Tag, tell, useForm } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useSay, useWords } from '#web/words.ts'
import { type PaperOk, type PledgeOk, pledgeRoutes } from '../contract.ts'
import { partsOf } from '../difference.ts'
import { words } from './words.ts'
import './pledges.css'

export const useT = () => useWords('pledges', words)
type Item = PaperOk['items'][number]
type Diff = NonNullable<PaperOk['difference']>
export type Papered = OkOf<typeof pledgeRoutes.mine>['holder'][number]

const tones = {
  issued: 'yellow',
  holder_signed: 'yellow',
  superior_signed: 'yellow',
  in_force: 'green',
  ended: 'grey',
  withdrawn: 'grey',
} as const
/** How it stands, in one word. */
export function Standing({ of }: { of: PledgeOk }) {
  const t = useT()
  return (
    <>
      <Tag tone={tones[of.state]}>{t(`state.${of.state}`)}</Tag>
      {of.differs && of.state === 'in_force' && <Tag tone="yellow">{`${t('state.differs')} ${t('differs.short', of.differs)}`}</Tag>}
    </>
  )
}

function ItemLine({ of }: { of: Item }) {
  const t = useT()
  const facts = [
    `${t('paper.when')}：${of.when}`,
    of.measure && `${t('paper.measure')}：${of.measure}`,
    of.basis.length > 0 && `${t('paper.basis')}：${of.basis.join('、')}`,
  ].filter(Boolean)
  return (
    <>
      <b>{of.title}</b>
      {of.body && <span className="pledge-body">{of.body}</span>}
      <small>{facts.join('；')}</small>
    </>
  )
}

const Items = ({ title, items, start }: { title: string; items: readonly Item[]; start: string }) =>
  items.length === 0 ? null : (
    <section className="pledge-part">
      <h3>
        {start}
        {title}
      </h3>
      <ol>
        {items.map((item) => (
          <li key={item.duty}>
            <ItemLine of={item} />
          </li>
        ))}
      </ol>
    </section>
  )

/** A changed duty: what differs, old beside new. */
function Changed({ of: { was, now } }: { of: Diff['changed'][number] }) {
  const t = useT()
  const say = (item: Item, part: keyof Item) => {
    const value = item[part]
    return Array.isArray(value) ? value.join('、') || '—' : value || '—'
  }
  return (
    <>
      <b>{now.title}</b>
      {partsOf(was, now)
        .filter((part) => part !== 'kind' && part !== 'polarity')
        .map((part) => (
          <span key={part} className="pledge-was">
            {t('paper.was')} <del>{say(was, part)}</del>，{t('paper.now')} <ins>{say(now, part)}</ins>
          </span>
        ))}
    </>
  )
}

const han = ['一、', '二、', '三、']
/** The difference as it is signed: added, changed, no longer. */
export function DifferenceOf({ of }: { of: Diff }) {
  const t = useT()
  const parts = [
    { key: 'added', list: of.added.map((item) => ({ id: item.duty, node: <ItemLine of={item} /> })) },
    { key: 'changed', list: of.changed.map((one) => ({ id: one.now.duty, node: <Changed of={one} /> })) },
    { key: 'removed', list: of.removed.map((item) => ({ id: item.duty, node: <b>{item.title}</b> })) },
  ] as const
  return (
    <>
      {parts
        .filter(({ list }) => list.length > 0)
        .map(({ key, list }, i) => (
          <section className="pledge-part" key={key}>
            <h3>
              {han[i]}
              {t(`paper.${key}`)}
            </h3>
            <ol>
              {list.map(({ id, node }) => (
                <li key={id}>{node}</li>
              ))}
            </ol>
          </section>
        ))}
    </>
  )
}

type PaperProps = { text: PaperOk; signatures?: PledgeOk['signatures']; hash?: string }
/** The paper itself, as it is read, signed and printed. What stands in it is office paper, in Chinese whatever the reader's language. */
export function Paper({ text, signatures = [], hash }: PaperProps) {
  const t = useT()
  const lang = useLang()
  const positive = text.items.filter((item) => item.polarity === 'positive')
  const negative = text.items.filter((item) => item.polarity === 'negative')
  return (
    <article className="pledge-paper" lang="zh-CN">
      <p className="pledge-office">{text.office}</p>
      <h2>{text.title}</h2>
      {text.supplements && <p className="pledge-of">{t('paper.of', { title: text.supplements.title })}</p>}
      <p className="pledge-words">{text.opening}</p>
      <Items title={t('paper.positive')} items={positive} start={han[0] ?? ''} />
      <Items title={t('paper.negative')} items={negative} start={han[positive.length > 0 ? 1 : 0] ?? ''} />
      {text.difference && <DifferenceOf of={text.difference} />}
      <p className="pledge-words">{text.closing}</p>
      <div className="pledge-signs">
        {text.superior && <Signature side="superior" of={text.superior} signatures={signatures} kind={text.kind} />}
        <Signature side="holder" of={text.holder} signatures={signatures} kind={text.kind} />
      </div>
      <footer>
        <p>{t('paper.day', { day: sayDay(text.day, lang, { year: true }) })}</p>
        {hash && (
          <p>
            {t('paper.hash')} <code>{hash}</code>
          </p>
        )}
      </footer>
    </article>
  )
}

type SignatureProps = {
  side: 'holder' | 'superior'
  of: PaperOk['holder']
  signatures: PledgeOk['signatures']
  kind: PaperOk['kind']
}
function Signature({ side, of, signatures, kind }: SignatureProps) {
  const t = useT()
  const lang = useLang()
  const { zone } = useMe()
  const signed = signatures.find((one) => one.side === side)
  const label = side === 'superior' ? 'paper.superior' : kind === 'promise' ? 'paper.promiser' : 'paper.holder'
  return (
    <dl className={signed ? 'signed' : ''}>
      <dt>{t(label)}</dt>
      <dd className="pledge-name">{signed ? signed.person.name : `${of.name}${t('paper.unsigned')}`}</dd>
      <dd>{[of.unit, of.posts.join('、')].filter(Boolean).join('　')}</dd>
      <dd>{signed ? sayInstant(signed.at, lang, zone) : '　'}</dd>
    </dl>
  )
}

type SignProps = { of: readonly Pick<PledgeOk, 'id' | 'hash' | 'title' | 'person'>[]; onClose: () => void; onDone?: () => void }
/** The password once more, for one or for a batch: it binds. */
export function SignSheet({ of, onClose, onDone }: SignProps) {
  const t = useT()
  const say = useSay()
  const act = useAct(pledgeRoutes.signAll, {
    onDone: ({ items }) => {
      tell(items.length > 1 ? t('signed.many', { count: items.length }) : t('signed.done'))
      onClose()
      onDone?.()
    },
  })
  const form = useForm({ password: '' }, { refused: act.error })
  const names = [...new Set(of.map((one) => one.person.name))].join('、')
  return (
    <Sheet open onClose={onClose} title={of.length === 1 ? (of[0]?.title ?? t('sign.title')) : t('sign.title')} shape="dialog">
      <FormOf
        onSend={() => act.mutate({ items: of.map(({ id, hash }) => ({ id, hash })), password: form.values.password })}
        foot={
          <>
            <Act kind="main" type="submit" loading={act.isPending} disabled={form.values.password === ''}>
              {t('sign')}
            </Act>
            <Button onClick={onClose}>{say('cancel')}</Button>
          </>
        }
      >
        {of.length > 1 && <p>{t('sign.many', { count: of.length, names })}</p>}
        <p>{t('sign.says')}</p>
        <FieldsOf
          form={form}
          fields={[{ name: 'password', kind: 'password', label: t('password'), autoComplete: 'current-password', maxLength: 200 }]}
        />
        <Refusal of={form.left} />
      </FormOf>
    </Sheet>
  )
}
