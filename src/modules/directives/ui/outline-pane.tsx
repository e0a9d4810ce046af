import type { OkOf } from '#kernel/contract.ts'
import { type KeyOf, useWords } from '#web/words.ts'
import type { directiveRoutes } from '../contract.ts'
import { words } from './words.ts'

type Whole = OkOf<typeof directiveRoutes.read>
const known = (key: string): key is KeyOf<typeof words> => key in words['zh-CN']

/** The headings, the one being read marked; below them what the numbering has wrong. */
export function OutlinePane({ whole, at, go }: { whole: Whole; at: number | null; go: (start: number) => void }) {
  const t = useWords('directives', words)
  const headings = whole.sections.filter((one) => one.marker !== null)
  const depth = Math.min(...headings.map((one) => one.depth))
  return (
    <nav className="outline" aria-label={t('pane.outline')}>
      {headings.length === 0 && <p className="note">{t('outline.none')}</p>}
      <ol>
        {headings.map((one) => {
          const on = at !== null && one.start <= at && at < one.end
          return (
            <li key={`${one.start}-${one.depth}`}>
              <button
                type="button"
                className={`depth-${Math.min(one.depth - depth, 3)}${on ? ' on' : ''}`}
                aria-current={on ? 'location' : undefined}
                onClick={() => go(one.start)}
              >
                {`${one.marker}${/[\p{L}\p{N}]$/u.test(one.marker ?? '') ? ' ' : ''}${one.title}`}
              </button>
            </li>
          )
        })}
      </ol>
      {whole.problems.length > 0 && (
        <details className="outline-problems">
          <summary>
            {t('outline.problems')} · {whole.problems.length}
          </summary>
          <ol>
            {whole.problems.map((one) => {
              const key = `problem.${one.code}`
              return (
                <li key={`${one.code}-${one.start}`}>
                  <button type="button" onClick={() => go(one.start)}>
                    {known(key) ? t(key, { expected: one.expected ?? '', found: one.found ?? '' }) : one.code}
                  </button>
                </li>
              )
            })}
          </ol>
        </details>
      )}
    </nav>
  )
}
