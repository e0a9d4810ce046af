import { useState } from 'react'
import type { Id } from '#kernel/ids.ts'
import { useRead } from '#web/client.ts'
import { Section, Shown } from '#web/kit/index.ts'
import { useWords } from '#web/words.ts'
import { evidenceRoutes } from '../contract.ts'
import { Drop } from './drop.tsx'
import { EvidenceFile, type FileOk } from './file.tsx'
import { Full } from './full.tsx'
import { words } from './words.ts'
import './evidence.css'

const viewable = (file: FileOk) => file.actions.includes('show')

/** The files of an act: shown where they stand, added by dropping, removed with a reason. Nothing is said where there are none and none can be added. */
export function EvidenceOf({ act }: { act: Id }) {
  const t = useWords('evidence', words)
  const read = useRead(evidenceRoutes.list, { id: act })
  const [full, setFull] = useState<Id | null>(null)
  if (read.data && read.data.items.length === 0 && read.data.actions.length === 0) return null
  return (
    <Section title={t('title')} note={t('optional')}>
      <Shown of={read} lines={1}>
        {({ items, caps, actions }) => (
          <>
            {items.length > 0 && (
              <ul className="evidence-files" aria-label={t('title')}>
                {items.map((file) => (
                  <EvidenceFile key={file.id} file={file} act={act} full={() => setFull(file.id)} />
                ))}
              </ul>
            )}
            {actions.includes('add') && <Drop act={act} max={caps.file} first={items.length === 0} />}
            <Full files={items.filter(viewable)} open={full} show={setFull} />
          </>
        )}
      </Shown>
    </Section>
  )
}
