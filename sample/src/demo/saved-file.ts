import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Whole or not at all: a program that is killed while it writes leaves what was there before. */
export const saveFile = (path: string, text: string): void => {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
};

/** Undefined: there is none. */
export const savedFile = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};
