import { Link } from '@tanstack/react-router'
import { useSay } from '../words.ts'
import { Button } from './act.tsx'
import { Light, type LightName } from './light.tsx'
import { Empty } from './page.tsx'
import { Failed, Loading } from './states.tsx'

type Target = { to: string; search?: Record<string, string | undefined> }

type RowProps = {
  light?: LightName
  /** One line of what. */
  what: React.ReactNode
  /** One small line of why. */
  why?: React.ReactNode
  /** `<Due>`, or any two short lines. */
  day?: React.ReactNode
  /** One next step, seldom two. */
  next?: React.ReactNode
  /** What opens below, over the whole width. */
  more?: React.ReactNode
  /** Opening the thing itself: an address, or a function (the list of a `Split`). */
  open?: Target | (() => void)
  current?: boolean
  /** Recorded after the day looked back to: drawn faint; `why` says when it came. */
  later?: boolean
}

function Opening({ open, current, children }: { open: NonNullable<RowProps['open']>; current?: boolean; children: React.ReactNode }) {
  if (typeof open === 'function') {
    return (
      <button type="button" className="row-open" onClick={open} aria-current={current ? 'true' : undefined}>
        {children}
      </button>
    )
  }
  return (
    <Link
      className="row-open"
      to={open.to}
      search={(before: Record<string, unknown>) => ({ ...(open.search ?? {}), asOf: before.asOf as string | undefined })}
    >
      {children}
    </Link>
  )
}

/** One line of what, one small line of why, one day, one next step. Stands in a `Rows`. */
export function Row({ light, what, why, day, next, more, open, current, later }: RowProps) {
  return (
    <li className={`row${light ? '' : ' unlit'}${current ? ' current' : ''}${later ? ' later' : ''}`}>
      {light && (
        <span className="row-light">
          <Light light={light} />
        </span>
      )}
      <div className="row-what">
        {open ? (
          <Opening open={open} {...(current ? { current } : {})}>
            {what}
          </Opening>
        ) : (
          what
        )}
        {why && <small>{why}</small>}
      </div>
      {day && <div className="row-day">{day}</div>}
      {next && <div className="row-next">{next}</div>}
      {more && <div className="row-more">{more}</div>}
    </li>
  )
}

/** Rows on a card. */
export const Rows = ({ children, label }: { children: React.ReactNode; label?: string }) => (
  <ul className="card rows" aria-label={label}>
    {children}
  </ul>
)

type ListProps<T> = {
  /** From `usePages` (or `{items}` alone). */
  of: {
    items?: readonly T[] | undefined
    error?: Error | null
    more?: (() => void) | undefined
    fetchingMore?: boolean
    refetch?: () => void
  }
  row: (item: T) => React.ReactNode
  /** What stands there when there is nothing: `<Empty …/>`. */
  empty?: React.ReactNode
  label?: string
}

/** A keyset-paged list: plain rows, loading, refusal, emptiness, and "more" at the end. `row` returns a `Row` with its key. */
export function List<T>({ of, row, empty, label }: ListProps<T>) {
  const say = useSay()
  if (!of.items) return of.error ? <Failed error={of.error} retry={of.refetch} /> : <Loading />
  if (of.items.length === 0) return <div className="card">{empty ?? <Empty says={say('empty.says')} />}</div>
  return (
    <>
      <Rows {...(label ? { label } : {})}>{of.items.map(row)}</Rows>
      {of.error && <Failed error={of.error} retry={of.refetch} />}
      {of.more && (
        <div className="more">
          <Button onClick={of.more} loading={of.fetchingMore ?? false}>
            {say('list.more')}
          </Button>
        </div>
      )}
    </>
  )
}
