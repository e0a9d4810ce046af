import { type ShellKey, useSay } from '../words.ts'

export type LightName = 'green' | 'yellow' | 'red' | 'grey'

const shapes: Record<LightName, React.ReactNode> = {
  green: <circle cx="7" cy="7" r="6" />,
  yellow: <path d="M7 1.2 13.2 12.6H.8Z" strokeLinejoin="round" />,
  red: <rect x="1.2" y="1.2" width="11.6" height="11.6" rx="2" />,
  grey: <path d="M7 1.6 12.4 7 7 12.4 1.6 7Z" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round" />,
}

/** A light: shape, colour and word together. Without `word` the shape stands alone and the word is read out; `word` true writes the light's own. */
export function Light({ light, word }: { light: LightName; word?: string | boolean }) {
  const say = useSay()
  const own = say(`light.${light}` satisfies ShellKey)
  const written = word === true ? own : word || null
  const drawing = { viewBox: '0 0 14 14', width: 14, height: 14, fill: 'currentColor' }
  return (
    <span className={`light ${light}`}>
      {written ? (
        <svg {...drawing} aria-hidden="true">
          {shapes[light]}
        </svg>
      ) : (
        <svg {...drawing} role="img" aria-label={own}>
          {shapes[light]}
        </svg>
      )}
      {written && <span className="light-word">{written}</span>}
    </span>
  )
}
