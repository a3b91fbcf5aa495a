import { readFileSync } from 'node:fs';
import { accessRoutes } from '@mesure/contract/access';
import { type Client, createClient } from '@mesure/contract/client';
import { reportRoutes } from '@mesure/contract/report';
import { type Rule, segmentsRoutes } from '@mesure/contract/segments';
import type { Browser, Download, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser } from '../harness/browser.ts';
import { pictureFailures } from '../harness/console-failure.ts';
import { type ConsoleHouse, openConsoleHouse } from '../harness/console-house.ts';
import { type Seat, settled, takeSeat } from '../harness/console-page.ts';
import { type Language, wordsIn } from '../harness/console-words.ts';
import { until } from '../harness/until.ts';

if (!hasBrowser)
  process.stderr.write('The main flow is not gone through: there is no /usr/bin/chromium here.\n');

const names = {
  en: {
    audience: 'French clients, spring',
    message: 'Spring letter',
    campaign: 'Spring in France',
    comment: 'Please hold out a fifth, so that we learn something.',
    subject: 'Three ideas for your spring',
  },
  fr: {
    audience: 'Clients de France, printemps',
    message: 'Lettre de printemps',
    campaign: 'Le printemps en France',
    comment: 'Un cinquième en groupe témoin, s’il vous plaît : sinon nous n’apprendrons rien.',
    subject: 'Trois idées pour votre printemps',
  },
} as const;

const minutes = 180_000;

