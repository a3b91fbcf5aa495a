import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tx } from '#platform/postgres';
import {
  allow,
  block,
  type Candidate,
  closedGate,
  hold,
  judgeAll,
  noFacts,
  type Rule,
  type RuleContext,
  RuleFailure,
} from './rule.ts';
import { createBrake } from './rules/brake.ts';
import { judgeStanding } from './rules/consent.ts';
import { createPressure } from './rules/pressure.ts';
import { chooseProducts } from './rules/purchase.ts';
import { quietHours } from './rules/quiet-hours.ts';
import { createSender } from './rules/sender.ts';
import { createSuppression } from './rules/suppression.ts';
import type { RunPlan } from './run-plan.ts';

const noTx: Tx = {
  workspaceId: null,
  rows: async () => [],
  one: async () => {
    throw new Error('no row');
  },
  maybe: async () => undefined,
  run: async () => 0,
};
const run: RunPlan = {
  campaignId: 'c',
  campaignName: 'Spring',
  entityId: 'e',
  topic: null,
  variants: [],
  productCount: 0,
  onPressure: 'block',
  approverNames: ['B'],
  audienceRule: { words: { en: '', fr: '' }, hash: '' },
  holdoutShare: 0,
  globalHoldoutShare: 0,
  modelVersions: {},
};
const context = (
  now: string,
  plan: Partial<RunPlan> = {},
  cap = { messages: 2, hours: 168 },
): RuleContext => ({
  tx: noTx,
  now: new Date(now),
  run: { ...run, ...plan },
  settings: { timeZone: 'Europe/Paris', quietHours: { start: '08:00', end: '20:00' }, pressureCap: cap },
  catalog: new Map(),
});
const somebody = (
  sendId: string,
  profile: Partial<Candidate['profile'] & object> = {},
  profileId = sendId,
): Candidate => ({
  sendId,
  profileId,
  profile: {
    id: profileId,
    externalId: null,
    email: `${sendId}@example.test`,
    firstName: null,
    lastName: null,
    language: null,
    timeZone: null,
    country: null,
    region: null,
    city: null,
    traits: {},
    simulated: true,
    ...profile,
  },
  candidates: [],
  facts: noFacts,
});

describe('asking the rules', () => {
  it('asks each rule only about the sends that all before it allowed, and keeps the order', async () => {
    const heard: string[][] = [];
    const rule = (name: string, no: string): Rule => ({
      name,
      moments: ['claim'],
      judge: async (_, sends) => {
        heard.push(sends.map(({ sendId }) => sendId));
        return sends.map(({ sendId }) => (sendId === no ? block(name) : allow));
      },
    });
    const judged = await judgeAll(
      [rule('one', 'b'), rule('two', 'c')],
      context('2026-06-01T10:00:00Z'),
      ['a', 'b', 'c'].map((id) => somebody(id)),
    );
    expect(heard).toEqual([
      ['a', 'b', 'c'],
      ['a', 'c'],
    ]);
    expect(judged.map(({ rule: by }) => by)).toEqual([null, 'one', 'two']);
  });

  it('fails closed: an error, a rejected read or a missing verdict is a failure of the whole batch', async () => {
    const broken: Rule = {
      name: 'broken',
      moments: ['claim'],
      judge: async () => Promise.reject(new Error('no store')),
    };
    const short: Rule = { name: 'short', moments: ['claim'], judge: async () => [] };
    const gate: Rule = {
      name: 'gate',
      moments: ['claim'],
      gate: async () => Promise.reject(new Error('no store')),
    };
    const asked = context('2026-06-01T10:00:00Z');
    await expect(judgeAll([broken], asked, [somebody('a')])).rejects.toBeInstanceOf(RuleFailure);
    await expect(judgeAll([short], asked, [somebody('a')])).rejects.toBeInstanceOf(RuleFailure);
    await expect(closedGate([gate], asked)).rejects.toBeInstanceOf(RuleFailure);
  });

  it('leaves everything in place while the brake is engaged', async () => {
    const brake = createBrake({ engagedFor: async () => ({ scope: 'global' }) });
    expect(await closedGate([brake], context('2026-06-01T10:00:00Z'))).toBe('brake_global');
  });
});

describe('consent', () => {
  it('allows prospecting only where it stands, and never because something else was granted (L-03)', () => {
    const standing = fc.constantFrom<'granted' | 'withdrawn' | 'none'>('granted', 'withdrawn', 'none');
    fc.assert(
      fc.property(
        fc.tuple(standing, standing, standing, standing),
        ([prospecting, clicks, personal, topic]) => {
          const verdict = judgeStanding(
            { prospecting, click_tracking: clicks, personalisation: personal, 'topic:news': topic },
            'news',
          );
          expect(verdict.kind === 'allow').toBe(prospecting === 'granted' && topic !== 'withdrawn');
          if (verdict.kind === 'allow') expect(verdict.facts?.clickTracking).toBe(clicks === 'granted');
        },
      ),
    );
    expect(judgeStanding(undefined, null)).toEqual(block('no_consent'));
  });
});

