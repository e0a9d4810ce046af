import { useNavigate } from '@tanstack/react-router'
import { useOffice } from '#modules/acts/ui/office.ts'
import { Write } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { handoverRoutes } from '../contract.ts'
import { type Reason, reasons } from '../rules.ts'
import { type SheetOk, useT } from './said.ts'

/** Who moves, why and from which day: the rest is put together. */
export function Open({ person, onClose }: { person: string; onClose: () => void }) {
  const t = useT()
  const { today } = useMe()
  const navigate = useNavigate()
  const { persons } = useOffice()
  return (
    <Write
      route={handoverRoutes.open}
      title={t('start')}
      verb={t('open')}
      start={{ person, reason: 'transferred' as Reason, day: today, note: '' }}
      fields={() => [
        { name: 'person', kind: 'person', label: t('person'), options: persons },
        { name: 'reason', kind: 'choice', label: t('reason'), options: reasons.map((value) => ({ value, label: t(`reason.${value}`) })) },
        { name: 'day', kind: 'day', label: t('day'), hint: t('dayHint') },
        { name: 'note', label: t('note'), hint: t('noteHint'), required: false, maxLength: 500 },
      ]}
      send={({ person: who, reason, day, note }) => ({ person: who || (undefined as never), reason, day, note: note || null })}
      done={() => t('opened')}
      onClose={onClose}
      onDone={(sheet) => void navigate({ to: `/handovers/${sheet.id}` })}
    />
  )
}

/** Reason, day and note of a sheet that has not been sent. */
export function Edit({ sheet, onClose }: { sheet: SheetOk; onClose: () => void }) {
  const t = useT()
  return (
    <Write
      route={handoverRoutes.edit}
      title={t('edit')}
      verb={t('save')}
      start={{ reason: sheet.reason as Reason, day: sheet.day, note: sheet.note ?? '' }}
      fields={() => [
        { name: 'reason', kind: 'choice', label: t('reason'), options: reasons.map((value) => ({ value, label: t(`reason.${value}`) })) },
        { name: 'day', kind: 'day', label: t('day'), hint: t('dayHint') },
        { name: 'note', label: t('note'), hint: t('noteHint'), required: false, maxLength: 500 },
      ]}
      send={({ reason, day, note }) => ({ id: sheet.id, reason, day, note: note || null })}
      done={() => t('saved')}
      onClose={onClose}
    />
  )
}
