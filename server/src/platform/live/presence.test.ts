import { expect, it } from 'vitest';
import { createPresence } from './presence.ts';

const announcement = (name: string, options: { id?: string; tab?: string; editing?: boolean } = {}) => ({
  from: 'elsewhere',
  kind: 'campaign' as const,
  id: options.id ?? 'c1',
  person: { id: name, name },
  tab: options.tab ?? '',
  editing: options.editing ?? true,
  since: '2026-03-03T09:00:00.000Z',
});

it('forgets who is silent for 45 s, and tells once', () => {
  let nowMs = 0;
  const told: string[][] = [];
  const presence = createPresence({
    monotonicMs: () => nowMs,
    forgetMs: 45_000,
    onChange: (_workspace, _subject, people) => told.push(people.map(({ name }) => name)),
  });
  presence.apply('w', announcement('Camille'));
  nowMs = 20_000;
  presence.apply('w', announcement('Camille'));
  presence.apply('w', announcement('Alex'));
  presence.apply('w', announcement('Alex', { tab: 'second' }));
  nowMs = 64_000;
  presence.apply('w', announcement('Camille'));
  presence.forgetSilent();
  expect(told).toEqual([['Camille'], ['Camille', 'Alex']]);
  nowMs = 65_001;
  presence.forgetSilent();
  expect(told).toEqual([['Camille'], ['Camille', 'Alex'], ['Camille']]);
});

it('keeps at most fifty places of one person', () => {
  const presence = createPresence({ monotonicMs: () => 0, forgetMs: 1, onChange: () => undefined });
  for (let index = 0; index < 60; index += 1)
    presence.apply('w', announcement('Camille', { id: `c${index}` }));
  const there = (id: string) => presence.peopleOn('w', { kind: 'campaign', id }).length;
  expect([there('c9'), there('c10'), there('c59')]).toEqual([0, 1, 1]);
});
