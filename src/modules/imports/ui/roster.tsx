import { Imports } from './imports.tsx'
import { useImports } from './said.ts'

/** 导入花名册. */
export default function RosterImport() {
  const { t } = useImports()
  return <Imports kind="roster" title={t('roster.title')} says={t('roster.says')} back={{ to: '/org', word: t('roster.back') }} />
}