describe.runIf(hasBrowser).each<Language>(['en', 'fr'])('the main flow, in %s', (language) => {
  const { say, like, read } = wordsIn(language);
  const called = names[language];
  let house: ConsoleHouse;
  let browser: Browser;
  let client: Client;
  let marketer: Seat;
  let approver: Seat;
  let campaignId: string;
  /** As approved: whom it would go to. */
  let people: number;

  beforeAll(async () => {
    [house, browser] = await Promise.all([openConsoleHouse(120), openBrowser()]);
    client = createClient({ baseUrl: house.url });
    await client.call(accessRoutes.signIn, { body: house.marketer });
    marketer = await takeSeat(browser, house, { who: house.marketer, look: { language } });
    approver = await takeSeat(browser, house, { who: house.approver, look: { language } });
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });
  pictureFailures(() => ({ marketer, approver }));

  const button = (at: Page | Locator, key: string): Locator =>
    at.getByRole('button', { name: say(key), exact: true });
  const field = (at: Page | Locator, key: string): Locator =>
    at.getByRole('textbox', { name: say(key), exact: true });
  const panel = (page: Page, key: string): Locator =>
    page.getByRole('region', { name: say(key), exact: true });
  const place = (page: Page, key: string): Promise<void> =>
    page
      .getByRole('navigation', { name: say('shell.navigation') })
      .getByRole('link', { name: say(key) })
      .click();
  const choose = (at: Page | Locator, group: string, option: string): Promise<void> =>
    at
      .getByRole('radiogroup', { name: say(group) })
      .getByText(say(option), { exact: true })
      .click();
  const select = async (page: Page, field: string, option: string | RegExp): Promise<void> => {
    await page.getByRole('combobox', { name: field, exact: true }).click();
    await page.getByRole('option', { name: option }).click();
  };
  const sizeOf = async (rule: Rule): Promise<number> =>
    (await client.call(segmentsRoutes.previewSegment, { body: { rule, samples: 0 } })).count;
  const showsPeople = (page: Page, count: number): Promise<void> =>
    panel(page, 'audiences.count.title')
      .getByText(say('audiences.count.people', { count }), { exact: true })
      .waitFor();
  const holds = (input: Locator, text: string): Promise<unknown> =>
    until(`the field holds ${text}`, async () => (await input.inputValue()).includes(text));
  /** Whatever moves from here on moved without loading the page again. */
  const stay = (page: Page): Promise<unknown> => page.evaluate('void (window.stayed = true)');
  const stayed = (page: Page): Promise<unknown> => page.evaluate('window.stayed === true');
  const numbersOf = async (rows: Locator): Promise<readonly number[]> =>
    (await rows.locator('td:nth-child(2)').allTextContents()).map(read);

  const inFrance: Rule = { kind: 'field', field: 'country', test: { operator: 'equals', value: 'FR' } };
  const inBelgium: Rule = { kind: 'field', field: 'country', test: { operator: 'equals', value: 'BE' } };
  const ordered: Rule = { kind: 'event', did: true, name: 'order_completed' };

  it('builds an audience: the count follows, and the text says the same', { timeout: minutes }, async () => {
    const { page, open } = marketer;
    await open('/');
    await place(page, 'shell.places.audiences');
    await page.getByRole('link', { name: say('audiences.new') }).click();
    await field(page, 'audiences.name').fill(called.audience);
    await showsPeople(page, 120);
    await button(page, 'audiences.add.title').click();
    await page.getByRole('menuitem', { name: say('audiences.add.field') }).click();
    await showsPeople(page, await sizeOf(inFrance));
    const value = page.getByRole('combobox', {
      name: say('audiences.test.value', { of: say('audiences.field.country') }),
    });
    await value.fill('BE');
    await showsPeople(page, await sizeOf(inBelgium));
    await button(page, 'audiences.undo').click();
    await showsPeople(page, await sizeOf(inFrance));

    await choose(page, 'audiences.form.label', 'audiences.form.text');
    const text = page.getByRole('textbox', { name: say('audiences.text.label') });
    await text.getByText('country is "FR"').waitFor();
    await text.fill('country is "FR" and did order_completed');
    const both = await sizeOf({ kind: 'all', rules: [inFrance, ordered] });
    await showsPeople(page, both);
    await choose(page, 'audiences.form.label', 'audiences.form.builder');
    await page.getByRole('group', { name: say('audiences.leaf.event'), exact: true }).waitFor();
    await button(page, 'common.save').click();
    await page.waitForURL(/\/audiences\/[0-9a-f-]{36}/);
    await page.getByRole('heading', { level: 1, name: called.audience }).waitFor();
    await showsPeople(page, both);
  });

  it('writes a message from a starter, checked and shown while it is typed', {
    timeout: minutes,
  }, async () => {
    const { page } = marketer;
    await place(page, 'shell.places.messages');
    await page.getByRole('link', { name: say('messages.new.action') }).click();
    await page
      .getByRole('button', { name: like('messages.new.start') })
      .first()
      .click();
    await page.waitForURL(/\/messages\/[0-9a-f-]{36}/);
    await field(page, 'messages.editor.name').fill(called.message);
    const subject = field(page, 'messages.editor.subject');
    const findings = panel(page, 'messages.findings.title');
    await subject.fill('{{ profile.first_name');
    await findings.getByText(like('messages.findings.errors')).waitFor();
    await subject.fill(`${called.subject}, {{ profile.first_name | default: "–" }}`);
    await findings.getByText(like('messages.findings.errors')).waitFor({ state: 'detached' });
    const preview = panel(page, 'messages.preview.title');
    await preview.locator('strong', { hasText: called.subject }).waitFor();
    const body = page.frameLocator('main iframe').locator('body');
    await until('the preview shows a text', async () =>
      (await body.innerText()).length > 100 ? true : null,
    );
    await preview.getByText(like('messages.check.fine')).waitFor();
    await page.getByRole('button', { name: like('messages.editor.save') }).click();
    await page.getByText(like('messages.editor.nowSaved')).waitFor();
  });

  it('drafts a campaign; going back in the middle loses nothing', { timeout: minutes }, async () => {
    const { page } = marketer;
    await place(page, 'shell.places.campaigns');
    await page.getByRole('link', { name: say('campaigns.list.new') }).click();
    await field(page, 'campaigns.edit.name').fill(called.campaign);
    await button(page, 'campaigns.new.begin').click();
    await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}\/edit/);
    campaignId = /campaigns\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
    const next = (step: string): Promise<void> =>
      page
        .getByRole('button', {
          name: say('campaigns.edit.nextTo', { step: say(`campaigns.edit.step.${step}`) }),
        })
        .click();
    const audience = page.getByRole('combobox', { name: say('campaigns.part.segmentId'), exact: true });
    await select(page, say('campaigns.part.segmentId'), called.audience);
    await page.getByText(like('campaigns.whom.size')).waitFor();
    await next('what');
    await button(page, 'campaigns.what.addFirst').click();
    await select(page, say('campaigns.what.message'), new RegExp(called.message));
    const message = page.getByRole('combobox', { name: say('campaigns.what.message'), exact: true });

    await page.goBack();
    await holds(audience, called.audience);
    await page.goForward();
    await holds(message, called.message);
    await page.goBack();
    await page.reload();
    await settled(page);
    await next('what');
    await holds(message, called.message);

    await next('when');
    await field(page, 'campaigns.holdout.share').fill('0');
    await page.getByText(say('campaigns.holdout.nothing')).waitFor();
    await next('check');
    await page.getByText(like('campaigns.review.wouldGet')).waitFor();
    await button(page, 'campaigns.submit.button').click();
    await page.getByText(say('campaigns.submit.done')).waitFor();
    await page.waitForURL(`${house.url}/campaigns/${campaignId}`);
    await stay(page);
  });

  /** What stands on the page as the number of people, when the table below it says the same. */
  const reviewed = async (page: Page): Promise<number> => {
    const reach = panel(page, 'campaigns.review.reach');
    const shown = read(await reach.getByText(like('campaigns.review.wouldGet')).textContent());
    const table = panel(page, 'campaigns.review.leftOut').getByRole('table');
    const rows = await numbersOf(table.locator('tbody tr'));
    expect(rows.at(-1)).toBe(shown);
    const audience = read(await table.locator('tfoot th:nth-child(2)').textContent());
    expect(rows.reduce((sum, count) => sum + count, 0)).toBe(audience);
    expect(rows.length).toBeGreaterThan(1);
    return shown;
  };

  it('waits on the approver’s Home; the review says who, who not and what', {
    timeout: minutes,
  }, async () => {
    const { page, open } = approver;
    await open('/');
    const item = panel(page, 'home.waiting.title')
      .getByRole('listitem')
      .filter({
        hasText: say('home.waiting.what.approve', { name: called.campaign }),
      });
    await item.getByRole('link', { name: say('home.waiting.go.approve') }).click();
    await page.getByRole('heading', { level: 1, name: called.campaign }).waitFor();
    await reviewed(page);
    const previews = panel(page, 'campaigns.previews.title');
    expect(await previews.getByRole('button', { name: like('campaigns.previews.number') }).count()).toBe(10);
    await previews.getByRole('button', { name: like('campaigns.previews.number', { number: 3 }) }).click();
    const body = page.frameLocator('main iframe').locator('body');
    await until('the preview shows a text', async () =>
      (await body.innerText()).length > 100 ? true : null,
    );
  });

  it('is sent back with a comment, changed and submitted again', { timeout: minutes }, async () => {
    await stay(approver.page);
    await button(approver.page, 'campaigns.approve.ask').click();
    await approver.page.getByText(say('campaigns.approve.commentNeeded')).waitFor();
    await field(approver.page, 'campaigns.approve.comment').fill(called.comment);
    await button(approver.page, 'campaigns.approve.ask').click();
    await approver.page.getByText(say('campaigns.approve.asked')).waitFor();

    const { page } = marketer;
    await panel(page, 'campaigns.history.title').getByText(called.comment).waitFor();
    expect(await stayed(page)).toBe(true);
    await place(page, 'shell.places.home');
    await panel(page, 'home.waiting.title').getByText(called.comment).waitFor();
    await page.getByRole('link', { name: say('home.waiting.go.changes_requested') }).click();
    await page.getByRole('link', { name: say('campaigns.act.edit'), exact: true }).click();
    await page.getByRole('button', { name: say('campaigns.edit.step.when'), exact: true }).click();
    await field(page, 'campaigns.holdout.share').fill('20');
    await page.getByText(like('campaigns.holdout.cost')).waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText(say('common.saved'), { exact: true }).first().waitFor();
    await page.getByRole('link', { name: say('campaigns.edit.look') }).click();
    await button(page, 'campaigns.submit.button').click();
    await page.getByText(say('campaigns.submit.done')).last().waitFor();
  });

  it('is approved for a number of people, by the one who looked again', { timeout: minutes }, async () => {
    const { page } = approver;
    const notice = page.getByRole('alert').filter({ hasText: say('campaigns.approve.changed') });
    await notice.getByText(say('campaigns.part.holdoutShare'), { exact: true }).waitFor();
    const approve = page.getByRole('button', { name: like('campaigns.approve.button') });
    expect(await approve.isDisabled()).toBe(true);
    await button(page, 'campaigns.approve.looked').click();
    people = await reviewed(page);
    await page
      .getByRole('button', { name: say('campaigns.approve.button', { count: people }), exact: true })
      .click();
    await page.getByText(say('campaigns.approve.done')).waitFor();
    expect(await stayed(page)).toBe(true);
  });

  it('is sent by the marketer, and everybody watches it go', { timeout: minutes }, async () => {
    const { page } = marketer;
    await page
      .getByRole('button', { name: say('campaigns.start.send', { count: people }), exact: true })
      .click();
    const dialog = page.getByRole('dialog', { name: say('campaigns.start.confirm') });
    await dialog
      .getByRole('button', { name: say('campaigns.start.send', { count: people }), exact: true })
      .click();
    for (const { page: seen } of [marketer, approver]) {
      const progress = panel(seen, 'campaigns.progress.title');
      await progress.getByRole('table').waitFor();
      await until('messages are counted as sent', async () => {
        const row = progress.getByRole('row').filter({ hasText: say('campaigns.tallyHint.accepted') });
        return (await row.count()) === 1 && read(await row.locator('td').nth(1).textContent()) > 0;
      });
      expect(await stayed(seen)).toBe(true);
    }
  });

  it('moves the time of the demo, and people answer', { timeout: minutes }, async () => {
    const { page } = marketer;
    const time = page.getByRole('region', { name: say('demo.name') });
    const week = button(time, 'demo.plus.week');
    const pressable = week.and(page.locator(':enabled'));
    await button(time, 'demo.plus.day').click();
    await page.getByText(like('demo.arrived')).first().waitFor({ timeout: 120_000 });
    const before = await time.innerText();
    await week.click();
    await until(
      'a week has gone by',
      // In one question: a button that goes between two is waited for, longer than a slow week.
      async () => (await pressable.isVisible()) && (await time.innerText()) !== before,
      { withinMs: 120_000 },
    );
    await page.getByText(like('campaigns.answer.finished')).waitFor();
    const table = panel(page, 'campaigns.progress.title').getByRole('table');
    const parts = await numbersOf(table.locator('tbody tr:not(:has(td a))'));
    expect(parts.reduce((sum, count) => sum + count, 0)).toBe(
      read(await table.locator('tfoot th').nth(1).textContent()),
    );
    expect(await stayed(page)).toBe(true);
  });

  const downloaded = async (page: Page, press: () => Promise<void>): Promise<Download> => {
    const [download] = await Promise.all([page.waitForEvent('download'), press()]);
    return download;
  };
  const contentOf = async (download: Download): Promise<Buffer> => readFileSync(await download.path());

  it('is reported: the finding, its interval, and numbers that reconcile', { timeout: minutes }, async () => {
    const { page } = marketer;
    await page.getByRole('link', { name: say('campaigns.act.report'), exact: true }).click();
    await page
      .getByRole('heading', { level: 1, name: say('report.of', { name: called.campaign }) })
      .waitFor();
    await settled(page);
    const { finding } = await client.call(reportRoutes.readCampaignReport, {
      params: { id: campaignId },
      query: { language },
    });
    await page.getByText(finding.sentence, { exact: true }).waitFor();
    const plot = panel(page, 'report.plot.title');
    await plot.getByRole('img').locator('svg').waitFor();
    await button(plot, 'common.showTable').click();
    const rows = plot.getByRole('table').getByRole('row');
    expect(await rows.count()).toBeGreaterThan(1);
    await rows
      .filter({ hasText: say('report.arm.theHoldout') })
      .first()
      .waitFor();
    await button(plot, 'common.showChart').click();

    const ledger = panel(page, 'report.ledger.title').getByRole('table');
    const parts = await ledger.locator('tbody tr:has(th) td').allTextContents();
    const sum = read(await ledger.locator('tfoot th').nth(1).textContent());
    expect(parts.map(read).reduce((total, count) => total + count, 0)).toBe(sum);
    expect(await panel(page, 'report.funnel.title').getByRole('row').first().textContent()).toContain(
      String(sum),
    );

    const csv = await downloaded(page, () => button(page, 'report.csv').click());
    expect(csv.suggestedFilename()).toContain(called.campaign);
    expect((await contentOf(csv)).toString()).toContain(called.campaign);
    for (const [item, isWhole] of [
      ['SVG', (content: Buffer) => /^<svg[\s\S]*<\/svg>$/.test(content.toString().trim())],
      ['PNG', (content: Buffer) => content.subarray(1, 4).toString() === 'PNG' && content.length > 2_000],
    ] as const) {
      await button(plot, 'common.download').click();
      const file = await downloaded(page, () => page.getByRole('menuitem', { name: item }).click());
      expect(file.suggestedFilename()).toMatch(new RegExp(`\\.${item.toLowerCase()}$`));
      expect(isWhole(await contentOf(file))).toBe(true);
    }
  });

  it('is in the mail catcher, as it was previewed', { timeout: minutes }, async () => {
    const { page } = marketer;
    await place(page, 'shell.places.catcher');
    await page.getByRole('searchbox', { name: say('catcher.search') }).fill(called.subject);
    await page.waitForURL(/search=/);
    const rows = page.getByRole('grid', { name: say('catcher.label') }).getByRole('row');
    await rows.filter({ hasText: called.subject }).first().getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: new RegExp(`^${called.subject}`) }).waitFor();
    const body = page.frameLocator('main iframe').locator('body');
    await until('the mail shows a text', async () => ((await body.innerText()).length > 100 ? true : null));
  });

  it('went without an error, a refused policy or a request to anybody else', () => {
    // The subject that was broken on purpose: the browser notes that its preview was refused.
    const problems = [...marketer.problems, ...approver.problems];
    expect(problems.filter((problem) => !/status of 422/.test(problem))).toEqual([]);
  });
});
