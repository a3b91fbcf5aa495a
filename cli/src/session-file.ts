import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Who signed in from this account of this machine: one session cookie per server, in a 0600 file. */
type Sessions = Readonly<Record<string, string>>;

const sessionFile = (): string => join(homedir(), '.config', 'mesure', 'sessions.json');

const readAll = (): Sessions => {
  try {
    return JSON.parse(readFileSync(sessionFile(), 'utf8')) as Sessions;
  } catch {
    return {};
  }
};

export const readSession = (baseUrl: string): string | undefined => readAll()[new URL(baseUrl).origin];

/** Undefined forgets it. */
export const writeSession = (baseUrl: string, cookie: string | undefined): void => {
  const { [new URL(baseUrl).origin]: _old, ...others } = readAll();
  const sessions: Sessions = cookie === undefined ? others : { ...others, [new URL(baseUrl).origin]: cookie };
  mkdirSync(dirname(sessionFile()), { recursive: true, mode: 0o700 });
  writeFileSync(sessionFile(), JSON.stringify(sessions), { mode: 0o600 });
  // The mode above counts only for a new file.
  chmodSync(sessionFile(), 0o600);
};
