import { createHash } from 'node:crypto';
import { brandPalette } from '@mesure/contract/brand-colour';
import { expect, test } from 'vitest';
import { dressAs, get, links, target } from './pages-for-tests.ts';

const logo = {
  path: '/p/logo/0190dddd-0000-7000-8000-000000000009/ab.png',
  mediaType: 'image/png',
  width: 300,
  height: 80,
  bytes: 1,
} as const;

test('pages carry the brand’s name, logo and colour, and the policy names exactly this stylesheet', async () => {
  dressAs({ name: 'Alba & Fils', accentColor: '#ffe600' }, logo);
  for (const url of [links.unsubscribe(target), links.preferences(target)]) {
    const { body, headers } = await get(url);
    expect(body).toContain('· Alba &amp; Fils</title>');
    expect(body).toContain(
      `<img class="logo" src="${logo.path}" alt="Alba &amp; Fils" width="300" height="80">`,
    );
    const style = /<style>([\s\S]*)<\/style>/.exec(body)?.[1] ?? '';
    const { light, dark } = brandPalette('#ffe600');
    expect(style).toContain(`--accent:${light.accent}`);
    expect(style).toContain(`--accent:${dark.accent}`);
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
  }
});

test('without a logo the name stands there, and without a brand the shop’s own name', async () => {
  expect((await get(links.unsubscribe(target))).body).toContain('<span class="brand">Atelier</span>');
  dressAs({ name: '<b>Alba</b>', accentColor: null }, null);
  expect((await get(links.unsubscribe(target))).body).toContain(
    '<span class="brand">&lt;b&gt;Alba&lt;/b&gt;</span>',
  );
});
