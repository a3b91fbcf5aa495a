import { auditRoutes } from '@mesure/contract/audit';
import { brakeRoutes } from '@mesure/contract/brake';
import { campaignRoutes } from '@mesure/contract/campaigns';
import { catalogRoutes } from '@mesure/contract/catalog';
import { consentRoutes } from '@mesure/contract/consent';
import { messagesRoutes } from '@mesure/contract/messages';
import { profilesRoutes } from '@mesure/contract/profiles';
import { recommendRoutes } from '@mesure/contract/recommend';
import { reportRoutes } from '@mesure/contract/report';
import type { Rule } from '@mesure/contract/segments';
import { segmentsRoutes } from '@mesure/contract/segments';
import type { SendItem } from '@mesure/contract/sends';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  approve,
  draftCampaign,
  type Material,
  prepareMaterial,
  progressOf,
  sendsOf,
  start,
  untilFinished,
} from './harness/campaign.ts';
import { disagreements } from './harness/compare.ts';
import { type House, openHouse } from './harness/house.ts';
import { linksOf, partsOf } from './harness/message.ts';
import { importShop, type ShopFile, shopFile } from './harness/shop-orders.ts';
import { until } from './harness/until.ts';

// The story of issue and README in one piece: each part goes on where the one before ended.
const buyers: Rule = {
  kind: 'all',
  rules: [
    { kind: 'event', did: true, name: 'order_completed', atLeast: 1 },
    { kind: 'spent', currency: 'EUR', test: { operator: 'gte', value: 1000 } },
  ],
};

/** Somebody reading a message, not a program. */
const reader = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };

let house: House;
let file: ShopFile;
let material: Material;
let campaignId = '';
let accepted: readonly SendItem[] = [];

beforeAll(async () => {
  house = await openHouse();
  file = shopFile(300);
});
afterAll(() => house.close());

/** The message of a send, as its reader has it. */
const received = ({ id }: SendItem) => {
  const message = house.sink.open(id);
  const parts = partsOf(message);
  const html = parts.find(({ type }) => type === 'text/html')?.text ?? '';
  const own = (path: string): string => linksOf(html).find((link) => link.includes(path)) ?? '';
  return {
    ...message,
    parts,
    html,
    clicks: linksOf(html).filter((link) => link.includes('/t/')),
    why: own('/p/why/'),
    oneClick: /<(https:[^>]+)>/.exec(message.headers['list-unsubscribe']?.[0] ?? '')?.[1] ?? '',
  };
};

