import { Input } from 'antd'
import { useEffect, useState } from 'react'

/** A text filter: handed on a moment after the last key. `label` names it and stands in it while it is empty. */
export function SearchBox({ q, put, label }: { q: string; put: (q: string) => void; label: string }) {
  const [text, setText] = useState(q)
  useEffect(() => setText(q), [q])
  useEffect(() => {
    if (text === q) return
    const timer = setTimeout(() => put(text), 300)
    return () => clearTimeout(timer)
  })
  return (
    <Input
      type="search"
      aria-label={label}
      placeholder={label}
      value={text}
      maxLength={80}
      onChange={(event) => setText(event.target.value)}
    />
  )
}
