import { FieldsOf, type Form, type PickOption } from '#web/kit/index.ts'
import { type LawKind, type LawLevel, lawKinds, lawLevels } from '../reading/types.ts'
import { useT } from './words.ts'

/** The facts of a law as a form holds them: all texts, '' for what is not known. */
export type FactValues = {
  title: string
  aliases: string
  issuer: string
  document: string
  kind: LawKind
  level: LawLevel
  passed: string
  since: string
  versionOf: string
}
type Given = {
  title: string
  aliases?: readonly string[]
  issuer: string | null
  document: string | null
  kind: LawKind
  level: LawLevel
  passed: string | null
  since: string | null
}

export const factsFrom = (of: Given, versionOf = ''): FactValues => ({
  title: of.title,
  aliases: (of.aliases ?? []).join('、'),
  issuer: of.issuer ?? '',
  document: of.document ?? '',
  kind: of.kind,
  level: of.level,
  passed: of.passed ?? '',
  since: of.since ?? '',
  versionOf,
})

/** What is sent: blanks trimmed, other names apart, null for what is empty. */
export const sentFacts = (of: FactValues) => ({
  title: of.title.trim(),
  aliases: of.aliases
    .split(/[、，,;；\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== ''),
  issuer: of.issuer.trim() || null,
  document: of.document.trim() || null,
  kind: of.kind,
  level: of.level,
  passed: of.passed || null,
  since: of.since,
})

/** The fields; `laws` offers which law the text is a version of. */
export function FactFields({ form, laws }: { form: Form<FactValues>; laws?: readonly PickOption[] }) {
  const t = useT()
  return (
    <FieldsOf
      form={form}
      fields={[
        { name: 'title', label: t('field.title'), maxLength: 200 },
        {
          name: 'versionOf',
          kind: 'choice',
          label: t('field.versionOf'),
          hint: t('field.versionHint'),
          when: laws !== undefined,
          options: [{ value: '', label: t('field.versionNew') }, ...(laws ?? [])],
        },
        { name: 'since', kind: 'day', label: t('field.since') },
        { name: 'passed', kind: 'day', label: t('field.passed'), required: false },
        { name: 'kind', kind: 'choice', label: t('field.kind'), options: lawKinds.map((one) => ({ value: one, label: t(`kind.${one}`) })) },
        {
          name: 'level',
          kind: 'choice',
          label: t('field.level'),
          options: lawLevels.map((one) => ({ value: one, label: t(`level.${one}`) })),
        },
        { name: 'issuer', label: t('field.issuer'), required: false, maxLength: 100 },
        { name: 'document', label: t('field.document'), required: false, maxLength: 100 },
        { name: 'aliases', label: t('field.aliases'), hint: t('field.aliasesHint'), required: false, maxLength: 400 },
      ]}
    />
  )
}
