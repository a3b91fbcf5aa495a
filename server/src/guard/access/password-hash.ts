import { argon2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { RandomBytes } from './secret-token.ts';

const derive = promisify(argon2);

export interface Argon2Cost {
  readonly passes: number;
  readonly memoryKiB: number;
  readonly parallelism: number;
}

/** OWASP Password Storage Cheat Sheet, argon2id: t = 2, m = 19 MiB, p = 1 (S-22). About 25 ms on one core. */
export const currentCost: Argon2Cost = { passes: 2, memoryKiB: 19 * 1024, parallelism: 1 };

const tagBytes = 32;
const saltBytes = 16;

interface StoredHash {
  readonly cost: Argon2Cost;
  readonly salt: Buffer;
  readonly tag: Buffer;
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

const format = ({ cost, salt, tag }: StoredHash): string =>
  `$argon2id$v=19$m=${cost.memoryKiB},t=${cost.passes},p=${cost.parallelism}$${unpadded(salt)}$${unpadded(tag)}`;

const pattern = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** Reads a PHC string. Throws on anything but argon2id, version 19. */
export const parsePasswordHash = (stored: string): StoredHash => {
  const [, memory, passes, parallelism, salt, tag] = pattern.exec(stored) ?? [];
  if (salt === undefined || tag === undefined) throw new Error('A stored password hash is not argon2id.');
  return {
    cost: { memoryKiB: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  };
};

const compute = (password: string, salt: Buffer, cost: Argon2Cost): Promise<Buffer> =>
  derive('argon2id', {
    // One person, two keyboards: the same characters may arrive composed or decomposed (NIST SP 800-63B, 3.1.1.2).
    message: password.normalize('NFKC'),
    nonce: salt,
    parallelism: cost.parallelism,
    memory: cost.memoryKiB,
    passes: cost.passes,
    tagLength: tagBytes,
  });

export interface Passwords {
  /** A PHC string: `$argon2id$v=19$m=19456,t=2,p=1$salt$tag`. */
  readonly hash: (password: string) => Promise<string>;
  /** Null stands for an account that does not exist: the same work is done, and the answer is no (S-23). */
  readonly verify: (password: string, stored: string | null) => Promise<boolean>;
  /** Whether a stored hash is weaker than today's and should be renewed at the next sign-in. */
  readonly isOutdated: (stored: string) => boolean;
}

export const createPasswords = (random: RandomBytes): Passwords => {
  const nobody: StoredHash = { cost: currentCost, salt: random(saltBytes), tag: random(tagBytes) };
  return {
    hash: async (password) => {
      const salt = random(saltBytes);
      return format({ cost: currentCost, salt, tag: await compute(password, salt, currentCost) });
    },
    verify: async (password, stored) => {
      const { cost, salt, tag } = stored === null ? nobody : parsePasswordHash(stored);
      const given = await compute(password, salt, cost);
      return timingSafeEqual(given, tag) && stored !== null;
    },
    isOutdated: (stored) => {
      const { cost } = parsePasswordHash(stored);
      return (
        cost.passes < currentCost.passes ||
        cost.memoryKiB < currentCost.memoryKiB ||
        cost.parallelism < currentCost.parallelism
      );
    },
  };
};
