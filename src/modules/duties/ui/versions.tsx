import { useState } from 'react'
import type { OkOf } from '#kernel/contract.ts'
import { useRead } from '#web/client.ts'
import { Button, Day, Moment, Row, Rows, Section, Shown, Tag } from '#web/kit/index.ts'
import { useLang } from '#web/words.ts'
import { sayCadence } from '../cadence.ts'
import { dutyRoutes } from '../contract.ts'
import { type DutyWhole, useAspects, useT } from './parts.tsx'

type VersionOk = OkOf<typeof dutyRoutes.versions>['items'][number]
type CompareOk = OkOf<typeof dutyRoutes.compare>

/** What a duty said from which day on; each version beside the one before it. Nothing where there is only one. */
export function Versions({ duty }: { duty: DutyWhole }) {
  const t = useT()
  const changed = duty.version > 1 || duty.coming !== null
  const read = useRead(dutyRoutes.versions, { id: duty.id }, { enabled: changed })
  const [comparing, setComparing] = useState<number | null>(null)
  if (!changed || !read.data) return null
  const { items } = read.data
  return (
    <Section title={t('versions.title')}>
      <Rows label={t('versions.title')}>
        {items.map((one, i) => {
          const before = items.slice(i + 1).find((other) => other.undoneAt === null)
          return (
            <OneVersion
              key={one.version}
              one={one}
              {...(before ? { compare: () => setComparing(comparing === one.version ? null : one.version) } : {})}
              open={comparing === one.version}
            >
              {comparing === one.version && before && <Compared duty={duty.id} before={before.version} after={one.version} />}
            </OneVersion>
          )
        })}
      </Rows>
    </Section>
  )
}

type OneProps = React.PropsWithChildren<{ one: VersionOk; compare?: () => void; open: boolean }>

function OneVersion({ one, compare, open, children }: OneProps) {
  const t = useT()
  const fields = one.changed.map((field) => t(`vf.${field}`)).join(t('list.and'))
  return (
    <Row
      later={one.undoneAt !== null}
      what={
        <>
          {t('versions.no', { n: one.version })} {one.inForce && <Tag tone="accent">{t('versions.inForce')}</Tag>}
          {one.undoneAt && <Tag tone="grey">{t('versions.undone')}</Tag>}
        </>
      }
      why={
        <>
          {one.reason ?? t('versions.first')}
          {fields && ` · ${t('versions.changed', { fields })}`} · {one.by} <Moment at={one.recordedAt} />
        </>
      }
      day={<Day day={one.since} />}
      next={
        compare && (
          <Button expanded={open} onClick={compare}>
            {t('versions.compare')}
          </Button>
        )
      }
      more={children}
    />
  )
}

function Compared({ duty, before, after }: { duty: string; before: number; after: number }) {
  const read = useRead(dutyRoutes.compare, { id: duty, before, after })
  return <Shown of={read}>{(compared) => <Fields compared={compared} />}</Shown>
}

/** Each field that differs: words gone are struck through, words new are underlined; what is chosen from a list is said as it is. */
function Fields({ compared }: { compared: CompareOk }) {
  const t = useT()
  const lang = useLang()
  const aspects = useAspects()
  const said = (version: VersionOk, field: CompareOk['fields'][number]['field']): string => {
    if (field === 'kind') return t(`kind.${version.kind}`)
    if (field === 'polarity') return t(`polarity.${version.polarity}.list`)
    if (field === 'aspect') return aspects.find((one) => one.value === version.aspect)?.label ?? t('versions.empty')
    return sayCadence(version.rrule, version.due, lang)
  }
  const cadence = compared.fields.some(({ field }) => field === 'rrule')
  return (
    <dl className="duty-compare">
      {compared.fields
        .filter(({ field }) => field !== 'due' || !cadence)
        .map(({ field, runs }) => (
          <div key={field}>
            <dt>{t(`vf.${field}`)}</dt>
            <dd>
              {field === 'title' || field === 'body' || field === 'measure' ? (
                runs.map((run, i) => {
                  const key = `${i} ${run.op}`
                  if (run.op === 'gone') return <del key={key}>{run.text}</del>
                  return run.op === 'new' ? <ins key={key}>{run.text}</ins> : <span key={key}>{run.text}</span>
                })
              ) : (
                <>
                  <del>{said(compared.before, field)}</del> <ins>{said(compared.after, field)}</ins>
                </>
              )}
            </dd>
          </div>
        ))}
    </dl>
  )
}
