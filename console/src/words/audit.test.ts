import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { audit } from './en/audit.ts';
import { flat } from './flat.fixture.ts';
import { readSources } from './sources.fixture.ts';

const server = readSources(resolve(import.meta.dirname, '../../../server/src'));
const record = /\baction: '([a-z_]+\.[a-z_]+)'/g;
const actions = server.flatMap(({ text }) => [...text.matchAll(record)].map((match) => match[1] ?? ''));

it('every action that the server records has words', () => {
  const known = flat(audit.actions);
  expect([...new Set(actions)].filter((action) => !known.has(action))).toEqual([]);
});

it('every kind of action has a name', () => {
  const families = new Set(Object.keys(audit.families));
  expect(Object.keys(audit.actions).filter((family) => !families.has(family))).toEqual([]);
  expect([...families].filter((family) => !(family in audit.actions))).toEqual([]);
});
