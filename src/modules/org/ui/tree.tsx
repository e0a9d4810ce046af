import { Row, Rows, Section, Tag } from '#web/kit/index.ts'
import { useOrg } from './said.ts'
import type { Branch, View } from './view.ts'

/** What opening a unit does: a step here, or the address of another page. */
type OnOpen = ((unit: string) => void) | { to: string }

/** The units by line, each line as a tree: who heads a unit, who is in charge, what is vacant. */
export function Trees({ view, open, onOpen }: { view: View; open: string | undefined; onOpen: OnOpen }) {
  const { t } = useOrg()
  return view.trees.map(({ line, branches }) => (
    <Section key={line} title={t(`line.${line}`)} note={String(branches.length)}>
      <Rows label={t(`line.${line}`)}>
        {branches.map((branch) => (
          <UnitRow key={branch.unit.id} view={view} branch={branch} current={branch.unit.id === open} onOpen={onOpen} />
        ))}
      </Rows>
    </Section>
  ))
}

function UnitRow({ view, branch: { unit, depth }, current, onOpen }: { view: View; branch: Branch; current: boolean; onOpen: OnOpen }) {
  const { t, day, list } = useOrg()
  const heads = view.headsOf(unit.id).map(({ person, kind }) => (kind === 'acting' ? t('actingName', { name: person.name }) : person.name))
  const own = view.leaderOf(unit.id)
  const leads = own?.unit.id === unit.id ? own.charges.map((one) => one.person.name) : []
  const says = [heads.length > 0 ? t('heads', { names: list(heads) }) : '', leads.length > 0 ? t('leads', { names: list(leads) }) : '']
    .filter(Boolean)
    .join(' · ')
  const vacant = view.postsOf(unit.id).filter(view.vacant).length
  const indent = { paddingInlineStart: `${Math.min(depth, 6) * 18}px`, display: 'block' }
  return (
    <Row
      what={<span style={indent}>{unit.name}</span>}
      why={says && <span style={indent}>{says}</span>}
      next={
        <>
          {view.coming(unit) && <Tag tone="accent">{t('from', { since: day(unit.since) })}</Tag>}
          {unit.until !== null && <Tag>{t('ending', { until: day(unit.until) })}</Tag>}
          {vacant > 0 && <Tag>{t('vacantCount', { count: vacant })}</Tag>}
        </>
      }
      open={typeof onOpen === 'function' ? () => onOpen(unit.id) : { to: onOpen.to, search: { unit: unit.id } }}
      current={current}
    />
  )
}
