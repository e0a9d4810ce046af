import { Button, Day, Row, Rows, Section } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import { layers } from '../rules.ts'
import { type NodeOf, type Start, sayDetail, startOf, type TraceOf, targetOf } from './node.tsx'
import { words } from './words.ts'

type ListProps = { trace: TraceOf; onOpen: (id: string) => void; onStart: (start: Start) => void }

/** The same statements as lists, layer by layer. */
export function TraceList({ trace, onOpen, onStart }: ListProps) {
  const t = useWords('trace', words)
  return layers
    .map((layer) => ({ layer, nodes: trace.nodes.filter((node) => node.layer === layer) }))
    .filter(({ nodes }) => nodes.length > 0)
    .map(({ layer, nodes }) => (
      <Section key={layer} title={t(`layer.${layer}`)} note={nodes.length > 1 ? nodes.length : undefined}>
        <Rows label={t(`layer.${layer}`)}>
          {nodes.map((node) => (
            <One key={node.id} node={node} day={trace.day} onOpen={onOpen} onStart={onStart} />
          ))}
        </Rows>
      </Section>
    ))
}

function One({ node, day, onOpen, onStart }: { node: NodeOf; day: string } & Omit<ListProps, 'trace'>) {
  const t = useWords('trace', words)
  const lang = useLang()
  const { today, zone } = useMe()
  const target = targetOf(node)
  const start = startOf(node)
  return (
    <Row
      {...(node.light ? { light: node.light } : {})}
      what={node.title}
      why={sayDetail(node, day, t, lang, zone)}
      later={node.later}
      day={node.happenedOn ? <Day day={node.happenedOn} thisYear={today} /> : undefined}
      {...(target === null ? {} : { open: target === 'obligation' ? () => node.ref && onOpen(node.ref.id) : target })}
      next={start && <Button onClick={() => onStart(start)}>{t('from')}</Button>}
    />
  )
}
