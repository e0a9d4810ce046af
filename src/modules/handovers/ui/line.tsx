import { useOffice } from '#modules/acts/ui/office.ts'
import type { PickOption } from '#web/kit/index.ts'
import { Write } from '#web/kit/index.ts'
import { handoverRoutes } from '../contract.ts'
import { type LineOk, type SheetOk, useT } from './said.ts'

/** Everybody of the office, the likeliest first. */
export function useHeirs(line: LineOk | null, giver: string): PickOption[] {
  const { persons } = useOffice()
  const first = (line?.heirs ?? []).map((one) => persons.find((it) => it.value === one.id) ?? { value: one.id, label: one.name })
  const known = new Set([...first.map((one) => one.value), giver])
  return [...first, ...persons.filter((one) => !known.has(one.value))]
}

/** One line: to whom, or that it stays or ends. */
export function LineForm({ sheet, line, onClose }: { sheet: SheetOk; line: LineOk; onClose: () => void }) {
  const t = useT()
  const heirs = useHeirs(line, sheet.person.id)
  type Way = 'to' | 'stay' | 'end'
  return (
    <Write
      route={handoverRoutes.assign}
      title={t('lineTitle', { title: line.title })}
      verb={t('save')}
      start={{
        way: (line.way ?? line.ways[0] ?? 'to') as Way,
        to: line.to?.id ?? '',
        how: line.how ?? line.hows[0] ?? '',
        reason: line.reason ?? '',
      }}
      fields={(v) => [
        {
          name: 'way',
          kind: 'choice',
          label: t('way'),
          options: line.ways.map((value) => ({ value, label: t(`way.${value}`) })),
          when: line.ways.length > 1,
        },
        { name: 'to', kind: 'person', label: t('to'), options: heirs, when: v.way === 'to' },
        {
          name: 'how',
          kind: 'choice',
          label: t('how'),
          options: line.hows.map((value) => ({ value, label: t(`how.${value as 'regular'}`) })),
          when: v.way === 'to' && line.hows.length > 0,
        },
        { name: 'reason', kind: 'long', label: t('endWhy'), hint: t('endHint'), maxLength: 500, when: v.way === 'end' },
      ]}
      send={({ way, to, how, reason }) => ({
        id: sheet.id,
        lines: [
          {
            ...{ part: line.part, id: line.id, way, to: way === 'to' ? to || null : null },
            ...{ how: way === 'to' && line.hows.length > 0 ? how : null, reason: way === 'end' ? reason || null : null },
          },
        ],
      })}
      done={() => t('saved')}
      onClose={onClose}
    />
  )
}
