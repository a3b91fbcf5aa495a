import { defaultSettings, workspaceSettingsSchema } from '@mesure/contract/settings';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeOf, generalValues, settingsOf } from './general-values.ts';

const shop = workspaceSettingsSchema.parse({
  ...defaultSettings,
  name: 'Atelier',
  timeZone: 'Europe/Paris',
  currency: 'EUR',
  language: 'fr',
});

describe('the general settings in their form', () => {
  it('come back as they were', () => {
    expect(changeOf(generalValues(shop), shop)).toEqual({});
    const withUrl = { ...shop, publicUrl: 'https://news.example.com' };
    expect(changeOf(generalValues(withUrl), withUrl)).toEqual({});
  });

  it('keep every share of a hundredth of a percent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), (hundredths) => {
        const settings = { ...shop, globalHoldoutShare: hundredths / 10_000 };
        expect(settingsOf(generalValues(settings)).globalHoldoutShare).toBeCloseTo(hundredths / 10_000, 10);
      }),
    );
  });

  it('send only what was changed', () => {
    const values = { ...generalValues(shop), name: 'Atelier Nord', publicUrl: ' https://a.example ' };
    expect(changeOf(values, shop)).toEqual({ name: 'Atelier Nord', publicUrl: 'https://a.example' });
  });
});