describe('suppression', () => {
  it('names what is missing, and blocks addresses that nothing may be sent to', async () => {
    const rule = createSuppression({
      suppressed: async (_tx, _channel, addresses) => new Set(addresses.filter((a) => a.startsWith('bad'))),
    });
    const sends = [
      somebody('good'),
      somebody('bad'),
      somebody('none', { email: null }),
      { ...somebody('gone'), profile: null },
    ];
    const verdicts = await rule.judge?.(context('2026-06-01T10:00:00Z'), sends);
    expect(verdicts).toEqual([allow, block('suppressed'), block('no_address'), block('profile_removed')]);
  });
});

describe('marketing pressure', () => {
  const hour = 3_600_000;
  const now = new Date('2026-06-08T10:00:00Z');
  const rule = (counted: readonly Date[]) =>
    createPressure({ countedSince: async () => new Map([['p', counted]]) });

  it('never lets more than the cap into any sliding window, also within one batch', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 6 }),
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 1, max: 5 }),
        async (hoursAgo, messages, inBatch) => {
          const counted = hoursAgo.sort((a, b) => b - a).map((ago) => new Date(now.getTime() - ago * hour));
          const sends = Array.from({ length: inBatch }, (_, index) => somebody(`s${index}`, {}, 'p'));
          const verdicts =
            (await rule(counted).judge?.(context(now.toISOString(), {}, { messages, hours: 168 }), sends)) ??
            [];
          const inside = counted.filter((at) => at.getTime() > now.getTime() - 168 * hour).length;
          const allowed = verdicts.filter(({ kind }) => kind === 'allow').length;
          expect(allowed).toBe(Math.max(0, Math.min(inBatch, messages - inside)));
        },
      ),
    );
  });

  it('holds until there is room when the campaign asks for that; at that instant it is allowed', async () => {
    const counted = [100, 50, 10].map((ago) => new Date(now.getTime() - ago * hour));
    const [verdict] =
      (await rule(counted).judge?.(context(now.toISOString(), { onPressure: 'hold' }), [
        somebody('s', {}, 'p'),
      ])) ?? [];
    // Three count, two are allowed: room again when the second oldest leaves the window.
    expect(verdict).toEqual(hold('pressure', new Date(now.getTime() + 118 * hour)));
    const then = new Date(now.getTime() + 118 * hour).toISOString();
    expect(
      await rule(counted).judge?.(context(then, { onPressure: 'hold' }), [somebody('s', {}, 'p')]),
    ).toEqual([allow]);
  });
});

describe('quiet hours', () => {
  it('judges each recipient by their own clock', async () => {
    const sends = [
      somebody('paris'),
      somebody('tokyo', { timeZone: 'Asia/Tokyo' }),
      somebody('odd', { timeZone: 'Nowhere/City' }),
    ];
    expect(await quietHours.judge?.(context('2026-06-01T12:00:00Z'), sends)).toEqual([
      allow,
      hold('quiet_hours', new Date('2026-06-01T23:00:00Z')),
      allow,
    ]);
  });
});

describe('the sender', () => {
  const now = '2026-06-01T10:00:00Z';
  const seenAs = (answer: string | null): Rule => createSender({ seenAs: async () => answer });

  it('keeps everything in place while the recipient would see another one than was approved', async () => {
    expect(await closedGate([seenAs('a')], context(now, { senderHash: 'a' }))).toBeNull();
    expect(await closedGate([seenAs('b')], context(now, { senderHash: 'a' }))).toBe('sender_changed');
    expect(await closedGate([seenAs(null)], context(now, { senderHash: 'a' }))).toBe('sender_changed');
  });

  it('lets a run go on that was started before senders were approved', async () => {
    expect(await closedGate([seenAs('b')], context(now))).toBeNull();
  });
});

describe('the purchase brake', () => {
  const product = (sku: string, reason = 'rebuy') => ({ sku, score: 1, reason });

  it('shows the first candidates that were not just bought, in their order', () => {
    const sku = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    fc.assert(
      fc.property(
        fc.uniqueArray(sku),
        fc.uniqueArray(sku),
        fc.integer({ min: 1, max: 4 }),
        (skus, bought, productCount) => {
          const choice = chooseProducts({
            candidates: skus.map((one) => product(one)),
            bought: new Set(bought),
            catalog: new Map(skus.map((one) => [one, { available: true, sensitive: false }])),
            personalised: true,
            productCount,
          });
          const free = skus.filter((one) => !bought.includes(one));
          expect(choice.products.map((one) => one.sku)).toEqual(free.slice(0, productCount));
          expect(choice.removedProducts.map((one) => one.sku)).toEqual(
            skus.filter((one) => bought.includes(one)),
          );
        },
      ),
    );
  });

  it('leaves out what is off sale, sensitive, unknown by now, or too personal', () => {
    const choice = chooseProducts({
      candidates: [
        product('tea', 'popular'),
        product('off', 'popular'),
        product('pill', 'popular'),
        product('gone'),
        product('own'),
      ],
      bought: undefined,
      catalog: new Map([
        ['tea', { available: true, sensitive: false }],
        ['off', { available: false, sensitive: false }],
        ['pill', { available: true, sensitive: true }],
        ['own', { available: true, sensitive: false }],
      ]),
      personalised: false,
      productCount: 3,
    });
    expect(choice).toEqual({
      products: [product('tea', 'popular')],
      removedProducts: [
        { sku: 'off', reason: 'unavailable' },
        { sku: 'pill', reason: 'sensitive' },
        { sku: 'gone', reason: 'unavailable' },
        { sku: 'own', reason: 'not_personalised' },
      ],
    });
  });
});
