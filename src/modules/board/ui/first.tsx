import type { OkOf } from '#kernel/contract.ts'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Button, Day, Figure, Go, Light, Section, Shown } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang, useWords } from '#web/words.ts'
import { boardRoutes } from '../contract.ts'
import { sayMonth } from './says.ts'
import { words } from './section-words.ts'
import { Table } from './table.tsx'
import { words as boardWords } from './words.ts'

type FirstOf = OkOf<typeof boardRoutes.first>
type Aspect = FirstOf['aspects'][number]

/** 四个亲自 and the supervision of members: how often, by quarter, where something is missing, and which acts they were. */
export function First({ year }: { year: number }) {
  const t = useWords('board.sections', words)
  const read = useRead(boardRoutes.first, { year }, { keep: true })
  return (
    <Section title={t('first.title')} note={t('first.note', { year })}>
      <Shown of={read}>
        {(first) => (
          <>
            <Quarters first={first} />
            {first.members.length > 0 && <Members first={first} />}
          </>
        )}
      </Shown>
    </Section>
  )
}

const four = [1, 2, 3, 4] as const

function Quarters({ first }: { first: FirstOf }) {
  const t = useWords('board.sections', words)
  const [{ aspect: open }, put] = useAddress('aspect')
  const shown = first.aspects.find((one) => one.key === open)
  return (
    <>
      <Table label={t('first.table')}>
        <thead>
          <tr>
            <th scope="col">{t('first.aspect')}</th>
            {four.map((n) => (
              <th scope="col" key={n} className={n === first.quarter ? 'now' : ''}>
                {t('first.q', { n })}
              </th>
            ))}
            <th scope="col">{t('first.total')}</th>
          </tr>
        </thead>
        <tbody>
          {first.aspects.map((one) => (
            <tr key={one.key}>
              <th scope="row">
                <Button kind="bare" expanded={one.key === open} onClick={() => put({ aspect: one.key === open ? null : one.key })}>
                  {one.says}
                </Button>
              </th>
              {one.quarters.map((quarter, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a quarter is its place
                <td key={i}>
                  <QuarterCell quarter={quarter} coming={i + 1 > first.quarter} />
                </td>
              ))}
              <td>
                <b>{t('first.times', { n: one.total })}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {shown && <Behind aspect={shown} />}
    </>
  )
}

function QuarterCell({ quarter: { asked, done, acts, gap }, coming }: { quarter: Aspect['quarters'][number]; coming: boolean }) {
  const t = useWords('board.sections', words)
  if (coming && asked === 0 && acts === 0) return <span className="note">·</span>
  return (
    <>
      {gap && <Light light="yellow" word={t('first.gap')} />} {!(coming && acts === 0) && t('first.times', { n: acts })}
      {asked > 0 && <small className="note"> {t('first.done', { done, asked })}</small>}
    </>
  )
}

function Behind({ aspect }: { aspect: Aspect }) {
  const t = useWords('board.sections', words)
  return (
    <div className="card pad board-behind">
      <p>
        <b>{aspect.total > 0 ? t('first.acts', { aspect: aspect.says, n: aspect.total }) : `${aspect.says}：${t('first.actsNone')}`}</b>{' '}
        <span className="note">
          {aspect.rule.document} {aspect.rule.article}
        </span>
      </p>
      {aspect.duties === 0 && (
        <p>
          {t('first.noDuty')}{' '}
          <Go to="/duties" kind="bare" search={{ view: 'first' }}>
            {t('first.write')}
          </Go>
        </p>
      )}
      <ul>
        {aspect.acts.map((act) => (
          <li key={act.id}>
            <Day day={act.on} />{' '}
            <Go to="/acts" kind="bare" search={{ open: act.id }}>
              {act.what}
            </Go>
          </li>
        ))}
      </ul>
      {aspect.total > aspect.acts.length && <p className="note">{t('first.actsMore', { n: aspect.total - aspect.acts.length })}</p>}
    </div>
  )
}

function Members({ first }: { first: FirstOf }) {
  const t = useWords('board.sections', words)
  const tb = useWords('board', boardWords)
  const lang = useLang()
  const { today } = useMe()
  const months = first.aspects[0]?.months.map((_, i) => `${first.year}-${String(i + 1).padStart(2, '0')}`) ?? []
  return (
    <div className="board-members">
      <p className="board-sub">
        <b>{t('first.members')}</b> <span className="note">{t('first.membersNote')}</span>
      </p>
      <Table label={t('first.members')}>
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">{t('first.members')}</span>
            </th>
            {months.map((month) => (
              <th scope="col" key={month}>
                {sayMonth(month, tb)}
              </th>
            ))}
            <th scope="col">{t('first.total')}</th>
          </tr>
        </thead>
        <tbody>
          {first.members.map((one) => (
            <tr key={one.person.id}>
              <th scope="row">{one.person.name}</th>
              {one.months.map((n, i) => (
                <td key={months[i]}>{n > 0 ? n : <span className="note">·</span>}</td>
              ))}
              <td>
                {one.last === null ? (
                  <Light light="yellow" word={t('first.never')} />
                ) : (
                  <>
                    {t('first.times', { n: one.total })}
                    <small className="note"> {t('first.last', { day: sayDay(one.last, lang, { thisYear: today }) })}</small>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}

/** This quarter's 四个亲自 in a figure: how many of those asked were done, and which lack something. */
export function FirstTile({ year }: { year: number }) {
  const t = useWords('board.sections', words)
  const { data } = useRead(boardRoutes.first, { year }, { keep: true })
  const own = data?.aspects
    .filter((one) => one.key !== 'members')
    .map((one) => ({ says: one.says, of: one.quarters[(data.quarter ?? 1) - 1] }))
  const asked = own?.reduce((n, one) => n + (one.of?.asked ?? 0), 0) ?? 0
  const done = own?.reduce((n, one) => n + (one.of?.done ?? 0), 0) ?? 0
  const missing = own?.filter((one) => (one.of?.asked ?? 0) > (one.of?.done ?? 0)).map((one) => one.says) ?? []
  const note =
    asked === 0 ? t('first.tileNone') : missing.length > 0 ? t('first.tileGap', { list: missing.join(t('comma')) }) : t('first.tileFull')
  return <Figure name={t('first.tile')} value={data ? (asked === 0 ? '—' : `${done} / ${asked}`) : '…'} note={data && note} />
}
