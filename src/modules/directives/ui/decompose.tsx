import { useNavigate, useParams } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type Search, useAddress } from '#web/address.ts'
import { useLookingBack } from '#web/as-of.ts'
import { useRead } from '#web/client.ts'
import { Act, Empty, Go, Headline, Segments, Shown, tell } from '#web/kit/index.ts'
import { useWords } from '#web/words.ts'
import { directiveRoutes, type ProposalView, type WholeView } from '../contract.ts'
import { rootOf as rootIn } from '../rules.ts'
import { Besides } from './beside.tsx'
import { CoverageBar } from './coverage.tsx'
import './decompose.css'
import { LoadPanel } from '#modules/duties/ui/load.tsx'
import { acceptOf, EditForm, missingIn } from './edit-form.tsx'
import { OutlinePane } from './outline-pane.tsx'
import { AsideForm, type Does, ProposalCard, SplitForm } from './proposal-card.tsx'
import { cutsOf, spotOf } from './spans.ts'
import { type Range, TextPane } from './text-pane.tsx'
import { useDecisions } from './use-decisions.ts'
import { useKeys } from './use-keys.ts'
import { words } from './words.ts'

/** 部署分解: the text, what was read in it, and what becomes of each sentence. */
export default function Decompose() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const whole = useRead(directiveRoutes.read, { id })
  return <Shown of={whole}>{(data) => <Panes whole={data} />}</Shown>
}

const filters = ['all', 'open', 'carried', 'aside'] as const
const stateOf = { open: 'open', carried: 'accepted', aside: 'aside' } as const
const panes = ['outline', 'text', 'proposals'] as const

const nothing: Does = {}
const none: readonly never[] = []

type Doing = { id: string; what: 'ask' | 'edit' | 'aside' | 'split' }

