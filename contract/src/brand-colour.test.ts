import { expect, it } from 'vitest';
import { brandPalette, contrastOf } from './brand-colour.ts';

it('measures contrast as WCAG defines it', () => {
  expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

it('keeps a colour that reads, and moves one that does not', () => {
  expect(brandPalette('#1F4FD1').light).toEqual({ accent: '#1f4fd1', onAccent: '#ffffff', adjusted: false });
  expect(brandPalette('#ffe600').light.adjusted).toBe(true);
  expect(brandPalette('#000080').dark.adjusted).toBe(true);
});

it('makes every colour of a grid readable on the page, the card and the note, and carries readable text', () => {
  const parts = ['00', '33', '66', '80', '99', 'cc', 'ff'];
  for (const red of parts)
    for (const green of parts)
      for (const blue of parts) {
        const { light, dark } = brandPalette(`#${red}${green}${blue}`);
        for (const ground of ['#f4f5f7', '#ffffff', '#eef0f4'])
          expect(contrastOf(light.accent, ground)).toBeGreaterThanOrEqual(4.5);
        for (const ground of ['#0f1113', '#181b1f', '#262b32'])
          expect(contrastOf(dark.accent, ground)).toBeGreaterThanOrEqual(4.5);
        for (const { accent, onAccent } of [light, dark])
          expect(contrastOf(accent, onAccent)).toBeGreaterThanOrEqual(4.5);
      }
});
