import { Link } from '@tanstack/react-router'
import { memo, useMemo } from 'react'
import type { ResolvedView } from '../shapes.ts'
import { type ArticleBlock, type Block, blocksOf, type LawNode } from './blocks.ts'
import { CitedText } from './cited.tsx'
import { useT } from './words.ts'

export type At = { article: string | undefined; paragraph: string | undefined; item: string | undefined }
type Props = {
  text: string
  nodes: readonly LawNode[]
  cites: readonly ResolvedView[]
  at: At
  /** What stands under an article, such as the duties that rest on it. */
  under: (key: string) => React.ReactNode
}

/** The text of a law as it is printed: headings, articles with their paragraphs and items, what it cites as links. */
export function LawText({ text, nodes, cites, at, under }: Props) {
  const t = useT()
  const blocks = useMemo(() => blocksOf(nodes, text), [nodes, text])
  return (
    <div className="law-paper" lang="zh-CN">
      {blocks.map((block) =>
        block.kind === 'article' ? (
          <Article key={block.start} {...{ block, text, cites }} at={block.key === at.article ? at : null}>
            {under(block.key)}
          </Article>
        ) : (
          <Around key={block.start} block={block} text={text} cites={cites} annex={t('law.annex')} />
        ),
      )}
    </div>
  )
}

function Around({
  block,
  text,
  cites,
  annex,
}: {
  block: Exclude<Block, ArticleBlock>
  text: string
  cites: readonly ResolvedView[]
  annex: string
}) {
  const words = <CitedText text={text} start={block.words} end={block.to} cites={within(cites, block.words, block.to)} />
  if (block.kind === 'heading')
    return (
      <h2 id={`n${block.start}`} className={`law-${block.level}`}>
        {block.label}
        {block.label && block.title && '　'}
        {block.title}
      </h2>
    )
  if (block.kind === 'note') return <p className="law-note">{words}</p>
  if (block.kind === 'annex')
    return (
      <section id={`n${block.start}`} className="law-annex" aria-label={annex}>
        <p>{words}</p>
      </section>
    )
  return <p className="law-prose">{words}</p>
}

const within = (cites: readonly ResolvedView[], from: number, to: number) => cites.filter((one) => one.end > from && one.start < to)

const Article = memo(function Article({
  block,
  text,
  cites,
  at,
  children,
}: {
  block: ArticleBlock
  text: string
  cites: readonly ResolvedView[]
  at: At | null
  children: React.ReactNode
}) {
  const t = useT()
  const named = (line: ArticleBlock['lines'][number]) =>
    at !== null &&
    (at.paragraph !== undefined || at.item !== undefined) &&
    (at.paragraph === undefined || String(line.paragraph) === at.paragraph) &&
    (at.item === undefined ? line.item === null : String(line.item) === at.item)
  return (
    <article id={`a${block.key}`} className={`law-article${at ? ' at' : ''}`} aria-label={block.label}>
      {block.lines.map((line, i) => (
        <p key={line.start} className={`law-${line.kind}${named(line) ? ' named' : ''}`}>
          {i === 0 && (
            <>
              <Link
                className="law-marker"
                to="."
                search={(before: Record<string, unknown>) => ({ article: block.key, asOf: before.asOf as string | undefined })}
                title={t('law.article', { key: block.key })}
              >
                {block.label}
              </Link>
              {block.title && <b className="law-name">【{block.title}】</b>}
            </>
          )}
          {line.label}
          <CitedText text={text} start={line.words} end={line.to} cites={within(cites, line.words, line.to)} />
        </p>
      ))}
      {children}
    </article>
  )
})
