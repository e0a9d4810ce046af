import { Checkbox, Input } from 'antd'
import { useCallback, useState } from 'react'
import { Refused, useAct } from '#web/client.ts'
import { Act, Button, Choice, Field, FormOf, Pick, Refusal, Segments, Sheet, tell } from '#web/kit/index.ts'
import { orgRoutes } from '../contract.ts'
import './change.css'
import {
  abolishOf,
  type Draft,
  goingOf,
  type Item,
  type Kind,
  mergeOf,
  movesOf,
  newKey,
  splitOf,
  startOf,
  undecided,
} from './change-parts.ts'
import { HangingOf, type Targets } from './hanging.tsx'
import { useOrg } from './said.ts'
import type { Unit, View } from './view.ts'
import { type DoProps, unitOptions } from './write.tsx'

const kinds: Kind[] = ['merge', 'split', 'abolish']
type Put = (change: Partial<Draft>) => void

/** 合并, 拆分, 撤销 in one drawer: what it becomes, what hangs there and where each thing goes, and what is left for a handover. */
export function ChangeForm({ of: { unit }, view, onClose, onUnit }: DoProps<'change'>) {
  const { t, today, day, list } = useOrg()
  const [draft, setDraft] = useState<Draft>(() => startOf(today))
  const [found, setFound] = useState<Record<string, readonly Item[]>>({})
  const put: Put = (change) => setDraft((before) => ({ ...before, ...change }))
  const onItems = useCallback((id: string, items: readonly Item[]) => setFound((before) => ({ ...before, [id]: items })), [])
  const undo = useAct(orgRoutes.undoChange, { onDone: () => tell(t('doneUndo')) })
  const done = (answer: { id: string; since: string; units: { name: string }[]; successors: { id: string; name: string }[] }) => {
    const units = list(answer.units.map((one) => one.name))
    tell(t('doneChange', { units, since: day(answer.since) }), { undo: () => undo.mutate({ id: answer.id }) })
    const next = answer.successors[0]
    if (next) onUnit(next.id)
    onClose()
  }
  const merge = useAct(orgRoutes.merge, { onDone: done })
  const split = useAct(orgRoutes.split, { onDone: done })
  const abolish = useAct(orgRoutes.abolish, { onDone: done })
  const act = { merge, split, abolish }[draft.kind]
  const subjects = draft.kind === 'merge' ? [unit.id, ...draft.others] : [unit.id]
  const items = subjects.flatMap((id) => found[id] ?? [])
  const send = () => {
    if (draft.kind === 'merge') merge.mutate(mergeOf(unit.id, items, draft))
    if (draft.kind === 'split') split.mutate(splitOf(unit.id, items, draft))
    if (draft.kind === 'abolish') abolish.mutate(abolishOf(unit.id, items, draft))
  }
  const refused = act.error instanceof Refused ? act.error : null
  const at = (name: string) => (refused?.at.some((one) => one.at === name) ? refused.message : null)
  // A refusal at a decision stands at its line; the lines are sent in the order they are shown.
  const moveAt = /^\/moves\/(\d+)\//.exec(refused?.at[0]?.at ?? '')
  const wrong = moveAt && refused ? { move: movesOf(items, draft)[Number(moveAt[1])], message: refused.message } : null
  const shownAtField =
    refused !== null && (wrong !== null || ['/since', '/into/name', '/into/unit', '/parts'].some((name) => at(name) !== null))
  const left = undecided(items, draft)
  return (
    <Sheet open onClose={onClose} title={t('titleChange', { name: unit.name })} wide>
      <FormOf
        onSend={send}
        foot={
          <>
            <Act kind="main" type="submit" loading={act.isPending} disabled={left > 0}>
              {t(`change.${draft.kind}`)}
            </Act>
            {left > 0 && <span className="note">{t('undecided', { count: left })}</span>}
          </>
        }
      >
        <Segments
          label={t('change')}
          options={kinds.map((kind) => ({ value: kind, label: t(`change.${kind}`) }))}
          value={draft.kind}
          onChange={(kind) => put({ kind: kind as Kind, to: {} })}
        />
        <p className="hint">{t(`changeHint.${draft.kind}`)}</p>
        {draft.kind === 'merge' && <MergeInto unit={unit} view={view} draft={draft} put={put} at={at} />}
        {draft.kind === 'split' && <Parts draft={draft} put={put} error={at('/parts') ?? at('/parts/0/name') ?? at('/parts/1/name')} />}
        {draft.kind === 'abolish' && (
          <UnitsField
            label={t('carriedOnBy')}
            hint={t('carriedOnHint')}
            view={view}
            except={[unit.id]}
            value={draft.successors}
            onChange={(successors) => put({ successors })}
          />
        )}
        <Field label={t('changeFrom')} error={at('/since')}>
          {(control) => (
            <Input {...control} type="date" max={today} value={draft.since} onChange={(event) => put({ since: event.target.value })} />
          )}
        </Field>
        <Field label={t('ground')} hint={t('groundHint')} required={false}>
          {(control) => (
            <Input {...control} value={draft.ground} maxLength={200} onChange={(event) => put({ ground: event.target.value })} />
          )}
        </Field>
        {/^\d{4}-\d{2}-\d{2}$/.test(draft.since) &&
          subjects.map((id) => (
            <HangingOf
              key={`${id} ${draft.since}`}
              unit={view.units.get(id)?.name ?? ''}
              id={id}
              on={draft.since}
              draft={draft}
              targets={targetsOf(unit, view, draft, t('newUnit'))}
              onItems={onItems}
              onDraft={setDraft}
              wrong={wrong}
            />
          ))}
        {!shownAtField && <Refusal of={act.error} />}
      </FormOf>
    </Sheet>
  )
}

