import { describe, expect, it } from 'vitest';
import { domainsOf } from './signing-domains.ts';

const identity = (fromAddress: string) => ({ entityId: 'e', fromName: 'A', fromAddress, replyTo: null });
const key = (domain: string) => ({
  id: `k-${domain}`,
  domain,
  selector: 's1',
  createdAt: '2026-01-01T00:00:00.000Z',
  active: false,
});

describe('the domains that need a signature', () => {
  it('are those that we write from, then those that only have a key', () => {
    const found = domainsOf({
      identities: [identity('news@Shop.example'), identity('hello@shop.example')],
      dkimKeys: [key('old.example'), key('shop.example')],
    });
    expect(found.map(({ domain, keys, writesFrom }) => [domain, keys.length, writesFrom])).toEqual([
      ['shop.example', 1, true],
      ['old.example', 1, false],
    ]);
  });

  it('are none while nobody writes', () => {
    expect(domainsOf({ identities: [], dkimKeys: [] })).toEqual([]);
  });
});
