import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSecrets } from './secrets.ts';
import { createTokens } from './tokens.ts';

const root = randomBytes(32);
const tokens = createTokens(createSecrets(root));

describe('tokens', () => {
  it('gives back what was signed, for this purpose only', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (payload) => {
        const token = tokens.sign('unsubscribe', payload);
        expect(tokens.verify('unsubscribe', token)).toEqual(JSON.parse(JSON.stringify(payload)));
        expect(tokens.verify('click', token)).toBeNull();
      }),
    );
  });

  it('refuses a token with any one character changed', () => {
    const token = tokens.sign('unsubscribe', { p: '018f', c: 'a' });
    for (let place = 0; place < token.length; place += 1) {
      const other = token[place] === 'A' ? 'B' : 'A';
      expect(tokens.verify('unsubscribe', token.slice(0, place) + other + token.slice(place + 1))).toBeNull();
    }
    for (const broken of [
      '',
      '.',
      '..',
      'v1..',
      `${token}.`,
      `${token}=`,
      `${token} `,
      token.slice(1),
      'x'.repeat(5000),
    ]) {
      expect(tokens.verify('unsubscribe', broken)).toBeNull();
    }
  });

  it('keeps tokens of earlier keys valid, and the key of stored hashes as it was', () => {
    const old = tokens.sign('preferences', 'id');
    const rotated = createSecrets(
      new Map([
        ['v1', root],
        ['v2', randomBytes(32)],
      ]),
    );
    const after = createTokens(rotated);
    expect(after.verify('preferences', old)).toBe('id');
    expect(after.sign('preferences', 'id').startsWith('v2.')).toBe(true);
    expect(tokens.verify('preferences', after.sign('preferences', 'id'))).toBeNull();
    expect(rotated.key('suppression')).toEqual(createSecrets(root).key('suppression'));
  });

  it('refuses the token of another installation', () => {
    const elsewhere = createTokens(createSecrets(randomBytes(32)));
    expect(tokens.verify('why', elsewhere.sign('why', 1))).toBeNull();
  });
});
