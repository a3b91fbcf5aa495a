import { expect, it } from 'vitest';
import { kindOf, mayOpen } from './links.ts';

it.each([
  ['https://m.example/t/abc', 'click', true],
  ['http://127.0.0.1:3300/p/why/abc', 'page', true],
  ['https://shop.example/tea', 'other', true],
  ['https://', 'other', false],
  ['javascript:alert(1)', 'other', false],
  ['//shop.example/t/1', 'other', false],
] as const)('%s', (link, kind, opens) => {
  expect(kindOf(link)).toBe(kind);
  expect(mayOpen(link)).toBe(opens);
});