function Panes({ whole }: { whole: WholeView }) {
  const t = useWords('directives', words)
  const { directive, text, proposals } = whole
  const lookingBack = useLookingBack()
  const besides = useRead(directiveRoutes.beside, { id: directive.id }, { keep: true })
  const [address] = useAddress('at', 'show', 'pane')
  const navigate = useNavigate()
  // The router would put each pane back to where it was; here the panes follow the sentence.
  const put = useCallback(
    (change: Search) =>
      void navigate({ to: '.', search: (before: Search) => ({ ...before, ...change }), replace: true, resetScroll: false }),
    [navigate],
  )
  const pane = panes.find((one) => one === address.pane) ?? 'proposals'
  const show = filters.find((one) => one === address.show) ?? 'all'
  const [doing, setDoing] = useState<Doing | null>(null)
  const caret = useRef<Range | null>(null)

  const byId = useMemo(() => new Map(proposals.map((one) => [one.id, one])), [proposals])
  const rootOf = useCallback((id: string) => rootIn(byId.get(id) as ProposalView, byId).id, [byId])
  const cards = useMemo(() => proposals.filter((one) => one.state !== 'split' && one.state !== 'merged'), [proposals])
  const listed = show === 'all' ? cards : cards.filter((one) => one.state === stateOf[show])
  const open = cards.filter((one) => one.state === 'open')
  const spot = spotOf(address.at, cards) ?? spotOf(address.at, proposals)
  const current = cards.find((one) => spot !== null && one.id === rootOf(spot.id)) ?? open[0] ?? cards[0] ?? null

  const pick = useCallback((id: string) => put({ at: id }), [put])
  const step = (by: 1 | -1) => {
    const from = current?.start ?? -1
    const found = by === 1 ? open.find((one) => one.start > from) : open.findLast((one) => one.start < from)
    if (found) pick(found.id)
    else if (open.length === 0) tell(t('all.done'))
  }
  const next = () => step(1)
  const before = () => step(-1)
  const decisions = useDecisions((from) => {
    setDoing(null)
    if (!from) return
    const following = open.find((one) => one.start > from.start) ?? open.find((one) => one.id !== from.id)
    pick((following ?? from).id)
  }, pick)
  const begin = (what: Doing['what'], of: ProposalView) => {
    decisions.clear()
    if (of.id !== current?.id) pick(of.id)
    setDoing({ id: of.id, what })
  }
  const above = (of: ProposalView) => open.findLast((one) => one.type === of.type && one.start < of.start)

  /** What the load of accepting it is asked with; nothing while something is missing or nothing is owed by a day. */
  const loadOf = (of: ProposalView) => {
    if (of.type !== 'duty' || !of.actions.includes('accept') || missingIn(of, directive.issuedOn).length > 0) return null
    const { rrule, due, since, holders } = acceptOf(of, whole.since, directive.issuedOn)
    if (!holders || !since || (!rrule && !due)) return null
    return { kind: of.kind, rrule: rrule ?? null, due: due ?? null, since, holders }
  }

  /** What this person may do to a sentence now; what cannot be done is not there. */
  const doesOf = (of: ProposalView): Does => {
    const may = (verb: string) => of.actions.includes(verb) && !lookingBack
    const over = above(of)
    return {
      ...(may('accept') && {
        accept: () =>
          missingIn(of, directive.issuedOn).length > 0
            ? begin('ask', of)
            : decisions.accept(of, acceptOf(of, whole.since, directive.issuedOn), false),
      }),
      ...(may('edit') && { edit: () => begin('edit', of) }),
      ...(may('merge') && over && { merge: () => decisions.merge(of, over.id) }),
      ...(may('split') && {
        split: () => {
          const at = caret.current && (caret.current.start > of.start ? caret.current.start : caret.current.end)
          if (at !== null && at > of.start && at < of.end) decisions.split(of, at, pick)
          else if (cutsOf(text, of.start, of.end).length > 0) begin('split', of)
          else tell(t('split.nowhere'))
        },
      }),
      ...(may('aside') && { aside: () => begin('aside', of) }),
      ...(may('reopen') && { reopen: () => decisions.takeBack(of.id) }),
    }
  }
  const does = current ? doesOf(current) : {}
  const joinedOf = (of: ProposalView) =>
    of.joined.map((one) => ({
      id: one.id,
      text: text.slice(one.start, one.end),
      takeBack: of.state === 'open' && byId.get(one.id)?.actions.includes('reopen') ? () => decisions.takeBack(one.id) : undefined,
    }))
  const idle = !decisions.busy
  useKeys({
    j: next,
    k: before,
    ArrowDown: next,
    ArrowUp: before,
    ...(idle && { a: does.accept, e: does.edit, s: does.split, x: does.aside }),
    ...(idle && does.edit && { m: does.merge ?? (() => tell(t('merge.first'))) }),
    ...(idle && !lookingBack && { z: does.reopen ?? (() => void decisions.undo()) }),
  })
  const goTo = useCallback(
    (start: number) => {
      const all = [...document.querySelectorAll<HTMLElement>('.paper [data-from]')]
      const target = all.find((one) => Number(one.dataset.from) >= start) ?? all.at(-1)
      put({ pane: 'text' })
      requestAnimationFrame(() => target?.scrollIntoView({ block: 'start' }))
    },
    [put],
  )
  useInSight(current?.id ?? null, `${pane} ${doing?.id} ${doing?.what}`)
  const select = useCallback((range: Range | null) => {
    if (range) caret.current = range
  }, [])

  const form = (of: ProposalView) => {
    if (doing?.id !== of.id || lookingBack) return undefined
    const leave = () => setDoing(null)
    if (doing.what === 'aside') return <AsideForm busy={decisions.busy} leave={leave} send={(reason) => decisions.aside(of, reason)} />
    if (doing.what === 'split') {
      const { start, end } = of
      const cut = (id: string) => {
        setDoing(null)
        pick(id)
      }
      return <SplitForm {...{ text, start, end, leave }} cuts={cutsOf(text, start, end)} send={(at) => decisions.split(of, at, cut)} />
    }
    return (
      <EditForm
        {...{ of, leave, mode: doing.what, since: whole.since, issuedOn: directive.issuedOn, busy: decisions.busy }}
        refused={decisions.refused}
        save={(input) => decisions.edit(of, input)}
        accept={(input) => decisions.accept(of, input, true)}
      />
    )
  }
  return (
    <div className="decompose to-the-edges">
      <Bar whole={whole} settle={() => decisions.settle(directive.id)} />
      <div className="pane-tabs">
        <Segments
          label={t('pane.label')}
          value={pane}
          onChange={(next) => put({ pane: next })}
          options={panes.map((one) => ({ value: one, label: t(`pane.${one}`) }))}
        />
      </div>
      <div className={`panes show-${pane}`}>
        <OutlinePane whole={whole} at={current?.start ?? null} go={goTo} />
        <TextPane
          {...{ whole, current, rootOf, pick }}
          onSelect={select}
          onScroll={(pane) => follow(pane, rootOf)}
          mark={
            directive.actions.includes('mark') ? (range, type) => decisions.mark(directive.id, range.start, range.end, type, pick) : null
          }
        />
        <section className="proposals" aria-label={t('pane.proposals')}>
          <div className="proposals-head">
            <Segments
              label={t('filter.label')}
              value={show}
              onChange={(next) => put({ show: next === 'all' ? undefined : next })}
              options={filters.map((one) => ({ value: one, label: t(`filter.${one}`) }))}
            />
          </div>
          {listed.map((one) => {
            const on = one.id === current?.id
            return (
              <ProposalCard
                key={one.id}
                of={one}
                paper={directive.id}
                current={on}
                does={on ? does : nothing}
                joined={one.joined.length > 0 ? joinedOf(one) : none}
                busy={on && decisions.busy}
                pick={pick}
                beside={
                  on && !lookingBack && one.actions.includes('edit') ? (
                    <Besides
                      of={one}
                      list={(besides.data?.items ?? []).filter((each) => each.proposal === one.id)}
                      issuedOn={directive.issuedOn}
                      done={next}
                    />
                  ) : null
                }
                load={on && <LoadPanel input={loadOf(one)} />}
              >
                {form(one)}
              </ProposalCard>
            )
          })}
          {listed.length === 0 && <Empty says={t(cards.length === 0 ? 'filter.noProposals' : 'filter.none')} />}
          {listed.length > 0 && !lookingBack && <p className="hint keys-hint">{t('keys.hint')}</p>}
        </section>
      </div>
    </div>
  )
}

