import { expect, it } from 'vitest';
import { readTimeZone } from './written-values.ts';

it.each([
  ['Europe/Paris', 'Europe/Paris'],
  ['Indian/Reunion', 'Indian/Reunion'],
  ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['europe/paris', 'Europe/Paris'],
  ['+02:00', null],
  ['CEST', null],
  ['Europe/Atlantis', null],
  ['', null],
])('reads %j as the zone %j', (written, zone) => {
  const read = readTimeZone(written);
  // Older engines call this one America/Buenos_Aires.
  expect(read === 'America/Buenos_Aires' ? 'America/Argentina/Buenos_Aires' : read).toBe(zone);
});