const oneClickPost = (link: string, body: string | FormData) =>
  fetch(house.local(link), {
    method: 'POST',
    redirect: 'error',
    body,
    ...(typeof body === 'string' && { headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
  });

const one = (index: number): SendItem => {
  const send = accepted[index];
  if (!send) throw new Error(`Only ${accepted.length} messages were accepted`);
  return send;
};

it('orders come in, every line accounted for', async () => {
  const { marketer } = house.team();
  const { report } = await importShop(marketer, file);
  const lines = file.csv.trimEnd().split('\n').length - 1;
  expect(report?.linesIn).toBe(lines);
  expect((report?.productLines ?? 0) + (report?.otherLines ?? 0) + (report?.linesSetAside ?? 0)).toBe(lines);
  expect(report?.consents.granted).toBeGreaterThan(100);
  await marketer.call(catalogRoutes.saveProducts, {
    body: {
      items: file.shop.products.map(({ sku, category }) => ({
        sku,
        category: category.key,
        url: `https://boutique.example/produits/${sku.toLowerCase()}?de=mesure&x=1`,
        sensitive: category.sensitive,
      })),
    },
  });
  await marketer.call(recommendRoutes.refreshRecommendations);
});

it('one person drafts; the same person cannot approve', async () => {
  const { marketer } = house.team();
  material = await prepareMaterial(marketer, { name: 'Clients', rule: buyers, starter: 'newsletter-fr' });
  const preview = await marketer.call(segmentsRoutes.previewSegment, { body: { rule: buyers } });
  expect(preview.count).toBeGreaterThan(100);
  const draft = await draftCampaign(marketer, material, {
    name: 'Printemps',
    holdoutShare: 0.2,
    productCount: 3,
  });
  campaignId = draft.id;
  const params = { id: campaignId };
  await expect(
    marketer.call(campaignRoutes.startCampaign, { params, body: { version: draft.version } }),
  ).rejects.toMatchObject({ status: 409 });
  const submitted = await marketer.call(campaignRoutes.submitCampaign, {
    params,
    body: { version: draft.version },
  });
  const { fingerprint } = await marketer.call(campaignRoutes.reviewCampaign, { params });
  await expect(
    marketer.call(campaignRoutes.approveCampaign, {
      params,
      body: { version: submitted.version, fingerprint },
    }),
  ).rejects.toMatchObject({ status: 403, details: { reason: 'own_work' } });
});

it('the other approves what they were shown; one byte more makes it void', async () => {
  const { marketer, approver } = house.team();
  const params = { id: campaignId };
  const review = await approver.call(campaignRoutes.reviewCampaign, { params });
  expect(review.audience).toBeGreaterThan(review.wouldGet);
  expect(review.previews.length).toBeGreaterThanOrEqual(10);
  const { version } = await approver.call(campaignRoutes.getCampaign, { params });
  await expect(
    approver.call(campaignRoutes.approveCampaign, {
      params,
      body: { version, fingerprint: `${review.fingerprint}0` },
    }),
  ).rejects.toMatchObject({ status: 409 });
  const approved = await approver.call(campaignRoutes.approveCampaign, {
    params,
    body: { version, fingerprint: review.fingerprint },
  });
  expect(approved.approval?.valid).toBe(true);

  const { message, version: source } = await marketer.call(messagesRoutes.readMessage, {
    params: { id: material.messageId },
  });
  await marketer.call(messagesRoutes.updateMessage, {
    params: { id: message.id },
    body: {
      basedOn: message.version,
      subject: `${source.subject}.`,
      mjml: source.mjml,
      language: source.language,
    },
  });
  const after = await marketer.call(campaignRoutes.getCampaign, { params });
  expect(after.approval).toMatchObject({ valid: false, changed: ['content'] });
  await expect(
    marketer.call(campaignRoutes.startCampaign, { params, body: { version: after.version } }),
  ).rejects.toMatchObject({
    status: 409,
    details: { reason: 'approval_void', changed: ['content'] },
  });
  await approver.call(campaignRoutes.requestCampaignChanges, {
    params,
    body: { version: after.version, comment: 'Un point de trop ?' },
  });
});

it('it leaves through every rule, and ledger and mail server agree', async () => {
  const team = house.team();
  await start(team, await approve(team, campaignId));
  const progress = await untilFinished(team.marketer, campaignId);
  const sends = await sendsOf(team.marketer, campaignId);
  accepted = sends.filter(({ state }) => state === 'accepted');
  expect(accepted.length).toBeGreaterThan(60);
  expect(progress.unaccounted).toBe(0);
  const heldOut = progress.globalHoldout + progress.campaignHoldout;
  expect(heldOut).toBeGreaterThan(0);
  expect(
    disagreements({
      sends,
      audience: progress.audience,
      heldOut,
      journal: house.sink.journal(),
      mostUncertain: 0,
    }),
  ).toEqual([]);
  // Nobody without a proven consent (L-02).
  const granted = new Set(
    file.shop.customers.filter(({ consents }) => consents.length > 0).map(({ email }) => email),
  );
  expect(house.sink.journal().filter(({ recipient }) => !granted.has(recipient))).toEqual([]);
  expect(
    progress.byReason.find(({ state, reason }) => state === 'blocked' && reason?.includes('consent'))?.count,
  ).toBeGreaterThan(10);
});

it('the messages are what mailbox providers ask for (E-01, E-02, E-07, E-14, T-01)', () => {
  for (const send of accepted) {
    const { headers, parts, html, oneClick, body } = received(send);
    expect(headers['list-unsubscribe']).toHaveLength(1);
    expect(headers['list-unsubscribe-post']).toEqual(['List-Unsubscribe=One-Click']);
    expect(oneClick).toMatch(/^https:\/\/shop\.example\/p\/u\//);
    const signed = /\bh=([^;]+)/
      .exec(headers['dkim-signature']?.[0] ?? '')?.[1]
      ?.toLowerCase()
      .split(':')
      .map((name) => name.trim());
    expect(signed).toEqual(expect.arrayContaining(['from', 'list-unsubscribe', 'list-unsubscribe-post']));
    expect(parts.map(({ type }) => type)).toEqual(['text/plain', 'text/html']);
    expect(parts[0]?.text.trim().length).toBeGreaterThan(100);
    expect(html.match(/<img\b/g) ?? []).toEqual([]);
    expect(html).not.toMatch(/background(-image)?:\s*url/i);
    expect(html).toContain('Maison Alba SAS');
    expect(linksOf(html).some((link) => link.startsWith('https://shop.example/p/u/'))).toBe(true);
    expect(Math.max(...body.split('\r\n').map((line) => line.length))).toBeLessThan(998);
  }
});

it('a click leads where the link says and nowhere else', async () => {
  const follow = (link: string) => fetch(house.local(link), { redirect: 'manual', headers: reader });
  const link = received(one(0)).clicks[0] ?? '';
  const answer = await follow(link);
  expect(answer.status).toBe(302);
  expect(answer.headers.get('location')).toMatch(
    /^https:\/\/boutique\.example\/produits\/[^?]+\?de=mesure&x=1$/,
  );
  expect(answer.headers.get('set-cookie')).toBeNull();
  const at = link.lastIndexOf('/') + 1;
  for (const position of [at, at + 5, at + 40, link.length - 12]) {
    const changed = `${link.slice(0, position)}${link[position] === 'A' ? 'B' : 'A'}${link.slice(position + 1)}`;
    expect((await follow(changed)).status).toBe(404);
  }
});

it('whoever asks why reads their own values, not somebody else’s', async () => {
  const { marketer } = house.team();
  const pages = await Promise.all(
    [one(0), one(1)].map(async (send) => {
      const answer = await fetch(house.local(received(send).why), { headers: reader });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      const { items } = await marketer.call(profilesRoutes.getProfileTimeline, {
        params: { id: send.profileId },
        query: { limit: 200 },
      });
      const spentMinor = items.reduce((sum, { order }) => sum + (order?.revenueMinor ?? 0), 0);
      return { text: (await answer.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '), spentMinor };
    }),
  );
  expect(pages[0]?.text).not.toBe(pages[1]?.text);
  for (const { text, spentMinor } of pages) {
    // In each reader's own language.
    const written = ['fr-FR', 'en-GB'].map((locale) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: 2 })
        .format(spentMinor / 100)
        .replace(/\s/g, ' '),
    );
    expect(
      written.some((amount) => text.includes(amount)),
      `${written.join(' or ')} in ${text}`,
    ).toBe(true);
    expect(text).toContain('Printemps');
    expect(text).toContain('Recevoir nos offres par e-mail');
  }
});

it('looking changes nothing; one click unsubscribes, in both encodings, as often as one likes (E-03, E-04, E-05)', async () => {
  const standing = async ({ profileId }: SendItem) => {
    const { items } = await house
      .team()
      .marketer.call(consentRoutes.listConsents, { params: { id: profileId } });
    return items
      .filter(({ purpose, standing: counts }) => purpose === 'prospecting' && counts)
      .map(({ state }) => state);
  };
  const link = received(one(2)).oneClick;
  for (const method of ['GET', 'HEAD', 'GET'])
    await (await fetch(house.local(link), { method })).arrayBuffer();
  expect(await standing(one(2))).toEqual(['granted']);
  const form = new FormData();
  form.set('List-Unsubscribe', 'One-Click');
  for (const body of ['List-Unsubscribe=One-Click', form, 'List-Unsubscribe=One-Click']) {
    const answer = await oneClickPost(link, body);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toBeNull();
  }
  expect(await standing(one(2))).toEqual(['withdrawn']);
});

it('who unsubscribes while the next campaign waits is blocked when it is claimed (E-06, L-06)', async () => {
  const team = house.team();
  await team.approver.call(brakeRoutes.engageBrake, {
    body: { scope: 'global', reason: 'Attendre le stock' },
  });
  const draft = await draftCampaign(team.marketer, material, { name: 'Printemps, suite', productCount: 3 });
  await start(team, await approve(team, draft.id));
  await until(
    'everybody waits',
    async () => ((await progressOf(team.marketer, draft.id)).counts.queued ?? 0) > 0,
  );
  const waiting = new Set(
    (await sendsOf(team.marketer, draft.id))
      .filter(({ state }) => state === 'queued')
      .map(({ profileId }) => profileId),
  );
  const leaver = accepted.find(({ profileId }) => waiting.has(profileId));
  if (!leaver) throw new Error('Nobody of the first campaign is in the second');
  await oneClickPost(received(leaver).oneClick, 'List-Unsubscribe=One-Click');
  await team.approver.call(brakeRoutes.requestBrakeRelease, {
    body: { scope: 'global', reason: 'Le stock est là' },
  });
  await team.marketer.call(brakeRoutes.confirmBrakeRelease, { body: { scope: 'global' } });
  await untilFinished(team.marketer, draft.id);
  const sends = await sendsOf(team.marketer, draft.id);
  const stateOf = (profileId: string) => sends.find((send) => send.profileId === profileId);
  expect(stateOf(leaver.profileId)).toMatchObject({ state: 'blocked', reason: 'withdrawn' });
  // Who had left before it started was never queued.
  expect(stateOf(one(2).profileId)).toMatchObject({ state: 'blocked', decisionId: null });
});

it('the report reconciles, says it as CSV too, and the audit chain verifies', async () => {
  const { marketer } = house.team();
  const params = { id: campaignId };
  const readReport = () => marketer.call(reportRoutes.readCampaignReport, { params });
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  const report = await until('clicks and withdrawals have arrived in the report', async () => {
    const now = await readReport();
    const clicks = sum(now.arms.map((arm) => arm.clickedPeople + arm.clicksWithoutPerson));
    return clicks >= 1 && sum(now.arms.map(({ unsubscribed }) => unsubscribed)) >= 2 ? now : undefined;
  });
  expect(sum(report.arms.map((arm) => arm.clickedPeople + arm.clicksWithoutPerson))).toBe(1);
  expect(report.ledger.unaccounted).toBe(0);
  expect(report.ledger.states.accepted).toBe(accepted.length);
  expect(sum(Object.values(report.ledger.states)) + report.ledger.holdout + report.ledger.globalHoldout).toBe(
    report.ledger.audience,
  );
  expect(sum(report.arms.map((arm) => arm.sends.accepted ?? 0))).toBe(accepted.length);
  expect(report.finding.sentence.length).toBeGreaterThan(10);

  const csv = await marketer.call(reportRoutes.exportCampaignReport, { params });
  const [header = '', ...rows] = csv.trimEnd().split(/\r?\n/);
  // One line per arm and one for who was not drawn: together the audience.
  const assigned = header.split(',').indexOf('assigned');
  expect(rows.map((row) => row.split(',')[header.split(',').indexOf('arm')])).toEqual(
    expect.arrayContaining(report.arms.map(({ key }) => key)),
  );
  expect(sum(rows.map((row) => Number(row.split(',')[assigned])))).toBe(report.ledger.audience);

  const chain = await marketer.call(auditRoutes.verifyAudit);
  expect(chain).toMatchObject({ intact: true });
  const { items } = await marketer.call(auditRoutes.listAudit, { query: { subjectId: campaignId } });
  const actions = items.map(({ action }) => action);
  expect(actions).toEqual(
    expect.arrayContaining([
      'campaign.submitted',
      'campaign.approved',
      'campaign.scheduled',
      'campaign.started',
    ]),
  );
});