/** Where things can go: first whoever carries on, then the rest of the office. */
function targetsOf(unit: Unit, view: View, draft: Draft, unnamed: string): Targets {
  const going = goingOf(unit.id, draft)
  const named = (id: string) => ({ value: id, label: view.units.get(id)?.name ?? '' })
  const first = {
    merge: draft.into ? [named(draft.into)] : [{ value: newKey, label: draft.name.trim() || unnamed }],
    split: draft.parts.map((part) => ({ value: part.key, label: part.name.trim() || unnamed })),
    abolish: draft.successors.map(named),
  }[draft.kind]
  const taken = new Set([...going, ...first.map((one) => one.value), ...(draft.kind === 'split' ? [unit.id] : [])])
  const rest = [...view.units.values()].filter((one) => !taken.has(one.id) && !view.coming(one))
  return {
    first,
    rest: rest.map(({ id, name }) => ({ value: id, label: name })),
    branches: new Set(rest.filter((one) => one.kind === 'branch').map((one) => one.id)),
  }
}

function MergeInto({
  unit,
  view,
  draft,
  put,
  at,
}: {
  unit: Unit
  view: View
  draft: Draft
  put: Put
  at: (name: string) => string | null
}) {
  const { t } = useOrg()
  return (
    <>
      <UnitsField
        label={t('mergeWith')}
        view={view}
        except={[unit.id, draft.into]}
        value={draft.others}
        onChange={(others) => put({ others, to: {} })}
      />
      <Field label={t('mergeInto')} error={at('/into/unit')}>
        {(control) => (
          <Choice
            {...control}
            none={t('newUnit')}
            options={unitOptions(view, unit.id).filter(({ value }) => !draft.others.includes(value))}
            value={draft.into}
            onChange={(into) => put({ into, to: {} })}
          />
        )}
      </Field>
      {!draft.into && (
        <Field label={t('newName')} error={at('/into/name')}>
          {(control) => <Input {...control} value={draft.name} maxLength={120} onChange={(event) => put({ name: event.target.value })} />}
        </Field>
      )}
    </>
  )
}

function Parts({ draft, put, error }: { draft: Draft; put: Put; error: string | null }) {
  const { t } = useOrg()
  const change = (i: number, name: string) => put({ parts: draft.parts.map((part, n) => (n === i ? { ...part, name } : part)) })
  return (
    <>
      <Checkbox checked={draft.keeps} onChange={(event) => put({ keeps: event.target.checked, to: {} })}>
        {t('keeps')}
      </Checkbox>
      {draft.parts.map((part, i) => (
        <Field key={part.key} label={t('partName', { n: i + 1 })} error={i === draft.parts.length - 1 ? error : null}>
          {(control) => (
            <span className="change-part">
              <Input {...control} value={part.name} maxLength={120} onChange={(event) => change(i, event.target.value)} />
              {draft.parts.length > 1 && (
                <Button kind="bare" onClick={() => put({ parts: draft.parts.filter((one) => one !== part), to: {} })}>
                  {t('drop')}
                </Button>
              )}
            </span>
          )}
        </Field>
      ))}
      {draft.parts.length < 10 && (
        <div>
          <Button onClick={() => put({ parts: [...draft.parts, { key: `p${Number(draft.parts.at(-1)?.key.slice(1)) + 1}`, name: '' }] })}>
            {t('addPart')}
          </Button>
        </div>
      )}
    </>
  )
}

/** Some units, found by typing, one after the other. */
function UnitsField({
  label,
  hint,
  view,
  except,
  value,
  onChange,
}: {
  label: string
  hint?: string
  view: View
  except: readonly string[]
  value: readonly string[]
  onChange: (value: string[]) => void
}) {
  const { t } = useOrg()
  return (
    <Field label={label} hint={hint} required={false}>
      {(control) => (
        <div className="change-units">
          {value.map((id) => (
            <span key={id} className="tag">
              {view.units.get(id)?.name}{' '}
              <button
                type="button"
                onClick={() => onChange(value.filter((one) => one !== id))}
                aria-label={t('dropNamed', { name: view.units.get(id)?.name ?? '' })}
              >
                ×
              </button>
            </span>
          ))}
          <Pick
            {...control}
            options={unitOptions(view).filter((one) => !except.includes(one.value) && !value.includes(one.value))}
            value={null}
            onChange={(id) => id && onChange([...value, id])}
          />
        </div>
      )}
    </Field>
  )
}
