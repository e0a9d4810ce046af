import type { OkOf } from '#kernel/contract.ts'
import { useAddress } from '#web/address.ts'
import { fileUrl, useRead } from '#web/client.ts'
import { sayDay } from '#web/days.ts'
import { Button, Card, Empty, Segments, Shown, tell } from '#web/kit/index.ts'
import { useLang } from '#web/words.ts'
import { sayCadence } from '../cadence.ts'
import { dutyRoutes } from '../contract.ts'
import { polarities } from '../rules.ts'
import type { ViewProps } from './duties.tsx'
import { Basis, Holders, Lights, useT } from './parts.tsx'

type ListOk = OkOf<typeof dutyRoutes.unitList>
type Item = ListOk['groups'][number]['items'][number]
type Whose = 'unit' | 'post' | 'person'
const routes = { unit: dutyRoutes.unitList, post: dutyRoutes.postList, person: dutyRoutes.personList }

/** One duty list, as people print it: title, day, numbered under the headings of its kinds. It can be opened by its address, cited, printed, exported. */
export function ListSheet({ of, id, close, ...props }: ViewProps & { of: Whose; id: string; close: () => void }) {
  const t = useT()
  const read = useRead(routes[of], { id })
  return (
    <>
      <div className="duty-back">
        <Button kind="bare" onClick={close}>
          <span aria-hidden="true">← </span>
          {t('sheet.back')}
        </Button>
      </div>
      <Shown of={read}>{(list) => <Paper list={list} {...props} />}</Shown>
    </>
  )
}

/** `《工程科责任清单（正面清单）》（截至2026年6月15日）第3项`, with the address that opens it as of that day. */
function useCite(list: ListOk, polarity: (typeof polarities)[number]) {
  const t = useT()
  const lang = useLang()
  return (item?: Item) => {
    const named = t('sheet.citation', {
      name: list.name,
      list: t(`polarity.${polarity}.list`),
      day: sayDay(list.day, lang, { year: true }),
    })
    const text = item ? t('sheet.citationItem', { list: named, no: item.no, title: item.duty.title }) : named
    const address = new URL(window.location.href)
    address.searchParams.set('asOf', list.day)
    if (item) address.searchParams.set('open', item.duty.id)
    else address.searchParams.delete('open')
    // An office's own server may have no secure origin, and so no clipboard: the text is shown to be copied then.
    const copied = navigator.clipboard?.writeText(`${text} ${address.href}`)
    if (copied) void copied.then(() => tell(t('sheet.cited', { text })))
    else tell(`${text} ${address.href}`)
  }
}

function Paper({ list, open, show }: { list: ListOk } & Pick<ViewProps, 'open' | 'show'>) {
  const t = useT()
  const lang = useLang()
  const [{ polarity: asked }, put] = useAddress('polarity', 'open')
  const polarity = polarities.find((one) => one === asked) ?? 'positive'
  const cite = useCite(list, polarity)
  const groups = list.groups
    .map(({ kind, items }) => ({ kind, items: items.filter((one) => one.duty.polarity === polarity) }))
    .filter((group) => group.items.length > 0)
  return (
    <article className="duty-paper">
      <header>
        <h2>{t('sheet.title', { name: list.name })}</h2>
        <p className="note">
          {list.note && `${list.note}　`}
          {t('sheet.sub', { office: list.office, day: sayDay(list.day, lang, { year: true }) })}
        </p>
      </header>
      <div className="duty-paper-tools">
        <Segments
          label={t('sheet.tabs')}
          value={polarity}
          onChange={(next) => put({ polarity: next === 'positive' ? '' : next, open: null })}
          options={polarities.map((one) => ({ value: one, label: t('sheet.tab', { name: t(`polarity.${one}.list`), count: list[one] }) }))}
        />
        <span className="duty-paper-buttons">
          <Button onClick={() => cite()}>{t('sheet.cite')}</Button>
          <a className="go plain" href={fileUrl(dutyRoutes.sheet, { of: list.of, id: list.id })} download>
            {t('sheet.export')}
          </a>
          <Button onClick={() => window.print()}>{t('sheet.print')}</Button>
        </span>
      </div>
      {list.more && <p className="note">{t('sheet.more')}</p>}
      {groups.length === 0 ? (
        <Card>
          <Empty says={t(polarity === 'positive' ? 'sheet.empty' : 'sheet.emptyNegative')} />
        </Card>
      ) : (
        groups.map(({ kind, items }) => <Group key={kind} title={t(`kind.${kind}`)} items={items} open={open} show={show} cite={cite} />)
      )}
    </article>
  )
}

type GroupProps = { title: string; items: Item[]; cite: (item: Item) => void } & Pick<ViewProps, 'open' | 'show'>

function Group({ title, items, open, show, cite }: GroupProps) {
  const t = useT()
  const lang = useLang()
  return (
    <section className="section duty-paper-group">
      <div className="section-head">
        <h3>{title}</h3>
        <span className="note">{t('sec.count', { count: items.length })}</span>
      </div>
      <Card>
        <section className="duty-table-box" aria-label={title} tabIndex={-1}>
          <table className="duty-table paper">
            <colgroup>
              {['no', 'content', 'measure', 'when', 'who', 'basis', 'lights'].map((one) => (
                <col key={one} className={`duty-col-${one}`} />
              ))}
            </colgroup>
            <thead>
              <tr>
                <th scope="col">{t('sheet.no')}</th>
                <th scope="col">{t('sheet.content')}</th>
                <th scope="col">{t('sheet.measure')}</th>
                <th scope="col">{t('sheet.when')}</th>
                <th scope="col">{t('sheet.who')}</th>
                <th scope="col">{t('sheet.basis')}</th>
                <th scope="col" className="screen">
                  {t('sheet.lights')}
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.duty.id} className={item.duty.id === open ? 'current' : ''}>
                  <td>
                    <button type="button" className="duty-no" title={t('sheet.itemCite', { no: item.no })} onClick={() => cite(item)}>
                      {item.no}
                    </button>
                  </td>
                  <th scope="row">
                    <button type="button" className="row-open-plain" onClick={() => show(item.duty.id)}>
                      {item.duty.title}
                    </button>
                    {item.duty.body && item.duty.body !== item.duty.title && <small>{item.duty.body}</small>}
                  </th>
                  <td>{item.duty.measure ?? '—'}</td>
                  <td>{sayCadence(item.duty.rrule, item.duty.due, lang)}</td>
                  <td>
                    <Own item={item} />
                  </td>
                  <td>{item.duty.basis ? <Basis of={item.duty.basis} /> : '—'}</td>
                  <td className="screen">
                    <Lights of={item.duty.lights} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </Card>
    </section>
  )
}

/** The holders this list is of, and how many others carry it elsewhere. */
function Own({ item }: { item: Item }) {
  const t = useT()
  const own = item.duty.holders.filter((holder) => item.own.includes(holder.id))
  const others = item.duty.holders.length - own.length
  return (
    <>
      <Holders of={own} />
      {others > 0 && <small>{t('sheet.others', { count: others })}</small>}
    </>
  )
}
