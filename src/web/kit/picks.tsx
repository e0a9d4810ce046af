import { useEffect, useId, useRef, useState } from 'react'
import { useSay } from '../words.ts'
import type { Control } from './fields.tsx'

export type PickOption = {
  value: string
  label: string /** A second, smaller text: the post of a person. */
  note?: string
  disabled?: boolean
}

type ChoiceProps = Partial<Control> & {
  options: readonly PickOption[]
  value: string
  onChange: (value: string) => void
  /** What stands first and means none: 全部单位. */
  none?: string
  /** The name, where no label stands beside it. */
  label?: string
  disabled?: boolean
}

/** One of a few: the browser's own select, dressed like the rest. */
export function Choice({ options, value, onChange, none, label, disabled, status, ...control }: ChoiceProps) {
  return (
    <span className={`choice${status ? ' refused' : ''}`}>
      <select {...control} value={value} onChange={(event) => onChange(event.target.value)} aria-label={label} disabled={disabled}>
        {none !== undefined && <option value="">{none}</option>}
        {none === undefined && value === '' && <option value="" disabled hidden />}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled ?? false}>
            {option.note ? `${option.label} · ${option.note}` : option.label}
          </option>
        ))}
      </select>
    </span>
  )
}

/** Two to five words beside each other, one of them in force: views of a page, light or dark. */
export function Segments({
  options,
  value,
  onChange,
  label,
}: {
  options: readonly PickOption[]
  value: string
  onChange: (value: string) => void
  label: string
}) {
  const name = useId()
  return (
    <fieldset className="segments">
      <legend className="unseen">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={option.value === value ? 'on' : ''}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled ?? false}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}

type PickProps = Partial<Control> & {
  options: readonly PickOption[]
  value: string | null
  onChange: (value: string | null) => void
  placeholder?: string
  /** The name, where no label stands beside it. */
  label?: string
}

const shownAtMost = 50
/** Finds by any part of name or note; several words must all be found. */
const found = (options: readonly PickOption[], text: string) => {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  return options.filter(({ label, note }) => words.every((word) => `${label} ${note ?? ''}`.toLowerCase().includes(word)))
}

/** One of many, found by typing: a text field with a list under it. Arrows move, Enter takes, Esc gives back what stood there. */
export function Pick({ options, value, onChange, placeholder, label, status, ...control }: PickProps) {
  const say = useSay()
  const list = useId()
  const root = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const chosen = options.find((option) => option.value === value)
  const hits = typed === null ? [] : found(options, typed === chosen?.label ? '' : typed).slice(0, shownAtMost)
  const open = typed !== null
  useEffect(() => {
    if (open) root.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  })
  const take = (option: PickOption | undefined) => {
    if (option && !option.disabled) onChange(option.value)
    setTyped(null)
  }
  const leave = () => {
    if (typed === '') onChange(null)
    setTyped(null)
  }
  const onKey = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!open) setTyped(chosen?.label ?? '')
      else setAt((before) => Math.min(Math.max(before + (event.key === 'ArrowDown' ? 1 : -1), 0), Math.max(hits.length - 1, 0)))
    } else if (event.key === 'Enter' && open) {
      event.preventDefault()
      take(hits[at])
    } else if (event.key === 'Escape' && open) {
      event.preventDefault()
      event.stopPropagation()
      setTyped(null)
    }
  }
  return (
    <div className={`pick${status ? ' refused' : ''}`} ref={root}>
      <input
        {...control}
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        aria-expanded={open}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={open && hits[at] ? `${list}-${at}` : undefined}
        placeholder={placeholder ?? say('pick.placeholder')}
        value={typed ?? chosen?.label ?? ''}
        onFocus={(event) => event.target.select()}
        onClick={() => !open && setTyped(chosen?.label ?? '')}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
        }}
        onBlur={leave}
        onKeyDown={onKey}
      />
      {chosen?.note && typed === null && <span className="pick-note">{chosen.note}</span>}
      {open && (
        <div className="pick-list" id={list} role="listbox" aria-label={label ?? say('pick.list')}>
          {hits.map((option, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text field carries the keys
            <div
              key={option.value}
              id={`${list}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === at}
              aria-disabled={option.disabled}
              className="pick-option"
              onMouseDown={(event) => event.preventDefault()}
              onMouseEnter={() => setAt(i)}
              onClick={() => take(option)}
            >
              {option.label}
              {option.note && <small>{option.note}</small>}
            </div>
          ))}
          {hits.length === 0 && <div className="pick-none">{say('pick.none')}</div>}
        </div>
      )}
    </div>
  )
}
