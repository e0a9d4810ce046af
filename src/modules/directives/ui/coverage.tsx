import type { OkOf } from '#kernel/contract.ts'
import { useWords } from '#web/words.ts'
import type { directiveRoutes } from '../contract.ts'
import { words } from './words.ts'

type Counts = Pick<OkOf<typeof directiveRoutes.settle>, 'coverage' | 'findings'>

/** Commanding sentences as a bar: carried, set aside, open; the words stand below it, since colour alone says nothing. */
export function CoverageBar({ of, words: spoken = true }: { of: Counts; words?: boolean }) {
  const t = useWords('directives', words)
  const { all, carried, aside, open } = of.coverage
  const share = (n: number) => ({ width: `${all === 0 ? 0 : (n / all) * 100}%` })
  return (
    <div className="coverage">
      <div className="coverage-bar" role="img" aria-label={t('coverage.label', { carried, aside, open })}>
        <i className="carried" style={share(carried)} />
        <i className="aside" style={share(aside)} />
      </div>
      {spoken && (
        <p>
          {[t('coverage.carried', { n: carried }), t('coverage.aside', { n: aside }), t('coverage.open', { n: open })].join(' · ')}
          {of.findings.all > 0 && <span>{t('coverage.findings', of.findings)}</span>}
        </p>
      )}
    </div>
  )
}
