import { describe, expect, it } from 'vitest';
import { isEngineError } from '../errors/index.ts';
import { createRounds, type RoundsSettings } from './index.ts';

const settings: RoundsSettings = {
  maturity: 72,
  outcomes: { click: { worth: 0.2 }, order: { worth: 0.5, repeated: 'sum' }, complaint: { worth: -1 } },
  between: [0, 1],
};
const decided = (id: string, at: number) => ({ id, at, action: 'tea', propensity: 0.4 });

describe('rounds that wait for their rewards', () => {
  it('are learned from once, with everything that came in time', () => {
    const rounds = createRounds(settings);
    rounds.open(decided('two', 10));
    rounds.open(decided('one', 0));
    expect(rounds.reward({ id: 'one', outcome: 'click', at: 5 })).toBe('counted');
    expect(rounds.reward({ id: 'one', outcome: 'click', at: 6 })).toBe('counted');
    expect(rounds.reward({ id: 'one', outcome: 'order', at: 7, value: 0.5 })).toBe('counted');
    expect(rounds.reward({ id: 'one', outcome: 'order', at: 8, value: 0.5 })).toBe('counted');
    expect(rounds.reward({ id: 'two', outcome: 'order', at: 12, value: 9 })).toBe('counted');
    expect(rounds.reward({ id: 'nobody', outcome: 'click', at: 1 })).toBe('unknown');
    expect(rounds.takeMature(71)).toEqual([]);
    expect(rounds.reward({ id: 'one', outcome: 'order', at: 72 })).toBe('late');
    expect(rounds.takeMature(100).map(({ id, reward }) => [id, reward])).toEqual([
      ['one', 0.7],
      ['two', 1],
    ]);
    expect(rounds.takeMature(100)).toEqual([]);
    expect(rounds.waiting()).toBe(0);
    expect(rounds.reward({ id: 'one', outcome: 'order', at: 20 })).toBe('unknown');
  });

  it('wait on in a saved state', () => {
    const rounds = createRounds(settings);
    rounds.open(decided('one', 0));
    rounds.reward({ id: 'one', outcome: 'click', at: 1 });
    const again = createRounds(settings, JSON.parse(JSON.stringify(rounds.save())));
    again.reward({ id: 'one', outcome: 'complaint', at: 2 });
    expect(again.takeMature(72)[0]).toMatchObject({ reward: 0, values: { click: 1, complaint: 1 } });
  });

  it('refuse wrong input by name', () => {
    const rounds = createRounds(settings);
    rounds.open(decided('one', 0));
    const codes = [
      () => rounds.open(decided('one', 0)),
      () => rounds.reward({ id: 'one', outcome: 'wave', at: 0 }),
      () => rounds.reward({ id: 'one', outcome: 'click', at: 0, value: Number.NaN }),
      () => createRounds({ ...settings, maturity: 0 }),
      () => createRounds({ ...settings, between: [1, 0] }),
    ].map((act) => {
      try {
        act();
        return 'no error';
      } catch (error) {
        return isEngineError(error) ? error.code : 'another error';
      }
    });
    expect(codes).toEqual(['repeated_unit', 'unknown_key', 'nan', 'out_of_range', 'out_of_range']);
  });
});
