import { useRef, useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import { dutyKinds } from '#modules/obligations/contract.ts'
import { useAddress } from '#web/address.ts'
import { usePages } from '#web/client.ts'
import { Card, Choice, Empty, Failed, Filters, Loading } from '#web/kit/index.ts'
import { useLang, useSay } from '#web/words.ts'
import { sayCadence } from '../cadence.ts'
import { dutyRoutes } from '../contract.ts'
import type { ViewProps } from './duties.tsx'
import { Ends, Holders, Lights, useT } from './parts.tsx'

type NodeOk = OkOf<typeof dutyRoutes.tree>['items'][number]
type TreeState = {
  isOpen: (id: string) => boolean
  toggle: (id: string, open?: boolean) => void
  current: string | undefined
  show: (id: string) => void
}

const keys = ['ArrowDown', 'ArrowUp', 'ArrowRight', 'ArrowLeft', 'Home', 'End'] as const
type Key = (typeof keys)[number]
const isKey = (key: string): key is Key => keys.some((one) => one === key)

/** Where a key leads from an item, over what is open. Right goes into an open branch, left to the item above. */
function neighbour(key: Key, item: HTMLElement, tree: HTMLElement | null): HTMLElement | null | undefined {
  const items = [...(tree?.querySelectorAll<HTMLElement>('[role=treeitem]') ?? [])]
  const at = items.indexOf(item)
  if (key === 'Home') return items[0]
  if (key === 'End') return items.at(-1)
  if (key === 'ArrowLeft') return items.slice(0, at).findLast((one) => Number(one.ariaLevel) < Number(item.ariaLevel))
  if (key === 'ArrowRight') return item.getAttribute('aria-expanded') === 'true' ? items[at + 1] : null
  return items[key === 'ArrowDown' ? at + 1 : at - 1]
}

/** 责任分解: what carries what, opened as one goes down. Arrow keys as in any tree; each branch says whether it ends at named persons. */
export function Tree({ open, show }: ViewProps) {
  const t = useT()
  const root = useRef<HTMLDivElement>(null)
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const [{ kind }, put] = useAddress('kind')
  const toggle = (id: string, to = !opened.has(id)) => {
    const next = new Set(opened)
    if (to) next.add(id)
    else next.delete(id)
    setOpened(next)
  }
  const onKey = (event: React.KeyboardEvent) => {
    const item = event.target instanceof HTMLElement && event.target.role === 'treeitem' ? event.target : null
    if (!item) return
    const id = item.dataset.id ?? ''
    const expanded = item.getAttribute('aria-expanded')
    if (event.key === 'Enter') item.click()
    else if (event.key === 'ArrowRight' && expanded === 'false') toggle(id, true)
    else if (event.key === 'ArrowLeft' && expanded === 'true') toggle(id, false)
    else if (isKey(event.key)) neighbour(event.key, item, root.current)?.focus()
    else return
    event.preventDefault()
  }
  const own = dutyKinds.find((one) => one === kind)
  return (
    <>
      <Filters>
        <Choice
          label={t('filter.kind')}
          none={t('filter.kind')}
          options={dutyKinds.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
          value={kind ?? ''}
          onChange={(next) => put({ kind: next })}
        />
        <span className="note duty-keys">{t('tree.hint')}</span>
      </Filters>
      <Card>
        <div className="duty-tree" role="tree" tabIndex={-1} aria-label={t('tree.label')} ref={root} onKeyDown={onKey}>
          <Below parent={null} level={1} kind={own} tree={{ isOpen: (id) => opened.has(id), toggle, current: open, show }} />
        </div>
      </Card>
    </>
  )
}

/** What hangs below a duty, fetched when it is opened. */
function Below({
  parent,
  level,
  kind,
  tree,
}: {
  parent: string | null
  level: number
  kind?: (typeof dutyKinds)[number] | undefined
  tree: TreeState
}) {
  const t = useT()
  const say = useSay()
  const pages = usePages(dutyRoutes.tree, { ...(parent ? { parent } : {}), ...(kind ? { kind } : {}), limit: 50 }, { keep: true })
  if (!pages.items)
    return <div role="none">{pages.error ? <Failed error={pages.error} retry={pages.refetch} /> : <Loading lines={parent ? 1 : 5} />}</div>
  if (pages.items.length === 0 && parent === null)
    return (
      <div role="none">
        <Empty says={t('tree.empty')} hint={t('tree.emptyHint')} />
      </div>
    )
  return (
    <>
      {pages.items.map((node, i) => (
        <Node key={node.id} node={node} level={level} first={level === 1 && i === 0} tree={tree} />
      ))}
      {pages.more && (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the tree carries the keys
        <div
          role="treeitem"
          aria-level={level}
          aria-selected={false}
          tabIndex={-1}
          className="duty-tree-more"
          onClick={() => pages.more?.()}
        >
          {pages.fetchingMore ? say('loading') : say('list.more')}
        </div>
      )}
    </>
  )
}

function Node({ node, level, first, tree }: { node: NodeOk; level: number; first: boolean; tree: TreeState }) {
  const t = useT()
  const lang = useLang()
  const open = node.children > 0 && tree.isOpen(node.id)
  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the tree carries the keys */}
      <div
        role="treeitem"
        data-id={node.id}
        aria-level={level}
        aria-selected={node.id === tree.current}
        {...(node.children > 0 ? { 'aria-expanded': open } : {})}
        tabIndex={first || node.id === tree.current ? 0 : -1}
        className={`duty-node${node.id === tree.current ? ' current' : ''}`}
        style={{ paddingInlineStart: 8 + (level - 1) * 22 }}
        onClick={(event) => {
          if (event.target instanceof Element && event.target.closest('.duty-twist.opens')) tree.toggle(node.id)
          else tree.show(node.id)
        }}
      >
        {/* The keyboard opens and closes with the arrows. */}
        <span className={`duty-twist${node.children > 0 ? ' opens' : ''}`} aria-hidden="true">
          {node.children > 0 && (
            <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true" className={open ? 'open' : ''}>
              <path d="M3 1.5 7 5 3 8.5" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
            </svg>
          )}
        </span>
        <span className="duty-node-what">
          {node.title}
          <small>
            <Holders of={node.holders.slice(0, 3)} />
            {node.holders.length > 3 && ` +${node.holders.length - 3}`} · {sayCadence(node.rrule, node.due, lang)}
          </small>
        </span>
        <span className="duty-node-facts">
          {node.children > 0 && <span className="note">{t('tree.children', { count: node.children })}</span>}
          {node.uncarried > 0 && <span className="duty-gap">{t('tree.uncarried', { count: node.uncarried })}</span>}
          <Ends ends={node.ends} />
          <Lights of={node.lights} />
        </span>
      </div>
      {open && <Below parent={node.id} level={level + 1} tree={tree} />}
    </>
  )
}
