import { Link } from '@tanstack/react-router'
import { type Group, placesFor } from '../pages.ts'
import { useMe } from '../session.ts'
import { type ShellKey, useSay } from '../words.ts'

const groups: { group: Group; word: ShellKey | null }[] = [
  { group: 'mine', word: null },
  { group: 'chain', word: 'nav.chain' },
  { group: 'back', word: 'nav.back' },
  { group: 'ground', word: 'nav.ground' },
]

/** The chain in its order; what is not there, or not this person's, is not in it. */
export function Nav({ onGone }: { onGone?: () => void }) {
  const say = useSay()
  const { verbs } = useMe()
  const places = placesFor(verbs)
  return (
    <nav className="nav" aria-label={say('nav.label')}>
      {groups.map(({ group, word }) => {
        const own = places.filter((place) => place.group === group)
        if (own.length === 0) return null
        return (
          <div key={group}>
            {word && (
              <p className="nav-group" id={`nav-${group}`}>
                {say(word)}
              </p>
            )}
            <ul {...(word ? { 'aria-labelledby': `nav-${group}` } : {})}>
              {own.map(({ path, word: name }) => (
                <li key={path}>
                  <Link to={path} activeProps={{ className: 'on', 'aria-current': 'page' }} {...(onGone ? { onClick: onGone } : {})}>
                    {say(name)}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        )
      })}
    </nav>
  )
}
