import { usePages } from '#web/client.ts'
import { List, Row, Section } from '#web/kit/index.ts'
import { useLang } from '#web/words.ts'
import { sayCadence } from '../cadence.ts'
import { dutyRoutes } from '../contract.ts'
import { type DutyWhole, Ends, Holders, Lights, useT } from './parts.tsx'

/** How a duty was carried down: its parts, and whose is missing. Nothing where it was not. */
export function Parts({ duty, show }: { duty: DutyWhole; show: (id: string) => void }) {
  const t = useT()
  const lang = useLang()
  const pages = usePages(dutyRoutes.tree, { parent: duty.id, limit: 20 }, { enabled: duty.children > 0 })
  if (duty.children === 0) return null
  const missing = duty.holders.filter((holder) => duty.uncarried.includes(holder.id))
  const names = missing.map((holder) => holder.post?.name ?? holder.persons[0]?.name ?? holder.unit.name).join(t('list.and'))
  return (
    <Section title={t('parts.title')} note={<Ends ends={duty.ends} />}>
      {missing.length > 0 ? <p className="duty-gap">{t('parts.uncarried', { names })}</p> : <p className="note">{t('parts.all')}</p>}
      <List
        of={pages}
        label={t('parts.title')}
        row={(part) => (
          <Row
            key={part.id}
            what={part.title}
            why={
              <>
                <Holders of={part.holders} /> · {sayCadence(part.rrule, part.due, lang)}
                {part.children > 0 && ` · ${t('tree.children', { count: part.children })}`}
              </>
            }
            day={
              <>
                <Ends ends={part.ends} />
                <Lights of={part.lights} />
              </>
            }
            open={() => show(part.id)}
          />
        )}
      />
    </Section>
  )
}
