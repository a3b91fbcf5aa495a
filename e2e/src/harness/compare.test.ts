import { expect, it } from 'vitest';
import { disagreements, type Evidence } from './compare.ts';

const send = (id: string, state: Evidence['sends'][number]['state']): Evidence['sends'][number] => ({
  id,
  profileId: `person of ${id}`,
  state,
  decisionId: 'd',
});
const taken = (sendId: string) => ({ sendId, recipient: `${sendId}@example.test` });

const sound: Evidence = {
  sends: [
    send('a', 'accepted'),
    send('b', 'accepted'),
    send('c', 'uncertain'),
    send('d', 'uncertain'),
    send('e', 'blocked'),
  ],
  audience: 6,
  heldOut: 1,
  journal: [taken('a'), taken('b'), taken('c')],
  mostUncertain: 2,
};

// What the kill -9 suite rests on: each fault that it exists to find is put in by hand and has to be seen.
it('finds nothing in a ledger that agrees with the journal', () => {
  expect(disagreements(sound)).toEqual([]);
});

it.each<[fault: string, change: Partial<Evidence>, said: RegExp]>([
  ['a duplicate', { journal: [...sound.journal, taken('a')] }, /a was taken more than once/],
  [
    'a second message under another key',
    { journal: [...sound.journal, { sendId: 'd', recipient: 'A@example.test' }] },
    /more than one message/,
  ],
  ['a loss', { journal: sound.journal.slice(1) }, /a is accepted, the sink never took it/],
  [
    'a message to somebody who was blocked',
    { journal: [...sound.journal, taken('e')] },
    /the ledger says blocked/,
  ],
  ['a message of nobody', { journal: [...sound.journal, taken('x')] }, /does not know it/],
  ['somebody who is missing', { audience: 7 }, /7 people/],
  [
    'somebody twice',
    { sends: [...sound.sends, { ...send('f', 'blocked'), profileId: 'person of e' }], audience: 7 },
    /more than one state/,
  ],
  ['a row that never ends', { sends: [...sound.sends, send('f', 'claimed')], audience: 7 }, /still claimed/],
  ['more uncertain than were under way', { mostUncertain: 1 }, /2 uncertain/],
  [
    'an acceptance without a decision',
    { sends: sound.sends.map((row) => ({ ...row, decisionId: null })) },
    /without a decision/,
  ],
])('sees %s', (_fault, change, said) => {
  expect(disagreements({ ...sound, ...change }).join('\n')).toMatch(said);
});
