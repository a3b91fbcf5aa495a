import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressKey } from '#platform/mail';
import { hashAddress } from './address.ts';
import { allows, flawOfProof, isLiveAct, type Purpose, type Standing } from './consent.ts';

const purposes: readonly Purpose[] = [
  'prospecting',
  'click_tracking',
  'personalisation',
  'topic:news',
  'topic:sales',
];
const standings: readonly Standing[] = ['granted', 'withdrawn', 'none'];

test('topics are open until left, everything else is closed until granted', () => {
  expect(standings.map((standing) => allows('topic:news', standing))).toEqual([true, false, true]);
  for (const purpose of purposes.slice(0, 3)) {
    expect(standings.map((standing) => allows(purpose, standing))).toEqual([true, false, false]);
  }
});

test('a grant needs a source, and words where words were shown', () => {
  const proof = { method: 'form', source: 'checkout', wording: 'I agree' } as const;
  expect(flawOfProof({ state: 'granted', proof })).toBeNull();
  expect(flawOfProof({ state: 'granted', proof: { method: 'form', source: 'checkout' } })).toBe('no_wording');
  expect(flawOfProof({ state: 'granted', proof: { ...proof, source: '  ' } })).toBe('no_source');
  expect(flawOfProof({ state: 'granted', proof: { method: 'import', source: 'crm.csv' } })).toBeNull();
  expect(flawOfProof({ state: 'withdrawn', proof: { method: 'hand', source: '' } })).toBeNull();
});

test('withdrawals count now unless a file dates them; grants count from their date unless given on our pages', () => {
  expect(isLiveAct({ state: 'withdrawn', proof: { method: 'one_click', source: '' } })).toBe(true);
  expect(isLiveAct({ state: 'withdrawn', proof: { method: 'import', source: '' } })).toBe(false);
  expect(isLiveAct({ state: 'granted', proof: { method: 'page', source: '' } })).toBe(true);
  expect(isLiveAct({ state: 'granted', proof: { method: 'hand', source: '' } })).toBe(false);
});

test('one mailbox has one hash, whatever the case and the space around (L-14)', () => {
  const key = Buffer.alloc(32, 7);
  const spaces = fc.constantFrom('', ' ', '\t', '\u00a0', '\r\n');
  fc.assert(
    fc.property(fc.emailAddress(), spaces, spaces, (address, before, after) => {
      const other = `${before}${address.toUpperCase()}${after}`;
      expect(hashAddress(key, 'w', other)).toBe(hashAddress(key, 'w', address));
    }),
  );
  expect(addressKey('Zoé@BÜCHER.example')).toBe('zoé@xn--bcher-kva.example');
  expect(addressKey('e\u0301@a.fr')).toBe(addressKey('\u00e9@a.fr'));
  expect(hashAddress(key, 'w', 'a@b.fr')).not.toBe(hashAddress(key, 'other', 'a@b.fr'));
  expect(hashAddress(key, 'w', 'a@b.fr')).not.toBe(hashAddress(Buffer.alloc(32, 8), 'w', 'a@b.fr'));
});
