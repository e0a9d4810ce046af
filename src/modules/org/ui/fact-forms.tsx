import { useRead } from '#web/client.ts'
import { orgRoutes } from '../contract.ts'
import { type FactKind, factKinds, identities, standings } from '../rules.ts'
import { useOrg } from './said.ts'
import { type DoProps, dayOr, needed, Write } from './write.tsx'

/** A grade that the rules do not name: a professional title, say. */
const other = '*'

/** 职级, 人员身份, 党员身份, 所在支部 from a day; what is open of the kind ends on that day. */
export function NoteForm({ of, view, onClose }: DoProps<'note'>) {
  const { t, today } = useOrg()
  const grades = useRead(orgRoutes.grades, {}).data?.items ?? []
  const branches = [...view.units.values()].filter(({ kind }) => kind === 'branch')
  const chosen = (v: { kind: string; grade: string; own: string; identity: string; party: string }) =>
    ({ grade: v.grade === other ? v.own : v.grade, identity: v.identity, party: v.party })[v.kind]
  return (
    <Write
      route={orgRoutes.note}
      title={t('titleNote', { name: of.name })}
      verb={t('save')}
      draft={`org.note.${of.id}`}
      start={{ kind: 'grade', grade: '', own: '', identity: '', party: '', unit: '', since: today, until: '' }}
      fields={(v) => [
        {
          name: 'kind',
          kind: 'choice',
          label: t('factKind'),
          options: factKinds.map((kind) => ({ value: kind, label: t(`fact.${kind}`) })),
        },
        {
          name: 'grade',
          kind: 'pick',
          label: t('fact.grade'),
          options: [
            ...grades.map((one) => ({ value: one.name, label: one.name, note: one.level ? t(`level.${one.level}`) : '' })),
            { value: other, label: t('gradeOther') },
          ],
          when: v.kind === 'grade',
        },
        { name: 'own', label: t('gradeOwn'), hint: t('gradeOwnHint'), maxLength: 40, when: v.kind === 'grade' && v.grade === other },
        {
          name: 'identity',
          kind: 'choice',
          label: t('fact.identity'),
          options: identities.map((value) => ({ value, label: t(`identity.${value}`) })),
          when: v.kind === 'identity',
        },
        {
          name: 'party',
          kind: 'choice',
          label: t('fact.party'),
          options: standings.map((value) => ({ value, label: t(`party.${value}`) })),
          when: v.kind === 'party',
        },
        {
          name: 'unit',
          kind: 'unit',
          label: t('fact.branch'),
          options: branches.map(({ id, name }) => ({ value: id, label: name })),
          when: v.kind === 'branch',
        },
        { name: 'since', kind: 'day', label: t('since'), hint: t('noteHint') },
        { name: 'until', kind: 'day', label: t('until'), hint: t('untilHint'), required: false },
      ]}
      send={(v) => ({
        person: of.id,
        kind: v.kind as FactKind,
        ...(v.kind === 'branch' ? { unit: dayOr(v.unit ?? '') } : { value: dayOr(chosen(v) ?? '') }),
        since: needed(v.since),
        until: dayOr(v.until),
      })}
      done={() => t('doneAdd', { name: `${of.name} · ${t('fact.any')}` })}
      onClose={onClose}
    />
  )
}
