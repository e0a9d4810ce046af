import { orgRoutes } from '../contract.ts'
import { lineOf, lines, type UnitKind, unitKinds } from '../rules.ts'
import { useOrg } from './said.ts'
import { aliasesIn, type Unit } from './view.ts'
import { type DoProps, dayOr, needed, type Rest, unitOptions, Write } from './write.tsx'

export function AddUnit({ of, view, onClose, onUnit }: DoProps<'addUnit'>) {
  const { t, today } = useOrg()
  const first = view.units.size === 0
  const roots = view.below(null).filter(({ kind }) => kind === 'office')
  const above = of.parent ?? (roots.length === 1 ? roots[0]?.id : undefined) ?? ''
  return (
    <Write
      route={orgRoutes.addUnit}
      title={t('titleAddUnit')}
      verb={t('addUnit')}
      draft="org.addUnit"
      start={{
        name: '',
        parent: above,
        kind: first ? 'office' : 'department',
        line: 'usual',
        aliases: '',
        since: `${today.slice(0, 4)}-01-01`,
        until: '',
      }}
      fields={(values) => [
        { name: 'name', label: t('name'), maxLength: 120 },
        { name: 'kind', kind: 'choice', label: t('kind'), options: unitKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })) },
        { name: 'line', kind: 'choice', label: t('line'), options: lineOptions(t, values.kind as UnitKind) },
        {
          name: 'parent',
          kind: 'unit',
          label: t('parent'),
          options: unitOptions(view),
          required: false,
          placeholder: t('noParent'),
          when: !first,
        },
        { name: 'aliases', label: t('aliases'), hint: t('aliasesHint'), required: false },
        { name: 'since', kind: 'day', label: t('since') },
        { name: 'until', kind: 'day', label: t('until'), hint: t('untilHint'), required: false },
      ]}
      send={(v) => ({
        name: v.name,
        kind: v.kind as UnitKind,
        line: v.line === 'usual' ? lineOf[v.kind as UnitKind] : (v.line as Unit['line']),
        parent: dayOr(v.parent),
        aliases: aliasesIn(v.aliases),
        since: needed(v.since),
        until: dayOr(v.until),
      })}
      done={(unit) => t('doneAdd', { name: unit.name })}
      onDone={(unit) => onUnit(unit.id)}
      onClose={onClose}
    />
  )
}

type T = ReturnType<typeof useOrg>['t']
const lineOptions = (t: T, kind: UnitKind) => [
  { value: 'usual', label: t('line.usual', { line: t(`line.${lineOf[kind]}`) }) },
  ...lines.map((line) => ({ value: line, label: t(`line.${line}`) })),
]

export function EditUnit({ unit, view, onClose }: Rest & { unit: Unit }) {
  const { t } = useOrg()
  return (
    <Write
      route={orgRoutes.editUnit}
      title={t('titleEditUnit', { name: unit.name })}
      verb={t('save')}
      start={{ name: unit.name, parent: unit.parent ?? '', since: '', aliases: unit.aliases.join('、'), sort: unit.sort as number | null }}
      fields={(v) => [
        { name: 'name', label: t('name'), maxLength: 120 },
        {
          name: 'parent',
          kind: 'unit',
          label: t('parent'),
          options: unitOptions(view, unit.id),
          placeholder: t('noParent'),
          required: false,
        },
        {
          name: 'since',
          kind: 'day',
          label: t('changeSince'),
          hint: t('changeSinceHint'),
          required: false,
          when: v.name !== unit.name || (v.parent || null) !== unit.parent,
        },
        { name: 'aliases', label: t('aliases'), hint: t('aliasesHint'), required: false },
        { name: 'sort', kind: 'number', label: t('sort'), hint: t('sortHint') },
      ]}
      send={(v) => ({
        id: unit.id,
        name: v.name,
        parent: v.parent || null,
        aliases: aliasesIn(v.aliases),
        sort: v.sort ?? unit.sort,
        ...(v.since && (v.name !== unit.name || (v.parent || null) !== unit.parent) ? { since: v.since } : {}),
      })}
      done={(answer) => t('doneSave', { name: answer.name })}
      onClose={onClose}
    />
  )
}
