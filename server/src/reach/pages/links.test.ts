import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSecrets, createTokens } from '#platform/secrets';
import { createLinks, isSafeTarget, type LinkPurpose, type LinkTarget, readLink } from './links.ts';

const tokens = createTokens(createSecrets(randomBytes(32)));
const links = createLinks({ tokens, publicUrl: 'https://shop.example/' });
const uuid = fc.uuid();
const targets: fc.Arbitrary<Required<LinkTarget>> = fc.record({
  workspaceId: uuid,
  entityId: uuid,
  profileId: fc.option(uuid),
  campaignId: uuid,
  variant: fc.string({ minLength: 1, maxLength: 20 }),
  sendId: fc.option(uuid),
  decisionId: fc.option(uuid),
});
const tokenOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

test('a link says what went into it, for its own purpose only (S-14)', () => {
  fc.assert(
    fc.property(targets, (target) => {
      const made = {
        unsubscribe: links.unsubscribe(target),
        preferences: links.preferences(target),
        why: links.why(target),
      };
      for (const [purpose, url] of Object.entries(made)) {
        for (const asked of ['unsubscribe', 'preferences', 'why', 'click'] satisfies LinkPurpose[]) {
          const read = readLink(tokens, asked, tokenOf(url));
          expect(read?.target ?? null).toEqual(asked === purpose ? target : null);
        }
      }
    }),
    { numRuns: 50 },
  );
});

test('a click link names the person only when asked to, and then neither send nor record (T-07)', () => {
  fc.assert(
    fc.property(targets, fc.boolean(), (target, withPerson) => {
      const url = links.click({ target, url: 'https://shop.example/coffee?x=1', link: 3, withPerson });
      const read = readLink(tokens, 'click', tokenOf(url));
      expect(read).toMatchObject({ url: 'https://shop.example/coffee?x=1', link: 3 });
      expect(read?.target.profileId).toBe(withPerson ? target.profileId : null);
      expect(read?.target.sendId).toBe(withPerson ? target.sendId : null);
      expect(read?.target.decisionId).toBeNull();
    }),
  );
});

test('only web addresses without user information are followed (S-13)', () => {
  for (const url of ['https://shop.example/a?b=c#d', 'http://127.0.0.1:3300/x', 'HTTPS://é.example/']) {
    expect(isSafeTarget(url), url).toBe(true);
  }
  for (const url of [
    '//evil.example',
    '\\\\evil.example',
    'https:\\\\evil.example',
    'https:///evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://shop.example@evil.example/',
    'https://shop.example/\r\nSet-Cookie: a=b',
    ' https://shop.example',
    'java\tscript:alert(1)',
    'ftp://shop.example',
    'https://',
    '/relative',
    '',
  ]) {
    expect(isSafeTarget(url), url).toBe(false);
    const signed = tokens.sign('click', { ...payload, u: url, l: 0 });
    expect(readLink(tokens, 'click', signed), url).toBeNull();
  }
});

const id = 'AZC8zAAAcACAAAAAAAAAAQ';
const payload = { w: id, e: id, c: id, v: 'a' };

test('a signed payload of another shape is no link', () => {
  expect(readLink(tokens, 'why', tokens.sign('why', payload))).not.toBeNull();
  for (const bad of [
    null,
    'x',
    7,
    [],
    {},
    { ...payload, w: 'short' },
    { ...payload, v: 1 },
    { ...payload, c: undefined },
  ]) {
    expect(readLink(tokens, 'why', tokens.sign('why', bad))).toBeNull();
  }
});
