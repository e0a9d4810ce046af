import { useRead } from '#web/client.ts'
import { Day, Go, Section } from '#web/kit/index.ts'
import { useWords } from '#web/words.ts'
import { directiveRoutes } from '../contract.ts'
import { words } from './words.ts'

/** The further sentences a duty rests on, and what it replaced or was replaced by; nothing where there is none. */
export function DutySentences({ duty }: { duty: string }) {
  const t = useWords('directives', words)
  const { data } = useRead(directiveRoutes.further, { id: duty })
  if (!data || data.sentences.length + data.replaced.length === 0) return null
  return (
    <Section title={t('further.title')}>
      <ul className="duty-list">
        {data.sentences.map((one) => (
          <li key={`${one.directive.id} ${one.start}`}>
            {one.text}{' '}
            <Go to={`/directives/${one.directive.id}`} search={{ at: String(one.start) }} kind="bare">
              {`《${one.directive.name}》`}
            </Go>{' '}
            <small>
              <Day day={one.issuedOn} />
            </small>
          </li>
        ))}
        {data.replaced.map((one) => (
          <li key={`${one.way} ${one.duty.id}`}>
            {t(`further.${one.way}`)}{' '}
            <Go to="/duties" search={{ open: one.duty.id }} kind="bare">
              {one.duty.name}
            </Go>{' '}
            <small>{`《${one.directive.name}》`}</small>
          </li>
        ))}
      </ul>
    </Section>
  )
}
