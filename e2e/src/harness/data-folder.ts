import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder {
  readonly path: string;
  /** Ends the PostgreSQL that a killed server left on it, and removes it. Happens by itself when this process ends. */
  readonly remove: () => void;
}

// Outlives whatever ends this process: the pipe closes, the shell reads end-of-file.
const cleanUp = `read -r _; file="$1/postgres/data/postmaster.pid"
pid=$(head -n 1 "$file" 2>/dev/null); sockets=$(sed -n 5p "$file" 2>/dev/null)
if [ -n "$pid" ]; then kill -QUIT "$pid" 2>/dev/null; i=0
  while kill -0 "$pid" 2>/dev/null && ! grep -q ') Z' "/proc/$pid/stat" 2>/dev/null && [ $i -lt 100 ]; do sleep 0.05; i=$((i+1)); done; fi
case "$sockets" in */mesure-*) rm -rf "$sockets";; esac
rm -rf "$1"`;

/** For the data of one server: when that was killed, its PostgreSQL goes on until this folder is removed. */
export const temporaryFolder = (): TemporaryFolder => {
  const path = mkdtempSync(join(tmpdir(), 'mesure-e2e-'));
  // Root's PostgreSQL runs as somebody else, who must be able to go through.
  chmodSync(path, 0o711);
  const watcher = spawn('/bin/sh', ['-c', cleanUp, 'sh', path], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.unref();
  const pipe = watcher.stdin as NodeJS.WritableStream & { readonly unref?: () => void };
  pipe.unref?.();
  return { path, remove: () => void pipe.end() };
};
