import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{contract,engine,server,console,cli,sample,bench,e2e,scripts}/**/*.test.ts'],
    // Each server test file may start a real PostgreSQL schema and a chDB session: two files at a time on 2 cores.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
