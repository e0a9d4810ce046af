import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const root = join(import.meta.dirname, 'src', 'web')

/** The web application. `npm exec vite` serves it for development in front of a server on port 8080 (or ZELIAN_SERVER). */
export default defineConfig({
  root,
  base: '/',
  publicDir: false,
  plugins: [react()],
  server: { proxy: { '/api': process.env.ZELIAN_SERVER ?? 'http://127.0.0.1:8080' } },
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
