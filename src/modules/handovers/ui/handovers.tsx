import { useAddress } from '#web/address.ts'
import { usePages } from '#web/client.ts'
import { Act, Button, Due, Empty, Filters, Go, Headline, List, Row, Segments, Tag } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { handoverRoutes } from '../contract.ts'
import { piles } from '../rules.ts'
import { Open } from './open.tsx'
import { useT } from './said.ts'

/** 交接: what waits for me, what is under way, what is done. */
export default function HandoversPage() {
  const t = useT()
  const { verbs } = useMe()
  const [address, put] = useAddress('pile', 'start', 'person')
  const pile = piles.find((one) => one === address.pile)
  const asked = { ...(pile ? { pile } : {}), ...(address.person ? { person: address.person } : {}) }
  const pages = usePages(handoverRoutes.list, asked, { keep: true })
  const start = verbs.includes('handover.open') && (
    <Act kind="main" onClick={() => put({ start: 'new' })}>
      {t('start')}
    </Act>
  )
  const tone = { draft: 'plain', out: 'accent', agreed: 'accent', done: 'green', withdrawn: 'grey' } as const
  return (
    <>
      <Headline title={t('title')} sub={t('sub')} actions={start || undefined} />
      <Filters>
        <Segments
          label={t('pile')}
          value={pile ?? ''}
          options={[{ value: '', label: t('pile.all') }, ...piles.map((value) => ({ value, label: t(`pile.${value}`) }))]}
          onChange={(next) => put({ pile: next })}
        />
        {address.person && <Button onClick={() => put({ person: null })}>{t('everybody')}</Button>}
      </Filters>
      <List
        of={pages}
        label={t('title')}
        empty={<Empty says={t(pile === 'mine' ? 'emptyMine' : 'empty')} hint={t('emptyHint')} action={start || undefined} />}
        row={(one) => (
          <Row
            key={one.id}
            what={
              <>
                {one.person.name} · {t(`reason.${one.reason}`)} <Tag tone={tone[one.state]}>{t(`state.${one.state}`)}</Tag>
              </>
            }
            why={[
              one.unit.name,
              one.lines === 0 ? '' : t(one.state === 'draft' ? 'preparing' : 'progress', { signed: one.signed, lines: one.lines }),
              t('openedBy', { name: one.opener.name }),
            ]
              .filter(Boolean)
              .join(' · ')}
            day={<Due day={one.day} left={t('day')} />}
            open={{ to: `/handovers/${one.id}` }}
            next={
              one.mine && (
                <Go to={`/handovers/${one.id}`} kind="soft">
                  {t('confirm')}
                </Go>
              )
            }
          />
        )}
      />
      {address.start && (
        <Open person={address.start === 'new' ? '' : address.start} onClose={() => put({ start: null }, { replace: true })} />
      )}
    </>
  )
}
