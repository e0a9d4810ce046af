import { join, relative } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const root = join(import.meta.dirname, 'src', 'web')

/** Writes beside the manifest which modules went into which file, for the test that keeps the entry small. */
const contents: Plugin = {
  name: 'contents',
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).flatMap((part) => {
      if (part.type !== 'chunk') return []
      const modules = Object.entries(part.modules).flatMap(([id, { renderedLength }]) =>
        renderedLength > 0 ? [relative(import.meta.dirname, id).replaceAll('\\', '/')] : [],
      )
      return [[part.fileName, modules.sort()] as const]
    })
    this.emitFile({ type: 'asset', fileName: '.vite/contents.json', source: JSON.stringify(Object.fromEntries(chunks)) })
  },
}

/** The web application. `npm exec vite` serves it for development in front of a server on port 8080 (or ZELIAN_SERVER). */
export default defineConfig({
  root,
  base: '/',
  publicDir: false,
  plugins: [react(), contents],
  // The host stays as the browser sent it, or a write would look as if it came from another site's page and be refused.
  server: { proxy: { '/api': { target: process.env.ZELIAN_SERVER ?? 'http://127.0.0.1:8080', changeOrigin: false } } },
  build: {
    outDir: join(import.meta.dirname, 'dist', 'web'),
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    target: 'es2022',
    // The page's security policy allows no inline scripts and no data: scripts; small files stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
  },
})
