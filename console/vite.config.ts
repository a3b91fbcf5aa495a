import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { leanZod } from './scripts/lean-zod.ts';

/** Where `npm run dev` finds the API. */
const server = process.env['MESURE_API'] ?? 'http://127.0.0.1:3300';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [leanZod(), react()],
  // The server puts a fresh nonce in its place with every answer.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: 'dist',
    // light-dark() in style sheets; every one of them has had top-level await and private fields for years.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2_000,
    manifest: true,
    rolldownOptions: {
      output: {
        // What the start needs comes as one file: a hundred small ones compress worse and cost a request each.
        codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] },
      },
    },
  },
  server: {
    port: 3301,
    // Whole path segments only (/p is not /people), and the browser's Host kept: the API compares it with the Origin.
    proxy: { '^/(api|p|t)/': { target: server, changeOrigin: false } },
  },
});
