import { Link } from '@tanstack/react-router'
import { articleKey } from '../rules.ts'
import type { ResolvedView } from '../shapes.ts'
import { piecesOf } from './pieces.ts'
import { useT } from './words.ts'

type Place = { article: number | null; sub: number; paragraph: number | null; item: number | null; chapter?: number | null }

/** The address of a place in a law: `/basis/…?article=12&paragraph=2&item=3`. */
export const placeSearch = ({ article, sub, paragraph, item, chapter }: Place): Record<string, string | undefined> => ({
  article: article === null ? undefined : articleKey(article, sub),
  paragraph: paragraph === null ? undefined : String(paragraph),
  item: item === null ? undefined : String(item),
  chapter: article === null && chapter ? String(chapter) : undefined,
})

/** A link to a place in a law, on the day one looks at. */
export function ToPlace({ law, at, children, title }: { law: string; at: Place; children: React.ReactNode; title?: string }) {
  return (
    <Link
      className="cite"
      to="/basis/$id"
      params={{ id: law }}
      search={(before: Record<string, unknown>) => ({ ...placeSearch(at), asOf: before.asOf as string | undefined })}
      {...(title ? { title } : {})}
    >
      {children}
    </Link>
  )
}

/** A citation as it stands in a text: a link where the library has it; otherwise it says on hovering what is missing. */
export function Cite({ of, children }: { of: ResolvedView; children: React.ReactNode }) {
  const t = useT()
  if (of.regulation === null) return <span title={t('law.unknown')}>{children}</span>
  const missing = of.article !== null && of.words === null
  return (
    <ToPlace law={of.regulation.id} at={of} title={missing ? t('law.noSuch') : (of.words ?? of.regulation.title)}>
      {children}
    </ToPlace>
  )
}

/** `text[start, end)` with its citations as links; each piece knows its offset (`data-at`), so that a selection can be found in the text again. */
export function CitedText({ text, start, end, cites }: { text: string; start: number; end: number; cites: readonly ResolvedView[] }) {
  return piecesOf(start, end, cites).map((piece) => {
    const said = text.slice(piece.start, piece.end)
    return (
      <span key={piece.start} data-at={piece.start}>
        {piece.cite ? <Cite of={piece.cite}>{said}</Cite> : said}
      </span>
    )
  })
}
