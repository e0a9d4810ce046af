import { Input } from 'antd'
import { useEffect } from 'react'
import { useRead } from '#web/client.ts'
import { Choice, type PickOption, Section, Shown } from '#web/kit/index.ts'
import type { HangingKind } from '../changes.ts'
import { orgRoutes } from '../contract.ts'
import { type Draft, end, type Item, keyOf } from './change-parts.ts'
import { useOrg } from './said.ts'

export type Targets = { first: PickOption[]; rest: PickOption[]; branches: ReadonlySet<string> }
type Props = {
  id: string
  unit: string
  on: string
  draft: Draft
  targets: Targets
  onItems: (id: string, items: readonly Item[]) => void
  onDraft: (next: (before: Draft) => Draft) => void
  wrong: { move: { what: HangingKind; id: string } | undefined; message: string } | null
}

/** What hangs below a unit that is changed, each with the choice of where it goes; one choice above for all that are still open. */
export function HangingOf({ id, unit, on, draft, targets, onItems, onDraft, wrong }: Props) {
  const { t } = useOrg()
  const read = useRead(orgRoutes.hanging, { id, on }, { keep: true })
  const items = read.data?.items
  useEffect(() => {
    if (items) onItems(id, items)
  }, [id, items, onItems])
  const stays = draft.kind === 'split' && draft.keeps
  const open = (items ?? []).filter((item) => !draft.to[keyOf(item)])
  const decideAll = (to: string) =>
    onDraft((before) => ({
      ...before,
      to: { ...before.to, ...Object.fromEntries(open.filter((item) => allowed(item, to, targets)).map((item) => [keyOf(item), to])) },
    }))
  return (
    <Section title={t('hangingOf', { name: unit })} note={items ? String(items.length) : undefined}>
      <Shown of={read}>
        {(answer) => (
          <>
            {answer.items.length === 0 && <p className="note">{t('hangingNone')}</p>}
            {open.length > 1 && (
              <p className="change-all">
                <Choice
                  label={t('decideAll')}
                  none={stays ? t('moveSome') : t('decideAll')}
                  options={[...targets.first, ...targets.rest]}
                  value=""
                  onChange={decideAll}
                />
              </p>
            )}
            {answer.items.length > 0 && (
              <ul className="change-items" aria-label={t('hangingOf', { name: unit })}>
                {answer.items.map((item) => (
                  <Line key={keyOf(item)} item={item} draft={draft} targets={targets} stays={stays} onDraft={onDraft} wrong={wrong} />
                ))}
              </ul>
            )}
            {answer.left.duties + answer.left.obligations + answer.left.grants > 0 && (
              <p className="change-left">{t('leftThere', answer.left)}</p>
            )}
          </>
        )}
      </Shown>
    </Section>
  )
}

/** A unit does not end along; a member goes to a branch. New units are taken to be right for what is moved there. */
const allowed = (item: Item, to: string, { branches, first }: Targets): boolean =>
  item.what === 'member' ? branches.has(to) || first.some((one) => one.value === to) : item.what !== 'unit' || to !== end

type LineProps = Pick<Props, 'draft' | 'targets' | 'onDraft' | 'wrong'> & { item: Item; stays: boolean }

function Line({ item, draft, targets, stays, onDraft, wrong }: LineProps) {
  const { t } = useOrg()
  const key = keyOf(item)
  const to = draft.to[key] ?? ''
  const said = { unit: t('below1'), post: t('post'), charge: t('charge1'), member: t('member') }[item.what]
  const name = [item.name, item.who].filter(Boolean).join(' · ')
  const refused = wrong?.move && keyOf(wrong.move) === key ? wrong.message : null
  const open = (options: readonly PickOption[]) => options.filter((one) => allowed(item, one.value, targets))
  return (
    <li className={refused ? 'refused' : ''}>
      <span className="change-what">
        <small>{said}</small> {name}
      </span>
      <span className="change-to">
        <Choice
          label={t('goesTo', { name })}
          none={stays ? t('stays') : t('choose')}
          options={[
            ...open(targets.first).map((one) => ({ ...one, label: t('toUnit', { name: one.label }) })),
            ...(item.what === 'unit' ? [] : [{ value: end, label: t(`ends.${item.what}`) }]),
            ...open(targets.rest).map((one) => ({ ...one, label: t('toUnit', { name: one.label }) })),
          ]}
          value={to}
          onChange={(next) => onDraft((before) => ({ ...before, to: { ...before.to, [key]: next } }))}
        />
        {item.what === 'post' && to !== '' && to !== end && (
          <Input
            size="small"
            value={draft.names[key] ?? ''}
            placeholder={t('newPostName')}
            aria-label={t('newPostNameOf', { name: item.name })}
            maxLength={120}
            onChange={(event) => onDraft((before) => ({ ...before, names: { ...before.names, [key]: event.target.value } }))}
          />
        )}
      </span>
      {refused && (
        <p className="field-error" role="alert">
          {refused}
        </p>
      )}
    </li>
  )
}
