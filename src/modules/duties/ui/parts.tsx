import { Link } from '@tanstack/react-router'
import type { OkOf } from '#kernel/contract.ts'
import { useOffice } from '#modules/acts/ui/office.ts'
import { useRead } from '#web/client.ts'
import { Light, Pick, Row } from '#web/kit/index.ts'
import { useLang, useWords } from '#web/words.ts'
import { sayCadence } from '../cadence.ts'
import { dutyRoutes } from '../contract.ts'
import { words } from './words.ts'
import './duties.css'

export type DutyOk = OkOf<typeof dutyRoutes.list>['items'][number]
export const useT = () => useWords('duties', words)

export type DutyWhole = OkOf<typeof dutyRoutes.read>

/** Whether a branch ends at named persons: shape, word and colour. */
export function Ends({ ends }: { ends: boolean }) {
  const t = useT()
  return (
    <span className={`duty-ends${ends ? '' : ' open'}`} title={t(ends ? 'tree.endsLong' : 'tree.openLong')}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        {ends ? (
          <path d="M2 6.4 4.8 9.2 10 3" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" />
        ) : (
          <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.2 2" />
        )}
      </svg>
      {t(ends ? 'tree.ends' : 'tree.open')}
    </span>
  )
}

/** The aspects of the first responsible's list, as options. */
export function useAspects(): { value: string; label: string }[] {
  const { data } = useRead(dutyRoutes.first, {})
  return data?.aspects.map(({ key, says }) => ({ value: key, label: says })) ?? []
}

const lightNames = ['red', 'yellow', 'green', 'grey'] as const

/** How many obligations stand at which light, as shapes with counts; red first. */
export function Lights({ of }: { of: DutyOk['lights'] }) {
  const t = useT()
  const some = lightNames.filter((name) => of[name] > 0)
  if (some.length === 0) return <span className="note">{t('lights.none')}</span>
  return (
    <span className="lights" role="img" aria-label={t('lights.label', of)}>
      {some.map((name) => (
        <span key={name} aria-hidden="true">
          <Light light={name} />
          {of[name]}
        </span>
      ))}
    </span>
  )
}

/** Whether a holder is a post nobody is in. */
export const isGap = (holder: DutyOk['holders'][number]): boolean => holder.persons.length === 0

/** 工程科科长 · 王建业; a vacant post says so. */
export function Holders({ of }: { of: DutyOk['holders'] }) {
  const t = useT()
  return of.map((holder, i) => {
    const names = holder.persons.map(({ name }) => name).join(t('list.and'))
    const place = holder.post?.name ?? holder.unit.name
    return (
      <span key={`${holder.unit.id} ${holder.post?.id ?? names}`}>
        {i > 0 && t('list.and')}
        {place} · {isGap(holder) ? <span className="duty-gap">{t('gap.short')}</span> : names}
      </span>
    )
  })
}

/** A duty as a row of the list. */
export function DutyRow({ duty, current, open }: { duty: DutyOk; current: boolean; open: () => void }) {
  const lang = useLang()
  return (
    <Row
      what={duty.title}
      why={
        <>
          <Holders of={duty.holders.slice(0, 3)} />
          {duty.holders.length > 3 && ` +${duty.holders.length - 3}`} · {sayCadence(duty.rrule, duty.due, lang)}
          {duty.basis && ` · ${duty.basis.title}`}
        </>
      }
      day={<Lights of={duty.lights} />}
      open={open}
      current={current}
    />
  )
}

/** The sentence a duty rests on, as a link to its place in the directive. */
export function Basis({ of }: { of: DutyOk['basis'] }) {
  const t = useT()
  if (!of) return <span className="note">{t('basis.none')}</span>
  return (
    <Link
      className="duty-link"
      to="/directives/$id"
      params={{ id: of.directive }}
      search={(before: Record<string, unknown>) => ({ at: String(of.start), asOf: before.asOf as string | undefined })}
    >
      {of.title}
      {of.inherited && <small>（{t('basis.inherited')}）</small>}
    </Link>
  )
}

/** What a picked holder is sent as: `post <unit> <post>` or `person <unit> <person>`. */
export function holderOf(value: string): { unit: string; post: string | null; person: string | null } {
  const [kind = '', unit = '', id = ''] = value.split(' ')
  return kind === 'post' ? { unit, post: id, person: null } : { unit, post: null, person: id }
}

/** Posts and persons that a duty ends at: those chosen, and one more found by typing. */
export function HolderPick({
  value,
  onChange,
  control,
}: {
  value: string[]
  onChange: (value: string[]) => void
  control: Omit<React.ComponentProps<typeof Pick>, 'options' | 'value' | 'onChange'>
}) {
  const t = useT()
  const { holders } = useOffice()
  const labelOf = (one: string) => holders.find((option) => option.value === one)?.label ?? '…'
  return (
    <div className="duty-holders">
      {value.length > 0 && (
        <div className="duty-chips">
          {value.map((one) => (
            <button
              key={one}
              type="button"
              className="duty-chip"
              aria-label={t('field.holderDrop', { name: labelOf(one) })}
              onClick={() => onChange(value.filter((other) => other !== one))}
            >
              {labelOf(one)} <span aria-hidden="true">×</span>
            </button>
          ))}
        </div>
      )}
      <Pick
        {...control}
        options={holders.filter((option) => !value.includes(option.value))}
        value={null}
        placeholder={t('field.holdersHint')}
        onChange={(one) => one && onChange([...value, one])}
      />
    </div>
  )
}
