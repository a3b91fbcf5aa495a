import { expect, test } from 'vitest';
import { html } from '#platform/http';
import { frenchSpaces } from './french-spaces.ts';

test('no line of a French page begins with a sign or ends with a guillemet', () => {
  const page = html`<p title="a : b">Vous avez reçu « ${'Thé & "café"'} » : pourquoi ?</p>
<blockquote lang="fr">Dites : oui</blockquote>`;
  expect(frenchSpaces(page).markup).toBe(
    `<p title="a : b">Vous avez reçu «\u00a0Thé &amp; &quot;café&quot;\u00a0»\u00a0: pourquoi\u00a0?</p>
<blockquote lang="fr">Dites : oui</blockquote>`,
  );
});
