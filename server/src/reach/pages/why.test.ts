import { expect, test } from 'vitest';
import { type Decision } from '#choose/policy';
import { storedDecision } from './decision.fixture.ts';
import {
  decisions,
  email,
  get,
  granted,
  guard,
  inTx,
  links,
  profileId,
  stores,
  target,
} from './pages-for-tests.ts';

const tellWhy = async (change: Partial<Decision> = {}, language = 'fr'): Promise<string> => {
  const [entryId = ''] = await inTx((tx) => guard.consent.append(tx, [granted('prospecting')]));
  const decision = storedDecision({
    id: stores.ids.next(),
    profileId,
    legalBasis: { kind: 'consent', entryId },
    ...change,
  });
  await inTx((tx) => decisions.record(tx, [decision]));
  const answer = await get(`${links.why({ ...target, decisionId: decision.id })}?lang=${language}`);
  return answer.body;
};

const plain = (page: string): string => page.replaceAll(/<\/?span[^>]*>/g, '');

test('why: every part of the record is told, and nothing else (W-10, W-11, W-14)', async () => {
  const body = plain(await tellWhy()).replaceAll('\u00a0', ' ');
  for (const words of [
    'Café de mars',
    'Votre café vous attend',
    '5 mai 2025',
    'Mots exacts : prospecting',
    'Simulé',
    'a commandé du café deux fois et vit à Lyon',
    'a commandé du café deux fois (pour vous : sept commandes)',
    'commandes de café',
    'Lyon',
    'Il y avait 3 versions',
    '1 sur 3',
    'tirés au sort',
    'Moka d’Éthiopie',
    'vous l’avez déjà acheté',
    'Moulin',
    'Filtres &lt;fins&gt; aurait été montré à la place',
    'S’il en avait été autrement de « vit à Lyon »',
    'CNIL',
    'dpo@example.test',
    'https://example.test/p',
  ]) {
    expect(body).toContain(words);
  }
  for (const hidden of ['Gel apaisant', 'Camille', email, 'vit à Nice']) expect(body).not.toContain(hidden);
});

test('why: one version with products of one’s own is not said to be the same for everybody (W-10)', async () => {
  const { choice, audienceRule } = storedDecision({ id: '', profileId });
  const words = { en: 'the city is “Lyon”', fr: 'la ville est « Lyon »' };
  const value = { en: 'Lyon', fr: 'Lyon' };
  const change: Partial<Decision> = {
    choice: { ...choice, variants: ['b'] },
    audienceRule: { ...audienceRule, words, outcome: { kind: 'condition', words, value, met: true } },
  };
  const [fr, en] = [plain(await tellWhy(change)), plain(await tellWhy(change, 'en'))];
  expect(fr).not.toContain('la même');
  expect(en).not.toContain('the same for everybody');
  expect(fr).toContain('décidé le 1er mars 2026');
  expect(fr).toContain('la ville est «\u00a0Lyon\u00a0» (pour vous\u00a0: Lyon)');
  expect(fr).toContain('autrement de «\u00a0la ville est “Lyon”\u00a0»');
  expect(en).toContain('otherwise with “the city is ‘Lyon’”');
});

test('why: changing the record changes the page (W-10, W-16)', async () => {
  const base = await tellWhy();
  const normal = (page: string): string => page.replaceAll(/\/p\/\w+\/[\w.-]+/g, 'LINK');
  expect(normal(await tellWhy())).toBe(normal(base));
  const stored = storedDecision({ id: '', profileId });
  const { outcome: _tree, ...sentence } = stored.audienceRule;
  const changes: Partial<Decision>[] = [
    { at: new Date('2026-02-01T00:00:00Z') },
    { message: { ...stored.message, subject: 'Autre objet' } },
    { message: { ...stored.message, campaignName: 'Autre campagne' } },
    { audienceRule: sentence },
    { audienceRule: { ...stored.audienceRule, values: [] } },
    { audienceRule: { ...stored.audienceRule, words: { en: 'other', fr: 'autre règle' } } },
    { probability: 0.2 },
    { probability: 1 },
    { choice: { ...stored.choice, variants: ['b'] } },
    { choice: { ...stored.choice, products: ['s2'] } },
    { choice: { ...stored.choice, products: [] } },
    { candidates: [] },
    { removed: [] },
    { experimentArms: [] },
  ];
  for (const change of changes)
    expect(normal(await tellWhy(change)), JSON.stringify(change)).not.toBe(normal(base));
});

test('why: it is told in English, and a record of somebody else or none is not shown', async () => {
  expect(await tellWhy({}, 'en')).toContain('Its chance was 33% (1 in 3).');
  const other = storedDecision({ id: stores.ids.next(), profileId: stores.ids.next() });
  await inTx((tx) => decisions.record(tx, [other]));
  for (const decisionId of [other.id, stores.ids.next()]) {
    const answer = await get(links.why({ ...target, decisionId }));
    expect(answer.body).toContain('Aucune trace');
    expect(answer.body).not.toContain('Café de mars');
  }
});
