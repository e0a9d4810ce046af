import { Link } from '@tanstack/react-router'
import { SearchBox } from '#modules/acts/ui/search.tsx'
import { useAddress } from '#web/address.ts'
import { usePages } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Button, Choice, Empty, Filters, Go, Headline, List, Row, Tag } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang } from '#web/words.ts'
import { basisRoutes } from '../contract.ts'
import { lawKinds } from '../reading/types.ts'
import { standings } from '../rules.ts'
import type { ListedView } from '../shapes.ts'
import { useT } from './words.ts'
import './basis.css'

/** 依据: what the office may rest on, found by two characters, each law in the version in force on the day one looks at. */
export default function BasisPage() {
  const t = useT()
  const { verbs } = useMe()
  const [{ q, kind, stands }, put] = useAddress('q', 'kind', 'stands')
  const known = { kind: lawKinds.find((one) => one === kind), stands: standings.find((one) => one === stands), ...(q ? { q } : {}) }
  const pages = usePages(basisRoutes.list, known, { keep: true })
  const words = (q ?? '').split(/\s+/).filter((word) => word !== '')
  const filtered = Boolean(q || kind || stands)
  const add = verbs.includes('basis.keep') && (
    <Go to="/basis/add" kind="soft">
      {t('head.add')}
    </Go>
  )
  return (
    <>
      <Headline title={t('head.title')} sub={t('head.sub')} actions={add} />
      <Filters>
        <div className="law-find">
          <SearchBox label={t('filter.q')} q={q ?? ''} put={(next) => put({ q: next }, { replace: true })} />
        </div>
        <Choice
          label={t('field.kind')}
          none={t('filter.kind')}
          value={known.kind ?? ''}
          onChange={(next) => put({ kind: next })}
          options={lawKinds.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
        />
        <Choice
          label={t('filter.stands')}
          none={t('filter.stands')}
          value={known.stands ?? ''}
          onChange={(next) => put({ stands: next })}
          options={standings.map((one) => ({ value: one, label: t(`stands.${one}`) }))}
        />
        {filtered && (
          <Button kind="bare" onClick={() => put({ q: '', kind: '', stands: '' })}>
            {t('filter.clear')}
          </Button>
        )}
      </Filters>
      <List
        of={pages}
        label={t('head.title')}
        row={(one) => <Line key={one.id} of={one} words={words} />}
        empty={
          <Empty
            says={t(filtered ? 'empty.filtered' : 'empty.says')}
            hint={t(filtered ? 'empty.filteredHint' : 'empty.hint')}
            action={!filtered && add}
          />
        }
      />
    </>
  )
}

function Line({ of, words }: { of: ListedView; words: readonly string[] }) {
  const t = useT()
  const lang = useLang()
  const facts = [
    of.issuer,
    of.document,
    t('row.since', { day: sayDay(of.since, lang, { year: true }) }),
    of.versions > 1 ? t('row.versions', { count: of.versions }) : null,
    of.later ? t('head.later') : null,
  ]
  return (
    <Row
      open={{ to: `/basis/${of.id}` }}
      later={of.later}
      what={
        <>
          <Tag>{t(`kind.${of.kind}`)}</Tag> {of.title}
        </>
      }
      why={facts.filter(Boolean).join(' · ')}
      day={
        <>
          {of.stands !== 'in_force' && <Tag tone={of.stands === 'past' ? 'grey' : 'yellow'}>{t(`stands.${of.stands}`)}</Tag>}{' '}
          {t('row.articles', { count: of.articles })}
        </>
      }
      more={of.hits.length > 0 && <Hits of={of} words={words} />}
    />
  )
}

function Hits({ of, words }: { of: ListedView; words: readonly string[] }) {
  const t = useT()
  return (
    <ul className="law-hits">
      {of.hits.map((hit) => (
        <li key={hit.article}>
          <Link
            to="/basis/$id"
            params={{ id: of.id }}
            search={(before: Record<string, unknown>) => ({ article: hit.article, asOf: before.asOf as string | undefined })}
          >
            <b>{hit.label}</b> <Marked text={hit.words} words={words} />
          </Link>
        </li>
      ))}
      {of.hitCount > of.hits.length && <li className="note">{t('row.hits', { count: of.hitCount })}</li>}
    </ul>
  )
}

/** The text with the words that were looked for marked. */
function Marked({ text, words }: { text: string; words: readonly string[] }) {
  if (words.length === 0) return text
  const any = new RegExp(`(${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'gi')
  // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text stay where they are
  return text.split(any).map((piece, i) => (i % 2 === 1 ? <mark key={i}>{piece}</mark> : piece))
}
