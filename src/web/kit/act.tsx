import { Link } from '@tanstack/react-router'
import { Button as AntButton } from 'antd'
import { useLookingBack } from '../as-of.ts'
import { useSay } from '../words.ts'

export type ButtonProps = {
  children: React.ReactNode
  onClick?: () => void
  /** `main`: the one thing to do here. `soft`: the next step of a row. `danger`: cannot be undone. `bare`: text alone. */
  kind?: 'main' | 'soft' | 'plain' | 'danger' | 'bare'
  type?: 'button' | 'submit'
  loading?: boolean
  disabled?: boolean
  /** Shown on hovering, e.g. why it is disabled. */
  title?: string
  /** For `aria-keyshortcuts`, e.g. `n`. */
  keys?: string
  label?: string
  expanded?: boolean
  pressed?: boolean
}

/** A button for what changes nothing on the server: opening, filtering, more. For the rest there is `Act`. */
export function Button({
  children,
  onClick,
  kind = 'plain',
  type = 'button',
  loading,
  disabled,
  title,
  keys,
  label,
  expanded,
  pressed,
}: ButtonProps) {
  const ant = { main: 'primary', soft: 'default', plain: 'default', danger: 'default', bare: 'text' } as const
  return (
    <AntButton
      type={ant[kind]}
      htmlType={type}
      danger={kind === 'danger'}
      size={kind === 'main' ? 'middle' : 'small'}
      className={`btn ${kind}`}
      loading={loading ?? false}
      disabled={disabled ?? false}
      onClick={onClick}
      title={title}
      aria-label={label}
      aria-keyshortcuts={keys}
      aria-expanded={expanded}
      aria-pressed={pressed}
    >
      {children}
    </AntButton>
  )
}

/** A button that changes something: disabled while looking back, and says why. */
export function Act(props: ButtonProps) {
  const say = useSay()
  const lookingBack = useLookingBack()
  return <Button {...props} {...(lookingBack ? { disabled: true, title: say('asOf.readOnly') } : {})} />
}

/** A link that looks like a button. Keeps the day looked back to. */
export function Go({
  to,
  search,
  children,
  kind = 'plain',
}: {
  to: string
  search?: Record<string, string | undefined>
  children: React.ReactNode
  kind?: 'soft' | 'plain' | 'bare'
}) {
  return (
    <Link
      className={`go ${kind}`}
      to={to}
      search={(before: Record<string, unknown>) => ({ ...(search ?? {}), asOf: before.asOf as string | undefined })}
    >
      {children}
    </Link>
  )
}
