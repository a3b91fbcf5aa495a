import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rooms } from './en/rooms.ts';
import { readSources } from './sources.fixture.ts';

/** Shown before any page of a room is: their words are not loaded then. The palette waits for them. */
const early = /^(platform|app|guard\/access|guard\/brake|learn\/home)\//;
const waits = /^app\/(gallery\/|actions\.tsx|palette\.tsx)/;

it('what is shown first says nothing of the rooms’ words', () => {
  const room = new RegExp(`\\b(?:t|say)\\(\\s*['"\`](${Object.keys(rooms).join('|')})\\.`);
  const wrong = readSources(join(import.meta.dirname, '..'))
    .filter(({ name }) => early.test(name) && !waits.test(name))
    .flatMap(({ name, text }) => {
      const found = room.exec(text);
      return found ? [`${name}: ${found[1]}`] : [];
    });
  expect(wrong).toEqual([]);
});
