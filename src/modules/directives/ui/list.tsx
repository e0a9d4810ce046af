import { useState } from 'react'
import { useAddress } from '#web/address.ts'
import { usePages } from '#web/client.ts'
import { Act, Choice, Day, Empty, Filters, Headline, List, Row, Tag } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useWords } from '#web/words.ts'
import { type DirectiveView, directiveRoutes } from '../contract.ts'
import { directiveKinds, directiveStates, origins } from '../rules.ts'
import { AddSheet } from './add.tsx'
import { CoverageBar } from './coverage.tsx'
import './decompose.css'
import { words } from './words.ts'

/** 部署: what was read in, how far each is decomposed, and a new one. */
export default function Directives() {
  const t = useWords('directives', words)
  const { verbs } = useMe()
  const [{ kind, state, origin, q, add }, put] = useAddress('kind', 'state', 'origin', 'q', 'add')
  const [typed, setTyped] = useState(q ?? '')
  const known = {
    kind: directiveKinds.find((one) => one === kind),
    state: directiveStates.find((one) => one === state),
    origin: origins.find((one) => one === origin),
    q,
  }
  const pages = usePages(directiveRoutes.list, known, { keep: true })
  const mayAdd = verbs.includes('directive.add')
  const button = mayAdd && (
    <Act kind="main" onClick={() => put({ add: '1' })}>
      {t('add.title')}
    </Act>
  )
  const filtered = Boolean(kind || state || origin || q)
  return (
    <>
      <Headline title={t('title')} sub={t('list.sub')} actions={button} />
      <Filters>
        <Choice
          label={t('add.kind')}
          none={t('list.all')}
          value={known.kind ?? ''}
          onChange={(next) => put({ kind: next })}
          options={directiveKinds.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
        />
        <Choice
          label={t('filter.label')}
          none={t('list.states')}
          value={known.state ?? ''}
          onChange={(next) => put({ state: next })}
          options={directiveStates.map((one) => ({ value: one, label: t(`state.${one}`) }))}
        />
        <Choice
          label={t('add.origin')}
          none={t('list.origins')}
          value={known.origin ?? ''}
          onChange={(next) => put({ origin: next })}
          options={origins.map((one) => ({ value: one, label: t(`origin.${one}`) }))}
        />
        <input
          className="input list-search"
          type="search"
          aria-label={t('list.search')}
          placeholder={t('list.search')}
          value={typed}
          maxLength={100}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && put({ q: typed.trim() })}
          onBlur={() => typed.trim() !== (q ?? '') && put({ q: typed.trim() })}
        />
      </Filters>
      <List
        of={pages}
        label={t('list.label')}
        row={(one) => <Line key={one.id} of={one} />}
        empty={filtered ? <Empty says={t('list.none')} /> : <Empty says={t('list.empty')} hint={t('list.emptyHint')} action={button} />}
      />
      {mayAdd && <AddSheet open={add === '1'} onClose={() => put({ add: null }, { replace: true })} />}
    </>
  )
}

function Line({ of }: { of: DirectiveView }) {
  const t = useWords('directives', words)
  const open = of.coverage.open + of.findings.open
  const all = of.coverage.all + of.findings.all
  const progress = of.state === 'settled' ? t('list.done') : all === 0 ? t('list.nothing') : t('list.open', { n: open })
  return (
    <Row
      open={{ to: `/directives/${of.id}` }}
      what={
        <>
          <Tag>{t(`kind.${of.kind}`)}</Tag> {of.origin !== 'own' && <Tag tone="accent">{t(`origin.${of.origin}`)}</Tag>} {of.title}
        </>
      }
      why={
        <>
          <Day day={of.issuedOn} />
          {of.speaker && ` · ${of.speaker.name}`}
          {[of.sender, of.number, of.replyDue && t('head.reply', { day: of.replyDue })].filter(Boolean).map((one) => ` · ${one}`)} ·{' '}
          {t('list.facts', { characters: of.characters.toLocaleString('en-US') })}
        </>
      }
      day={
        <span className="list-coverage">
          <b>{progress}</b>
          <CoverageBar of={of} words={false} />
        </span>
      }
    />
  )
}
