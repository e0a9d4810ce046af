import { Link } from '@tanstack/react-router'
import type { OkOf } from '#kernel/contract.ts'
import { sayCadence } from '#modules/duties/cadence.ts'
import { usePages, useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Due, Empty, List, Row, Section } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import { boardRoutes } from '../contract.ts'
import { words } from './section-words.ts'

export type RedOf = OkOf<typeof boardRoutes.reds>['items'][number]

/** What is red and why, each in words: the day and working days since, how the day came about, what moved it, what was done last. */
export function Reds({ open, onOpen, hidesLeaders }: { open: string | undefined; onOpen: (id: string) => void; hidesLeaders: boolean }) {
  const t = useWords('board.sections', words)
  const pages = usePages(boardRoutes.reds, { limit: 6 }, { keep: true })
  const { data } = useRead(boardRoutes.reds, { limit: 1 })
  const rule = data?.rule
  return (
    <Section title={t('reds.title')} note={hidesLeaders ? `${t('reds.note')}${t('semi')}${t('reds.leaders')}` : t('reds.note')}>
      <List
        of={pages}
        label={t('reds.title')}
        empty={<Empty says={t('reds.none')} />}
        row={(one) => <Red key={one.obligation.id} one={one} current={open === one.obligation.id} onOpen={onOpen} />}
      />
      {rule && pages.items && pages.items.length > 0 && <p className="note board-rule">{t('red.rule', { ...rule })}</p>}
    </Section>
  )
}

function Red({ one, current, onOpen }: { one: RedOf; current: boolean; onOpen: (id: string) => void }) {
  const t = useWords('board.sections', words)
  const say = useRedWords()
  const { obligation } = one
  return (
    <Row
      light="red"
      what={obligation.title}
      why={
        <>
          {say.who(one)}
          {' · '}
          {[say.how(one), ...say.moved(one)].join(' · ')}
          {' · '}
          {one.last?.act && one.last.kind === 'earlier' ? (
            <Link
              className="board-link"
              to="/acts"
              search={(before: Record<string, unknown>) => ({ open: one.last?.act ?? undefined, asOf: before.asOf as string | undefined })}
            >
              {say.last(one)}
            </Link>
          ) : (
            say.last(one)
          )}
        </>
      }
      day={<Due day={obligation.due} left={one.days > 0 ? t('red.days', { n: one.days }) : t('red.daysRest')} />}
      open={() => onOpen(obligation.id)}
      current={current}
    />
  )
}

/** A red in words, a part each. */
export function useRedWords() {
  const t = useWords('board.sections', words)
  const lang = useLang()
  const { today } = useMe()
  const said = (day: string) => sayDay(day, lang, { thisYear: today })
  const gap = lang === 'en' ? '' : ' '
  return {
    /** Whose it is, where. */
    who: ({ obligation }: RedOf) => `${obligation.unit.name} ${obligation.holder.name}`,
    /** How the day came about. */
    how: ({ reckoned }: RedOf) =>
      reckoned === null
        ? t('red.set')
        : t('red.reckoned', { how: reckoned.startsWith('FREQ=') ? sayCadence(reckoned, null, lang) : reckoned }),
    /** What moved it or changed hands, each with its reason. */
    moved: ({ moved }: RedOf): string[] =>
      moved.map((one) => {
        const fill = {
          on: said(one.on),
          by: `${gap}${one.by ?? t('red.system')} `,
          was: one.wasDue ? said(one.wasDue) : '',
          who: one.wasHolder ?? '',
        }
        const says =
          one.kind === 'handed_over'
            ? t('red.moved.handed_over', fill)
            : one.kind === 'due_moved' || one.kind === 'brought_forward' || one.kind === 'recomputed'
              ? t(`red.moved.${one.kind}`, fill)
              : t('red.moved.other', fill)
        return one.reason ? t('red.reason', { said: says, reason: one.reason }) : says
      }),
    /** The last thing done on it. */
    last: ({ last }: RedOf): string =>
      last === null ? t('red.last.none') : t(`red.last.${last.kind}`, { on: said(last.on), what: (last.what ?? '').slice(0, 40) }),
  }
}
