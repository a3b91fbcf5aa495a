import { describe, expect, it } from 'vitest';
import type { Definition } from './differences.ts';
import { nextKey, sameDefinition, stepOfField, toDefinition, toValues, wrongFields } from './form-values.ts';

const messageId = '01a200ff-5508-70c6-beba-b5281d1b9f72';
const definition: Definition = {
  name: 'Spring',
  segmentId: null,
  topic: null,
  entityId: null,
  variants: [{ key: 'A', messageId, weight: 1 }],
  holdoutShare: 0.125,
  productCount: 3,
  onPressure: 'hold',
  startAt: '2026-03-10T08:00:00.000Z',
};
const zone = 'Europe/Paris';

describe('the fields of the wizard', () => {
  it('hold a campaign and give it back', () => {
    const values = toValues(definition, zone);
    expect(values).toMatchObject({ holdoutPercent: 12.5, timed: true, startAt: '2026-03-10T09:00' });
    expect(toDefinition(values, zone)).toEqual(definition);
    expect(sameDefinition(toDefinition(values, zone), definition)).toBe(true);
  });

  it('keep a variant that has no message yet to themselves', () => {
    const values = toValues(definition, zone);
    values.variants.unshift({ key: 'B', messageId: '', weight: 1 });
    expect(toDefinition(values, zone).variants).toEqual(definition.variants);
    expect(wrongFields(values, zone).size).toBe(0);
  });

  it('name the field that is wrong, where it stands', () => {
    const values = toValues(definition, zone);
    values.variants.unshift({ key: 'B', messageId: '', weight: 1 });
    values.variants[1] = { key: 'not a key', messageId, weight: 0 };
    values.holdoutPercent = 95;
    values.startAt = 'soon';
    values.name = ' ';
    const wrong = wrongFields(values, zone);
    expect([...wrong.keys()].toSorted()).toEqual([
      'holdoutPercent',
      'name',
      'startAt',
      'variants.1.key',
      'variants.1.weight',
    ]);
    expect([...wrong.keys()].map(stepOfField)).toContain('what');
  });

  it('find a free key', () => {
    expect(nextKey([])).toBe('A');
    expect(nextKey([{ key: 'A' }, { key: 'C' }])).toBe('B');
  });
});
