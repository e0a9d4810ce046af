import { useEffect, useState } from 'react'
import type { Id } from '#kernel/ids.ts'
import { fileUrl } from '#web/client.ts'
import { Button, Sheet } from '#web/kit/index.ts'
import { useWords } from '#web/words.ts'
import { evidenceRoutes } from '../contract.ts'
import type { FileOk } from './file.tsx'
import { InPlace } from './in-place.tsx'
import { words } from './words.ts'

type FullProps = { files: FileOk[]; open: Id | null; show: (id: Id | null) => void }

/** The files that can be shown, one at a time over the whole screen: ← and → change, Esc closes. */
export function Full({ files, open, show }: FullProps) {
  const t = useWords('evidence', words)
  const [real, setReal] = useState(false)
  const at = files.findIndex(({ id }) => id === open)
  const file = files[at]
  const go = (id: Id | null) => {
    setReal(false)
    show(id)
  }
  const step = (by: number) => {
    const next = files[at + by]
    if (next) go(next.id)
  }
  useEffect(() => {
    if (!file) return
    const press = (event: KeyboardEvent) => {
      if (event.key === 'ArrowLeft') step(-1)
      if (event.key === 'ArrowRight') step(1)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })
  return (
    <Sheet open={file !== undefined} onClose={() => go(null)} title={file?.name ?? ''} shape="full">
      {file && (
        <div className="evidence-full">
          <div className={`evidence-stage${real ? ' real' : ''}`}>
            <InPlace key={file.id} file={file} real={real} />
          </div>
          <div className="evidence-foot">
            {files.length > 1 && (
              <>
                <Button onClick={() => step(-1)} disabled={at === 0} keys="ArrowLeft">
                  ← {t('full.before')}
                </Button>
                <Button onClick={() => step(1)} disabled={at === files.length - 1} keys="ArrowRight">
                  {t('full.next')} →
                </Button>
              </>
            )}
            {file.kind !== 'pdf' && (
              <Button onClick={() => setReal(!real)} pressed={real}>
                {t(real ? 'full.fit' : 'full.real')}
              </Button>
            )}
            <a className="go plain" href={fileUrl(evidenceRoutes.download, { id: file.id })} download>
              {t('verb.download')}
            </a>
            <span className="note" role="status">
              {t('full.place', { n: at + 1, count: files.length })}
            </span>
            <span className="note evidence-keys">{t('full.keys')}</span>
          </div>
        </div>
      )}
    </Sheet>
  )
}
