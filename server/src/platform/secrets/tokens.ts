import { timingSafeEqual } from 'node:crypto';
import { hmacSha256 } from './hmac.ts';
import { KEY_ID, type Secrets } from './secrets.ts';

export interface Tokens {
  /**
   * `v1.<payload>.<mac>`: key id, base64url of the payload's JSON, and 128 bits of HMAC-SHA-256 under a key of this
   * purpose (S-14). Whoever holds a token can read its payload: ids only, never an address.
   */
  readonly sign: (purpose: string, payload: unknown) => string;
  /** The payload, or null when anything about the token is wrong. Tokens do not expire by themselves (E-05). */
  readonly verify: (purpose: string, token: string) => unknown;
}

/** NIST SP 800-107 section 5.3.4 allows 128 bits of HMAC-SHA-256; links stay short. */
const MAC_BYTES = 16;
const LONGEST = 4096;

const macOf = (key: Buffer, signed: string): Buffer => hmacSha256(key, signed).subarray(0, MAC_BYTES);

export const createTokens = (secrets: Secrets): Tokens => ({
  sign: (purpose, payload) => {
    const keyId = secrets.currentKeyId;
    const key = secrets.tokenKey(purpose, keyId);
    if (key === undefined) throw new Error(`no key ${keyId}`);
    const signed = `${keyId}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}`;
    return `${signed}.${macOf(key, signed).toString('base64url')}`;
  },
  verify: (purpose, token) => {
    if (token.length > LONGEST) return null;
    const [keyId = '', payload = '', mac = '', ...rest] = token.split('.');
    if (rest.length > 0 || !KEY_ID.test(keyId)) return null;
    const key = secrets.tokenKey(purpose, keyId);
    if (key === undefined) return null;
    const expected = macOf(key, `${keyId}.${payload}`);
    const given = Buffer.from(mac, 'base64url');
    // Base64 ignores stray bits and characters: only the one spelling that sign() writes is a token.
    if (
      given.length !== expected.length ||
      given.toString('base64url') !== mac ||
      !timingSafeEqual(given, expected)
    )
      return null;
    try {
      return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as unknown;
    } catch {
      return null;
    }
  },
});
