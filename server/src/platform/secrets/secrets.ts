import { hkdfSync } from 'node:crypto';
import { appError } from '#platform/errors';

export interface Secrets {
  /**
   * 32 bytes for one purpose (HKDF-SHA-256, RFC 5869). They never change, rotation included: what is stored under a
   * keyed hash must be found again.
   */
  readonly key: (purpose: string) => Buffer;
  /** 32 bytes for tokens of one purpose; undefined for a key id that was never used here. */
  readonly tokenKey: (purpose: string, keyId: string) => Buffer | undefined;
  /** The key id that new tokens carry. */
  readonly currentKeyId: string;
}

/** Key id (v1, v2, …) → 32 random bytes, in the order they were made. */
export type Roots = ReadonlyMap<string, Buffer>;

export const KEY_ID = /^v[1-9]\d{0,5}$/;

const derive = (root: Buffer, info: string): Buffer =>
  Buffer.from(hkdfSync('sha256', root, 'mesure', info, 32));

/** One root is a new installation; with several, tokens of the earlier ones stay valid (E-05). */
export const createSecrets = (roots: Buffer | Roots): Secrets => {
  const ring: Roots = Buffer.isBuffer(roots) ? new Map([['v1', roots]]) : roots;
  const [first] = ring.values();
  const currentKeyId = [...ring.keys()].at(-1);
  if (first === undefined || currentKeyId === undefined)
    throw appError('internal', { cause: new Error('no root secret') });
  const derived = new Map<string, Buffer>();
  const cached = (label: string, root: Buffer): Buffer => {
    const found = derived.get(label) ?? derive(root, label);
    derived.set(label, found);
    return found;
  };
  return {
    currentKeyId,
    key: (purpose) => cached(`key:${purpose}`, first),
    tokenKey: (purpose, keyId) => {
      const root = ring.get(keyId);
      return root === undefined ? undefined : cached(`token:${keyId}:${purpose}`, root);
    },
  };
};
