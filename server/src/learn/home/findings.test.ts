import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestStores, type TestStores } from '#testing';
import { createFindings } from './findings.ts';

let stores: TestStores;
beforeAll(async () => {
  stores = await createTestStores();
});
afterAll(() => stores.close());

it('answers at once, works out behind the answer, tells, and looks again after an hour', async () => {
  let sentence = 'Not yet.';
  let worked = 0;
  const told: string[] = [];
  let arrived = (): void => undefined;
  const next = () =>
    new Promise<void>((resolve) => {
      arrived = resolve;
    });
  const findings = createFindings({
    ...stores,
    findingOf: async () => {
      worked += 1;
      return { status: 'not_yet', sentence };
    },
    publish: async (_tx, { id }) => {
      told.push(id);
      arrived();
    },
  });
  const asked = { workspaceId: stores.workspaceId, campaignId: 'c1', language: 'en' } as const;
  let telling = next();
  expect(findings(asked)).toBeNull();
  expect(findings(asked)).toBeNull();
  await telling;
  expect(findings(asked)).toEqual({ status: 'not_yet', sentence: 'Not yet.' });
  expect([worked, told]).toEqual([1, ['c1']]);
  stores.clock.advance(3_600_001);
  sentence = 'Proven.';
  telling = next();
  expect(findings(asked)?.sentence).toBe('Not yet.');
  await telling;
  expect(findings(asked)?.sentence).toBe('Proven.');
});
