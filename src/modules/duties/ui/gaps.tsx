import type { OkOf } from '#kernel/contract.ts'
import { useOffice } from '#modules/acts/ui/office.ts'
import { useAddress } from '#web/address.ts'
import { usePages, useRead } from '#web/client.ts'
import { Act, Choice, Empty, Filters, Go, List, Row, Tag } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { dutyRoutes } from '../contract.ts'
import { gapKinds } from '../gaps.ts'
import type { ViewProps } from './duties.tsx'
import { useT } from './parts.tsx'

type GapOk = OkOf<typeof dutyRoutes.gaps>['items'][number]

/** What is missing between sentences, duties and people, by kind; each says who closes it and leads there. */
export function Gaps(props: ViewProps) {
  const t = useT()
  const office = useOffice()
  const [{ gap, unit }, put] = useAddress('gap', 'unit')
  const kind = gapKinds.find((one) => one === gap)
  const counted = useRead(dutyRoutes.gaps, { limit: 1, ...(unit ? { unit } : {}) }, { keep: true })
  const pages = usePages(dutyRoutes.gaps, { ...(kind ? { kind } : {}), ...(unit ? { unit } : {}), limit: 50 }, { keep: true })
  const counts = counted.data?.counts ?? []
  const all = counts.reduce((sum, one) => sum + one.count, 0)
  return (
    <>
      <Filters>
        <Choice
          label={t('gaps.kind')}
          none={t('gaps.all', { count: all })}
          options={counts
            .filter((one) => one.count > 0 || one.kind === kind)
            .map((one) => ({ value: one.kind, label: t('gaps.kindCount', { name: t(`gap.${one.kind}`), count: one.count }) }))}
          value={kind ?? ''}
          onChange={(next) => put({ gap: next })}
        />
        <Choice
          label={t('filter.unit')}
          none={t('filter.unit')}
          options={office.units}
          value={unit ?? ''}
          onChange={(next) => put({ unit: next })}
        />
        <span className="note">{t('gaps.sub')}</span>
      </Filters>
      <List
        of={pages}
        label={t('view.gaps')}
        empty={<Empty says={t('gaps.none')} hint={t('gaps.noneHint')} />}
        row={(one) => <GapRow key={`${one.kind} ${one.key}`} gap={one} {...props} />}
      />
    </>
  )
}

function GapRow({ gap, open, show, add }: { gap: GapOk } & ViewProps) {
  const t = useT()
  const why =
    gap.kind === 'sentence'
      ? t('gap.sentence.why', { title: gap.directive?.title ?? '' })
      : t(`gap.${gap.kind}.why`, { count: gap.count, holder: gap.holder ?? '' })
  return (
    <Row
      what={
        <>
          <Tag tone="yellow">{t(`gap.${gap.kind}`)}</Tag> {gap.title}
        </>
      }
      why={[gap.unit?.name, why].filter(Boolean).join(' · ')}
      day={gap.owner ? t('gap.owner', { name: gap.owner.name }) : t('gap.ownerNone')}
      next={<Next gap={gap} show={show} add={add} />}
      current={gap.duty !== null && gap.duty === open}
    />
  )
}

/** The way to what closes a gap. */
function Next({ gap, show, add }: { gap: GapOk } & Omit<ViewProps, 'open'>) {
  const t = useT()
  const { verbs } = useMe()
  const word = t(`next.${gap.next}`)
  if (gap.directive)
    return (
      <Go to={`/directives/${gap.directive.id}`} kind="soft" search={{ at: String(gap.directive.start) }}>
        {word}
      </Go>
    )
  if (gap.next === 'appoint')
    return (
      <Go to="/org" kind="soft" search={{ unit: gap.unit?.id }}>
        {word}
      </Go>
    )
  const { duty, post, unit } = gap
  if (duty)
    return (
      <Act kind="soft" onClick={() => show(duty)}>
        {word}
      </Act>
    )
  if (!add || !post || !unit || !verbs.includes('duty.add')) return null
  return (
    <Act kind="soft" onClick={() => add({ holders: [`post ${unit.id} ${post}`] })}>
      {word}
    </Act>
  )
}
