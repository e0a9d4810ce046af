import { Input } from 'antd'
import { use, useEffect, useId } from 'react'
import type { Refused } from '../client.ts'
import { MeContext } from '../session.ts'
import { useSay } from '../words.ts'
import type { Form, FormValues } from './form.tsx'
import { Choice, Pick, type PickOption } from './picks.tsx'

/** What a control receives from its field. */
export type Control = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true; 'aria-required'?: true; status?: 'error' }
type FieldProps = {
  label: React.ReactNode
  hint?: React.ReactNode
  error?: string | null
  required?: boolean
  children: (control: Control) => React.ReactNode
}

/** A label, a control, a hint, and what was refused there. */
export function Field({ label, hint, error, required, children }: FieldProps) {
  const say = useSay()
  const id = useId()
  const said = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className={`field${error ? ' refused' : ''}`}>
      <label htmlFor={id}>
        {label}
        {required === false && <span className="optional">{say('field.optional')}</span>}
      </label>
      {children({
        id,
        ...(said ? { 'aria-describedby': said } : {}),
        ...(error ? { 'aria-invalid': true as const, status: 'error' as const } : {}),
        ...(required ? { 'aria-required': true as const } : {}),
      })}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

type Shape<T extends FormValues> = {
  name: keyof T & string
  label: string
  hint?: React.ReactNode
  /** false writes 可不填 beside the label. */
  required?: boolean
  /** A part of the form that is shown only when something else says so. */
  when?: boolean
  placeholder?: string
  autoComplete?: string
} & (
  | { kind?: 'text' | 'password' | 'number' | 'day' | 'long'; max?: string; min?: string; maxLength?: number }
  | { kind: 'choice'; options: readonly PickOption[] }
  | { kind: 'person' | 'unit' | 'pick'; options: readonly PickOption[] }
)

type FieldsProps<T extends FormValues> = {
  form: Form<T>
  fields: readonly Shape<T>[]
  /** Which one gets the focus; left out, the first. */
  first?: keyof T & string
}

/**
 * The fields of a form as a list: `<FieldsOf form={form} fields={[{name: 'title', label: t('title')}, {name: 'due', kind: 'day', label: …}]} />`.
 * Values are texts; a `number` field gives a number or null; what is cleared is '' (null in a pick).
 */
export function FieldsOf<T extends FormValues>({ form, fields, first }: FieldsProps<T>) {
  return (
    <>
      {fields
        .filter(({ when }) => when !== false)
        .map((field, i) => (
          <One key={field.name} form={form} field={field} first={first ? field.name === first : i === 0} />
        ))}
    </>
  )
}

function One<T extends FormValues>({ form, field, first }: { form: Form<T>; field: Shape<T>; first: boolean }) {
  const { name, label, required, placeholder } = field
  const say = useSay()
  // In the demo office nobody was ever told a password.
  const hint = field.hint ?? (use(MeContext)?.office.fictional && field.kind === 'password' ? say('field.demoPassword') : undefined)
  const { known } = form
  useEffect(() => known(name), [known, name])
  const put = (value: unknown) => form.set(name, value as T[typeof name])
  const value = form.values[name]
  const text = value === null || value === undefined ? '' : String(value)
  const shared = { placeholder, name, ...(first ? { autoFocus: true, 'data-first': true } : {}) }
  return (
    <Field label={label} hint={hint} error={form.errorAt(name)} {...(required === undefined ? {} : { required })}>
      {(control) => {
        switch (field.kind) {
          case 'choice':
            return <Choice {...control} options={field.options} value={text} onChange={put} />
          case 'person':
          case 'unit':
          case 'pick':
            return (
              <Pick {...control} options={field.options} value={text || null} onChange={put} {...(placeholder ? { placeholder } : {})} />
            )
          case 'long':
            return (
              <Input.TextArea
                {...control}
                {...shared}
                value={text}
                onChange={(e) => put(e.target.value)}
                autoSize={{ minRows: 3, maxRows: 16 }}
                maxLength={field.maxLength}
              />
            )
          case 'number':
            return (
              <Input
                {...control}
                {...shared}
                inputMode="decimal"
                value={text}
                onChange={(e) =>
                  put(e.target.value === '' ? null : Number.isFinite(Number(e.target.value)) ? Number(e.target.value) : e.target.value)
                }
              />
            )
          case 'day':
            return (
              <Input
                {...control}
                {...shared}
                type="date"
                value={text}
                onChange={(e) => put(e.target.value)}
                max={field.max}
                min={field.min}
              />
            )
          default:
            return (
              <Input
                {...control}
                {...shared}
                type={field.kind === 'password' ? 'password' : 'text'}
                autoComplete={field.autoComplete ?? 'off'}
                value={text}
                onChange={(e) => put(e.target.value)}
                maxLength={'maxLength' in field ? field.maxLength : undefined}
              />
            )
        }
      }}
    </Field>
  )
}

/** A refusal that stands at no field: above the buttons of the form. */
export function Refusal({ of }: { of: Error | null | undefined }) {
  const say = useSay()
  if (!of) return null
  const refused = of as Partial<Refused>
  return (
    <div className="refusal" role="alert">
      <p>{of.message}</p>
      {refused.code && (
        <p className="failed-code">
          <code>{refused.code}</code>
          {refused.requestId && (
            <>
              {' · '}
              {say('failed.request')} <code>{refused.requestId}</code>
            </>
          )}
        </p>
      )}
    </div>
  )
}

/** The form itself: Enter sends it; the buttons stand at its end. */
export function FormOf({ onSend, children, foot }: { onSend: () => void; children: React.ReactNode; foot?: React.ReactNode }) {
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        onSend()
      }}
    >
      {children}
      {foot && <div className="form-foot">{foot}</div>}
    </form>
  )
}
