import { fileUrl } from '#web/client.ts'
import { useWords } from '#web/words.ts'
import { evidenceRoutes } from '../contract.ts'
import type { FileOk } from './file.tsx'
import { words } from './words.ts'

/** A file drawn where it stands: a picture, or a PDF in the browser's own viewer where it has one. */
export function InPlace({ file, real }: { file: FileOk; real?: boolean }) {
  const t = useWords('evidence', words)
  const src = fileUrl(evidenceRoutes.show, { id: file.id })
  if (file.kind !== 'pdf') {
    return <img className={`evidence-shown${real ? ' real' : ''}`} src={src} alt={t('picture.of', { name: file.name })} />
  }
  // Browsers on telephones mostly have no viewer of their own: an empty frame would say nothing.
  if (navigator.pdfViewerEnabled !== false) {
    return <iframe className="evidence-shown pdf" src={src} title={t('pdf.of', { name: file.name })} />
  }
  return (
    <p className="evidence-shown none">
      {t('pdf.none')}{' '}
      <a className="evidence-link" href={src} target="_blank" rel="noreferrer">
        {t('pdf.open')}
      </a>
    </p>
  )
}
