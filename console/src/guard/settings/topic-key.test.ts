import { topicSchema } from '@mesure/contract/consent';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topicKey } from './topic-key.ts';

describe('the key of a topic', () => {
  it.each([
    ['Nouveautés & conseils', [], 'nouveautes-conseils'],
    ['Tips', ['tips', 'tips-2'], 'tips-3'],
    ['★★★', [], 'topic'],
  ])('of “%s” beside %j is %s', (name, taken, key) => {
    expect(topicKey(name, taken)).toBe(key);
  });

  it('is always one that the API takes, and free', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (name, names) => {
        const taken = names.map((other) => topicKey(other, []));
        const key = topicKey(name, taken);
        expect(topicSchema.shape.key.safeParse(key).success).toBe(true);
        expect(taken).not.toContain(key);
      }),
    );
  });
});
