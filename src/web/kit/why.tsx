import { useId, useState } from 'react'
import { useSay } from '../words.ts'
import { Button } from './act.tsx'
import { Facts, Tag } from './page.tsx'

export type Confidence = 'verified' | 'text seen' | 'likely' | 'unverified'
type WhyParts = {
  /** The rule that gave it: 规则 督查-03. */
  rule?: string
  document?: string
  article?: string
  version?: string | number
  since?: string
  confidence?: Confidence
  /** What went in. */
  inputs?: { name: React.ReactNode; value: React.ReactNode }[]
  /** The arithmetic in a line: 11月20日 ＋ 5 个工作日 ＝ 11月27日. */
  sum?: React.ReactNode
  children?: React.ReactNode
}

const marks = { verified: 'green', 'text seen': 'plain', likely: 'yellow', unverified: 'yellow' } as const
const words = { verified: 'why.verified', 'text seen': 'why.seen', likely: 'why.likely', unverified: 'why.unverified' } as const

/** How sure a rule's value is, where the value acts. */
function ConfidenceMark({ confidence }: { confidence: Confidence }) {
  const say = useSay()
  return <Tag tone={marks[confidence]}>{say(words[confidence])}</Tag>
}

/** The answer itself, for where it stands open: rule, article, version and its mark, what went in, the arithmetic. */
export function Because({ rule, document, article, version, since, confidence, inputs, sum, children }: WhyParts) {
  const say = useSay()
  const source = [document, article].filter(Boolean).join(' ')
  return (
    <div className="because">
      {(rule || source) && (
        <p className="because-rule">
          {rule && <b>{rule}</b>}
          {source && <span>{source}</span>}
          {version !== undefined && <span>{say('why.version', { version })}</span>}
          {since && <span>{say('why.since', { day: since })}</span>}
          {confidence && <ConfidenceMark confidence={confidence} />}
        </p>
      )}
      {inputs && inputs.length > 0 && <Facts of={inputs} />}
      {sum && <p className="because-sum">{sum}</p>}
      {children}
    </div>
  )
}

/** "Why?" in place: a small button, and the answer it opens, apart: `const why = useWhy({…}); <Row next={why.button} more={why.answer} />`. */
export function useWhy(parts: WhyParts, label?: string): { button: React.ReactNode; answer: React.ReactNode } {
  const say = useSay()
  const id = useId()
  const [open, setOpen] = useState(false)
  return {
    button: (
      <Button kind="plain" onClick={() => setOpen(!open)} expanded={open}>
        {label ?? say('why.ask')}
      </Button>
    ),
    answer: open && (
      <div id={id} className="why-answer">
        <Because {...parts} />
      </div>
    ),
  }
}
