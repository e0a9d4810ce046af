import { Input } from 'antd'
import { useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import { useAct, useRead } from '#web/client.ts'
import { Act, Button, Card, Empty, Field, Refusal, Section, Shown, tell } from '#web/kit/index.ts'
import { useMe } from '#web/session.ts'
import { useLang } from '#web/words.ts'
import { sayCadence } from '../cadence.ts'
import { dutyRoutes } from '../contract.ts'
import type { ViewProps } from './duties.tsx'
import { useT } from './parts.tsx'

type BranchOk = OkOf<typeof dutyRoutes.branches>['items'][number]

/** What each branch's lists should hold by the rules, and what of it they hold. Chosen items are written down; nothing is made by itself. */
export function Branches({ show }: ViewProps) {
  const t = useT()
  const read = useRead(dutyRoutes.branches, {})
  return (
    <Shown of={read}>
      {({ items }) =>
        items.length === 0 ? (
          <Card>
            <Empty says={t('branch.none')} hint={t('branch.noneHint')} />
          </Card>
        ) : (
          <>
            <p className="note">{t('branch.sub')}</p>
            {items.map((branch) => (
              <OneBranch key={branch.id} branch={branch} show={show} />
            ))}
          </>
        )
      }
    </Shown>
  )
}

function OneBranch({ branch, show }: { branch: BranchOk; show: (id: string) => void }) {
  const t = useT()
  const { today } = useMe()
  const [chosen, setChosen] = useState<string[]>([])
  const [since, setSince] = useState(today)
  const act = useAct(dutyRoutes.acceptBranch, {
    onDone: (_, sent) => {
      setChosen([])
      tell(t('branch.taken', { count: sent.keys.length }))
    },
  })
  const open = branch.items.filter((item) => item.duty === null && item.post !== null).map((item) => item.key)
  const mayTake = branch.actions.includes('accept') && open.length > 0
  const note = `${t('branch.full', { count: branch.full })} · ${branch.committee ? t('branch.committee') : t('branch.alone', { from: branch.from })} · ${branch.rule.document} ${branch.rule.article}`
  return (
    <Section
      title={branch.name}
      note={note}
      action={
        mayTake && (
          <Button kind="bare" onClick={() => setChosen(chosen.length === open.length ? [] : open)}>
            {t('branch.all')}
          </Button>
        )
      }
    >
      <Card>
        <ul className="rows duty-branch">
          {branch.items.map((item) => (
            <Proposed
              key={item.key}
              item={item}
              show={show}
              chosen={chosen.includes(item.key)}
              choose={mayTake ? (on) => setChosen(on ? [...chosen, item.key] : chosen.filter((key) => key !== item.key)) : null}
            />
          ))}
        </ul>
      </Card>
      {chosen.length > 0 && (
        <div className="duty-take">
          <Field label={t('branch.since')}>
            {(control) => <Input {...control} type="date" value={since} onChange={(event) => setSince(event.target.value)} />}
          </Field>
          <Act kind="main" loading={act.isPending} onClick={() => act.mutate({ id: branch.id, keys: chosen, since })}>
            {t('branch.take', { count: chosen.length })}
          </Act>
          <Refusal of={act.error} />
        </div>
      )}
    </Section>
  )
}

type ProposedProps = {
  item: BranchOk['items'][number]
  chosen: boolean
  choose: ((on: boolean) => void) | null
  show: (id: string) => void
}

function Proposed({ item, chosen, choose, show }: ProposedProps) {
  const t = useT()
  const lang = useLang()
  const { duty, post } = item
  const who = post ? `${post.name} · ${post.persons.map(({ name }) => name).join(t('list.and')) || t('branch.vacant')}` : t('branch.noPost')
  const words = (
    <span className="row-what">
      {item.title}
      <small>
        {who} · {sayCadence(item.rrule, null, lang)} · {t('branch.rule', item.rule)}
      </small>
    </span>
  )
  return (
    <li className="row unlit">
      {duty ? (
        <>
          {words}
          <Button onClick={() => show(duty)}>{t('branch.carried')}</Button>
        </>
      ) : (
        <label className="duty-choose">
          <input
            type="checkbox"
            checked={chosen}
            disabled={choose === null || post === null}
            onChange={(event) => choose?.(event.target.checked)}
          />
          {words}
        </label>
      )}
    </li>
  )
}
