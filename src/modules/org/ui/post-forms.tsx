import { Checkbox } from 'antd'
import { later } from '#kernel/calendar/days.ts'
import { orgRoutes } from '../contract.ts'
import { type PostRole, postRoles } from '../rules.ts'
import { useOrg } from './said.ts'
import { aliasesIn } from './view.ts'
import { type Doing, dayOr, needed, type Rest, Write } from './write.tsx'

export function PostForm({ of, onClose }: Rest & { of: Extract<Doing, { verb: 'addPost' | 'editPost' }> }) {
  const { t, today } = useOrg()
  const post = of.verb === 'editPost' ? of.post : null
  const roles = (form: { values: { roles: PostRole[] }; set: (name: 'roles', value: PostRole[]) => void }) => (
    <Roles value={form.values.roles} onChange={(value) => form.set('roles', value)} />
  )
  const start = { name: post?.name ?? '', roles: post?.roles ?? ([] as PostRole[]), aliases: post?.aliases.join('、') ?? '' }
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
        send={(v) => ({ id: post.id, name: v.name, aliases: aliasesIn(v.aliases), roles: v.roles, sort: v.sort ?? post.sort })}
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
        roles: v.roles,
        since: needed(v.since),
        until: dayOr(v.until),
      })}
      done={(answer) => t('doneAdd', { name: answer.name })}
      onClose={onClose}
      extra={roles}
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