/** Keeps the current sentence in sight in the text and among the proposals; at once, since j and k are pressed faster than a page glides. */
function useInSight(id: string | null, look: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a pane that was hidden, or a form that opens, has to be scrolled to as well
  useEffect(() => {
    if (id === null) return
    const card = document.getElementById(`p-${id}`)
    document.querySelector(`.paper [data-id="${id}"]`)?.scrollIntoView({ block: 'nearest' })
    card?.scrollIntoView({ block: 'nearest' })
    const { activeElement } = document
    if (activeElement === document.body || activeElement?.classList.contains('proposal')) card?.focus({ preventScroll: true })
  }, [id, look])
}

/** The proposals beside the text that is being scrolled: the card of the first sentence in sight comes to the top. */
function follow(text: HTMLElement, rootOf: (id: string) => string): void {
  const { top } = text.getBoundingClientRect()
  const marks = [...text.querySelectorAll<HTMLElement>('[data-id]')]
  let [low, high] = [0, marks.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((marks[middle]?.getBoundingClientRect().bottom ?? 0) < top) low = middle + 1
    else high = middle
  }
  const id = marks[low]?.dataset.id
  const card = id === undefined ? null : document.getElementById(`p-${rootOf(id)}`)
  const list = card?.closest('.proposals')
  if (card && list) list.scrollTop = card.offsetTop - 64
}

function Bar({ whole, settle }: { whole: WholeView; settle: () => void }) {
  const t = useWords('directives', words)
  const { directive, sections } = whole
  const headings = sections.filter((one) => one.marker !== null)
  const top = Math.min(...headings.map((one) => one.depth))
  const parts = headings.filter((one) => one.depth === top).length
  const counts = {
    characters: directive.characters.toLocaleString('en-US'),
    parts,
    items: headings.length - parts,
    commands: directive.coverage.all,
    problems: directive.findings.all,
  }
  const facts = [
    directive.origin === 'own' ? null : t(`origin.${directive.origin}`),
    directive.sender,
    directive.number,
    directive.replyDue && t('head.reply', { day: directive.replyDue }),
    ...whole.tables.map((one) => t('tables.read', { columns: one.columns.map((column) => column.header || '—').join('、') })),
  ]
    .filter(Boolean)
    .join(' · ')
  const left = directive.coverage.open + directive.findings.open
  return (
    <div className="decompose-bar">
      <Headline title={directive.title} sub={[facts, t('head.counts', counts)].filter(Boolean).join(' · ')} />
      <CoverageBar of={directive} />
      {directive.state === 'settled' ? (
        <Go to="/duties" search={{ directive: directive.id }} kind="soft">
          {t('duties')}
        </Go>
      ) : (
        <Act
          kind="main"
          onClick={settle}
          disabled={!directive.actions.includes('settle')}
          {...(left > 0 ? { title: t('settle.left', { n: left }) } : {})}
        >
          {t('settle')}
        </Act>
      )}
    </div>
  )
}
