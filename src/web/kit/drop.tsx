import { useState } from 'react'
import { useSay } from '../words.ts'
import { Button } from './act.tsx'
import { Field } from './fields.tsx'

const sizeOf = (bytes: number) =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`

type Props = {
  label: string
  hint?: string
  /** As of an `<input type="file">`: `.docx,.txt,.md`. */
  accept: string
  file: File | null
  choose: (file: File | null) => void
  error?: string | null
}

/** One file, chosen by a button or dropped on the field. */
export function FileDrop({ label, hint, accept, file, choose, error }: Props) {
  const say = useSay()
  const [over, setOver] = useState(false)
  return (
    <Field label={label} hint={hint} error={error ?? null}>
      {({ status: _, ...control }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button inside is the first
        <div
          className={`file-drop${over ? ' over' : ''}`}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault()
            setOver(false)
            choose(event.dataTransfer.files[0] ?? null)
          }}
        >
          <span>{file ? `${file.name}（${sizeOf(file.size)}）` : say('file.drop')}</span>
          <label className="go soft">
            <input
              {...control}
              className="unseen"
              type="file"
              accept={accept}
              onChange={(event) => choose(event.target.files?.[0] ?? null)}
            />
            {say(file ? 'file.other' : 'file.choose')}
          </label>
          {file && (
            <Button kind="bare" onClick={() => choose(null)}>
              {say('file.remove')}
            </Button>
          )}
        </div>
      )}
    </Field>
  )
}
