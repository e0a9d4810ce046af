import { Checkbox } from 'antd'
import { later } from '#kernel/calendar/days.ts'
import { useAct } from '#web/client.ts'
import { Choice, Field, tell } from '#web/kit/index.ts'
import { orgRoutes } from '../contract.ts'
import { type Level, levels } from '../grades.ts'
import { type PostRole, postRoles, usuallyExclusive } from '../rules.ts'
import { useOrg } from './said.ts'
import { aliasesIn, type Post } from './view.ts'
import { type Doing, dayOr, needed, type Rest, Write } from './write.tsx'

export function PostForm({ of, onClose }: Rest & { of: Extract<Doing, { verb: 'addPost' | 'editPost' }> }) {
  const { t, today } = useOrg()
  const post = of.verb === 'editPost' ? of.post : null
  const roles = (form: {
    values: { roles: PostRole[]; exclusive: boolean | null; level: string }
    set: ((name: 'roles', value: PostRole[]) => void) &
      ((name: 'exclusive', value: boolean) => void) &
      ((name: 'level', value: string) => void)
    errorAt: (name: string) => string | null
  }) => (
    <>
      <Roles value={form.values.roles} onChange={(value) => form.set('roles', value)} />
      <Field label={t('level')} hint={t('levelHint')} required={false} error={form.errorAt('level')}>
        {(control) => (
          <Choice
            {...control}
            none={t('noLevel')}
            options={levelOptions(t)}
            value={form.values.level}
            onChange={(value) => form.set('level', value)}
          />
        )}
      </Field>
      <Exclusive
        value={form.values.exclusive ?? usuallyExclusive(form.values.roles)}
        onChange={(value) => form.set('exclusive', value)}
        error={form.errorAt('exclusive')}
      />
    </>
  )
  const start = {
    name: post?.name ?? '',
    roles: post?.roles ?? ([] as PostRole[]),
    aliases: post?.aliases.join('、') ?? '',
    exclusive: (post?.exclusive ?? null) as boolean | null,
    level: (post?.level ?? '') as string,
  }
  const more = (v: typeof start) => ({
    roles: v.roles,
    exclusive: v.exclusive ?? usuallyExclusive(v.roles),
    level: (v.level || null) as Level | null,
  })
  if (post)
    return (
      <Write
        route={orgRoutes.editPost}
        title={t('titleEditPost', { name: post.name })}
        verb={t('save')}
        start={{ ...start, sort: post.sort as number | null }}
        fields={() => [
          { name: 'name', label: t('name'), maxLength: 120 },
          { name: 'aliases', label: t('aliases'), hint: t('aliasesHint'), required: false },
          { name: 'sort', kind: 'number', label: t('sort'), hint: t('sortHint') },
        ]}
        send={(v) => ({ id: post.id, name: v.name, aliases: aliasesIn(v.aliases), ...more(v), sort: v.sort ?? post.sort })}
        done={(answer) => t('doneSave', { name: answer.name })}
        onClose={onClose}
        extra={roles}
      />
    )
  if (of.verb !== 'addPost') return null
  const { unit } = of
  return (
    <Write
      route={orgRoutes.addPost}
      title={t('titleAddPost', { name: unit.name })}
      verb={t('addPost')}
      draft={`org.addPost.${unit.id}`}
      start={{ ...start, since: later(unit.since, today), until: '' }}
      fields={() => [
        { name: 'name', label: t('name'), maxLength: 120 },
        { name: 'aliases', label: t('aliases'), hint: t('aliasesHint'), required: false },
        { name: 'since', kind: 'day', label: t('since'), min: unit.since },
        { name: 'until', kind: 'day', label: t('until'), hint: t('untilHint'), required: false },
      ]}
      send={(v) => ({
        unit: unit.id,
        name: v.name,
        aliases: aliasesIn(v.aliases),
        ...more(v),
        since: needed(v.since),
        until: dayOr(v.until),
      })}
      done={(answer) => t('doneAdd', { name: answer.name })}
      onClose={onClose}
      extra={roles}
    />
  )
}

/** Ending a post; it can be taken back. */
export function EndPost({ post: thing, onClose }: Rest & { post: Post }) {
  const { t, day, today } = useOrg()
  const reopen = useAct(orgRoutes.endPost, { onDone: (answer) => tell(t('doneReopen', { name: answer.name })) })
  return (
    <Write
      route={orgRoutes.endPost}
      title={t('titleEnd', { name: thing.name })}
      verb={t('endPost')}
      start={{ until: today }}
      fields={() => [{ name: 'until', kind: 'day', label: t('endUntil'), hint: t('endUntilHint') }]}
      send={(v) => ({ id: thing.id, until: needed(v.until) })}
      done={(answer) => t('doneEnd', { name: answer.name, until: day(answer.until ?? '') })}
      undo={(answer) => reopen.mutate({ id: answer.id, until: thing.until })}
      onClose={onClose}
    />
  )
}

function Roles({ value, onChange }: { value: PostRole[]; onChange: (value: PostRole[]) => void }) {
  const { t } = useOrg()
  return (
    <fieldset className="field" style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
      <legend style={{ padding: 0 }}>{t('roles')}</legend>
      <Checkbox.Group
        options={postRoles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        value={value}
        onChange={onChange}
        style={{ display: 'flex', flexWrap: 'wrap', gap: '4px 14px' }}
      />
      <p className="hint">{t('rolesHint')}</p>
    </fieldset>
  )
}

type T = ReturnType<typeof useOrg>['t']
/** 领导职务层次, the lowest first: most posts of an office are among the first four. */
export const levelOptions = (t: T) => levels.map((value) => ({ value, label: t(`level.${value}`) }))

function Exclusive({ value, onChange, error }: { value: boolean; onChange: (value: boolean) => void; error: string | null }) {
  const { t } = useOrg()
  return (
    <div className={`field${error ? ' refused' : ''}`}>
      <Checkbox checked={value} onChange={(event) => onChange(event.target.checked)}>
        {t('exclusiveBox')}
      </Checkbox>
      <p className="hint">{t('exclusiveHint')}</p>
      {error && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
