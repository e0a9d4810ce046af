import { useEffect, useState } from 'react'
import { usePages } from '#web/client.ts'
import { Empty, Filters, List, Row } from '#web/kit/index.ts'
import { orgRoutes } from '../contract.ts'
import { useOrg } from './said.ts'

type ListProps = { q: string; open: string | undefined; onSearch: (q: string) => void; onOpen: (id: string) => void; add: React.ReactNode }

/** Everybody, found by a part of the name, with the posts of the day. */
export function Persons({ q, open, onSearch, onOpen, add }: ListProps) {
  const { t, list } = useOrg()
  const [typed, setTyped] = useState(q)
  const pages = usePages(orgRoutes.persons, q ? { q } : {}, { keep: true })
  useEffect(() => {
    // Asked when the fingers rest.
    const timer = setTimeout(() => typed.trim() !== q && onSearch(typed.trim()), 250)
    return () => clearTimeout(timer)
  }, [typed, q, onSearch])
  return (
    <>
      <Filters>
        <input
          className="input"
          style={{ maxWidth: 260 }}
          type="search"
          value={typed}
          maxLength={60}
          onChange={(event) => setTyped(event.target.value)}
          aria-label={t('search')}
          placeholder={t('search')}
        />
      </Filters>
      <List
        of={pages}
        label={t('viewPersons')}
        empty={<Empty says={q ? t('noPersons') : t('noPersonsYet')} hint={q ? t('noPersonsHint') : undefined} action={add} />}
        row={(one) => (
          <Row
            key={one.id}
            what={one.born ? `${one.name}${t('bracketed', { text: one.born })}` : one.name}
            why={
              list(
                one.posts.map(
                  (post) =>
                    `${post.unit.name} ${post.name}${post.kind === 'regular' ? '' : t('bracketed', { text: t(`held.${post.kind}`) })}`,
                ),
              ) || t('notHeld')
            }
            open={() => onOpen(one.id)}
            current={one.id === open}
          />
        )}
      />
    </>
  )
}
