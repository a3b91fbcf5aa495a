import { execFile, spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { embeddedPostgresFolder } from '#platform/postgres';

/**
 * Ends the cluster and removes the folder when this process is gone, whatever ended it: the pipe closes, the shell
 * reads end-of-file.
 */
const cleanUpAfterUs = (folder: string, pidFile: string): void => {
  const script = `read -r _; pid=$(head -n 1 "$2" 2>/dev/null); sockets=$(sed -n 5p "$2" 2>/dev/null)
    if [ -n "$pid" ]; then kill -QUIT "$pid" 2>/dev/null; i=0
      while kill -0 "$pid" 2>/dev/null && ! grep -q ') Z' "/proc/$pid/stat" 2>/dev/null && [ $i -lt 100 ]; do sleep 0.05; i=$((i+1)); done; fi
    case "$sockets" in */mesure-*) rm -rf "$sockets";; esac
    rm -rf "$1"`;
  const watcher = spawn('/bin/sh', ['-c', script, 'sh', folder, pidFile], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.unref();
  (watcher.stdin as unknown as { unref: () => void }).unref();
};

/** A data folder that goes away with this process, and the PostgreSQL that runs on it too. */
export const temporaryDataFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'mesure-test-'));
  // Root's engine runs as somebody else, who must be able to go through.
  await promisify(execFile)('chmod', ['711', folder]);
  cleanUpAfterUs(folder, join(await embeddedPostgresFolder(folder), 'data/postmaster.pid'));
  return folder;
};
