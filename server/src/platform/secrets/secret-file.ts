import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { appError } from '#platform/errors';
import { createSecrets, KEY_ID, type Roots, type Secrets } from './secrets.ts';

const BYTES = 32;

const refuse = (path: string, what: string, reason: string): Error =>
  appError('unavailable', { message: `The secret file ${path} ${what}`, details: { reason } });

const render = (roots: Roots): string =>
  `${[...roots].map(([keyId, root]) => `${keyId} ${root.toString('base64url')}`).join('\n')}\n`;

const parse = (path: string, text: string): Roots => {
  const roots = new Map<string, Buffer>();
  for (const line of text.split('\n').filter((found) => found.trim() !== '')) {
    const [keyId = '', encoded = ''] = line.trim().split(' ');
    const root = Buffer.from(encoded, 'base64url');
    if (!KEY_ID.test(keyId) || root.length !== BYTES || roots.has(keyId)) {
      throw refuse(
        path,
        'is damaged. Restore it from your backup: a new one would void every link already sent.',
        'damaged_secret',
      );
    }
    roots.set(keyId, root);
  }
  if (roots.size === 0) throw refuse(path, 'is empty. Restore it from your backup.', 'damaged_secret');
  return roots;
};

const writeWhole = async (path: string, roots: Roots): Promise<string> => {
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  const file = await open(draft, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    await file.writeFile(render(roots));
    await file.sync();
  } finally {
    await file.close();
  }
  return draft;
};

const readRoots = async (path: string): Promise<Roots> => {
  const found = await stat(path);
  if ((found.mode & 0o077) !== 0) {
    throw refuse(
      path,
      `can be read by others. Run: chmod 600 ${path}. If others had access, rotate the keys.`,
      'open_secret',
    );
  }
  return parse(path, await readFile(path, 'utf8'));
};

/** The installation's root secret: made at the first start, readable by its owner only, part of every backup. */
export const loadSecrets = async (path: string): Promise<Secrets> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = await writeWhole(path, new Map([['v1', randomBytes(BYTES)]]));
  try {
    // Linking fails when the file is there: of two first starts, one wins.
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  return createSecrets(await readRoots(path));
};

/** Adds a root: new tokens use it, tokens already sent stay valid. */
export const rotateSecrets = async (path: string): Promise<Secrets> => {
  const roots = await readRoots(path);
  const next = new Map([...roots, [`v${roots.size + 1}`, randomBytes(BYTES)] as const]);
  await rename(await writeWhole(path, next), path);
  return createSecrets(next);
};
