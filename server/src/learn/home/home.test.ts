import { expect, it } from 'vitest';
import type { Actor } from '#guard/access';
import type { WaitingCampaign } from '#reach/campaigns';
import { notSent } from './not-sent.ts';
import { type WaitingFacts, waitingFor } from './waiting.ts';
import { weekBefore } from './week.ts';

const at = new Date('2026-03-03T09:00:00.000Z');
const person = (id: string) => ({ id, name: id });
const actor = (id: string, roles: Actor['roles'], personId: string | null = id): Actor => ({
  kind: 'account',
  id,
  name: id,
  roles,
  workspaceId: 'w',
  personId,
});
const campaign = (change: Partial<WaitingCampaign>): WaitingCampaign => ({
  id: 'c1',
  name: 'Printemps',
  state: 'in_review',
  author: person('camille'),
  lastEditor: person('camille'),
  messageIds: ['m1'],
  finishedAt: null,
  trouble: null,
  said: { verdict: 'submitted', comment: null, by: person('camille'), at },
  ...change,
});
const facts = (change: Partial<WaitingFacts> = {}): WaitingFacts => ({
  workspaceId: 'w',
  holds: [],
  brakes: [],
  campaigns: [],
  writers: new Map(),
  troubles: [],
  uncertain: [],
  senderProblems: [],
  imports: [],
  names: new Map([['c1', 'Printemps']]),
  ...change,
});
const codes = (given: WaitingFacts, who: Actor) => waitingFor(given, who).map(({ code }) => code);

const approver = actor('alex', ['approver']);
const marketer = actor('camille', ['marketer']);

it('asks for an approval who may give it, and nobody else', () => {
  const inReview = facts({ campaigns: [campaign({})] });
  expect(waitingFor(inReview, approver)).toEqual([
    {
      code: 'approve',
      subject: { kind: 'campaign', id: 'c1', name: 'Printemps' },
      count: null,
      by: person('camille'),
      since: at.toISOString(),
      detail: null,
    },
  ]);
  expect(codes(inReview, marketer)).toEqual([]);
  expect(codes(inReview, actor('camille', ['admin']))).toEqual([]);
  expect(codes(inReview, actor('token', ['admin'], null))).toEqual([]);
  expect(codes(facts({ campaigns: [campaign({ lastEditor: person('alex') })] }), approver)).toEqual([]);
  const worded = facts({ campaigns: [campaign({})], writers: new Map([['m1', 'alex']]) });
  expect(codes(worded, approver)).toEqual([]);
  const submitted = campaign({ said: { verdict: 'submitted', comment: null, by: person('alex'), at } });
  expect(codes(facts({ campaigns: [submitted] }), approver)).toEqual([]);
});

it('brings a draft back to its author with the comment, and an approved one to whoever starts it', () => {
  const back = campaign({
    state: 'draft',
    said: { verdict: 'changes_requested', comment: 'Trop long', by: person('alex'), at },
  });
  expect(waitingFor(facts({ campaigns: [back] }), marketer)).toMatchObject([
    { code: 'changes_requested', detail: 'Trop long', by: person('alex') },
  ]);
  expect(codes(facts({ campaigns: [back] }), actor('sacha', ['marketer']))).toEqual([]);
  const approved = facts({ campaigns: [campaign({ state: 'approved' })] });
  expect([codes(approved, marketer), codes(approved, approver)]).toEqual([['start'], []]);
});

it('puts what stops everything first, asks another person for a release, and tells a trouble once', () => {
  const release = { requestedBy: person('alex'), requestedAt: at, reason: 'Réparé' };
  const all = facts({
    holds: [{ id: 'h1', reason: 'restored', since: at }],
    brakes: [{ scopeId: null, release }],
    campaigns: [campaign({ state: 'sending', trouble: 'sender' })],
    troubles: [{ campaignId: 'c1', code: 'sender', since: at }],
    uncertain: [{ campaignId: 'c1', count: 3, since: at }],
    senderProblems: ['public_url_missing'],
    imports: [{ id: 'i1', by: person('camille'), createdAt: at, file: 'orders.csv' }],
  });
  expect(codes(all, marketer)).toEqual([
    'delivery_hold',
    'confirm_release',
    'campaign_trouble',
    'settle_uncertain',
    'sender_problem',
    'start_import',
  ]);
  expect(codes(all, approver)).not.toContain('confirm_release');
});

it('counts what was not sent by reason, the draws among them', () => {
  const row = (state: 'blocked' | 'accepted' | 'cancelled', reason: string | null, count: number) => ({
    campaignId: 'c1',
    state,
    reason,
    count,
    countSince: 1,
    first: null,
  });
  const ledger = [
    row('blocked', 'no_consent', 7),
    row('blocked', 'pressure', 9),
    row('cancelled', 'stopped', 2),
    row('accepted', null, 100),
  ];
  expect(notSent(ledger, { holdout: 5, globalHoldout: 0 }, ({ count }) => count)).toEqual({
    total: 23,
    byReason: [
      { reason: 'pressure', count: 9 },
      { reason: 'no_consent', count: 7 },
      { reason: 'holdout', count: 5 },
      { reason: 'stopped', count: 2 },
    ],
  });
});

it('begins the week at midnight of the shop, through a change of the clocks', () => {
  expect(weekBefore(new Date('2026-04-02T09:00:00Z'), 'Europe/Paris')).toEqual(
    new Date('2026-03-25T23:00:00.000Z'),
  );
});
