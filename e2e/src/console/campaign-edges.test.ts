import { accessRoutes } from '@mesure/contract/access';
import { type CampaignBody, campaignRoutes } from '@mesure/contract/campaigns';
import { type Client, createClient } from '@mesure/contract/client';
import { demoRoutes } from '@mesure/contract/demo';
import type { Browser, Locator, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser } from '../harness/browser.ts';
import {
  draftCampaign,
  everybody,
  type Material,
  prepareMaterial,
  progressOf,
  startNew,
} from '../harness/campaign.ts';
import { pictureFailures } from '../harness/console-failure.ts';
import { type ConsoleHouse, type Credentials, openConsoleHouse } from '../harness/console-house.ts';
import { type Seat, takeSeat } from '../harness/console-page.ts';
import { wordsIn } from '../harness/console-words.ts';
import type { Team } from '../harness/team.ts';
import { until } from '../harness/until.ts';

if (!hasBrowser)
  process.stderr.write('The edges of campaigns are not tried: there is no /usr/bin/chromium here.\n');

const minutes = 180_000;
const { say, like, read } = wordsIn('en');

describe.runIf(hasBrowser)('campaigns that do not go straight', () => {
  let house: ConsoleHouse;
  let browser: Browser;
  let team: Team;
  let material: Material;
  let marketer: Seat;
  let approver: Seat;
  let colleague: Seat;

  const signedIn = async (who: Credentials): Promise<Client> => {
    const client = createClient({ baseUrl: house.url });
    await client.call(accessRoutes.signIn, { body: who });
    return client;
  };
  const invite = async (): Promise<Credentials> => {
    const who = { email: 'dominique@shop.example', password: 'seventeen quiet otters walk home' };
    const { token } = await team.marketer.call(accessRoutes.invite, {
      body: { email: who.email, roles: ['marketer'] },
    });
    await createClient({ baseUrl: house.url }).call(accessRoutes.acceptInvitation, {
      body: { token, name: 'Dominique Renard', password: who.password },
    });
    return who;
  };

  beforeAll(async () => {
    [house, browser] = await Promise.all([openConsoleHouse(120), openBrowser()]);
    team = { marketer: await signedIn(house.marketer), approver: await signedIn(house.approver) };
    material = await prepareMaterial(team.marketer, {
      name: 'Everybody',
      rule: everybody,
      starter: 'letter-en',
    });
    marketer = await takeSeat(browser, house, { who: house.marketer });
    approver = await takeSeat(browser, house, { who: house.approver });
    colleague = await takeSeat(browser, house, { who: await invite() });
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });
  pictureFailures(() => ({ marketer, approver, colleague }));

  const button = (at: Page | Locator, key: string, values: Parameters<typeof say>[1] = {}): Locator =>
    at.getByRole('button', { name: say(key, values), exact: true });
  const panel = (page: Page, key: string): Locator =>
    page.getByRole('region', { name: say(key), exact: true });
  const now = (id: string): Promise<CampaignBody> =>
    team.marketer.call(campaignRoutes.getCampaign, { params: { id } });

  const change = async (id: string, changed: { readonly holdoutShare?: number; readonly name?: string }) => {
    const { version } = await now(id);
    return team.marketer.call(campaignRoutes.updateCampaign, {
      params: { id },
      body: { version, ...changed },
    });
  };
  const submit = async (id: string): Promise<void> => {
    const { version } = await now(id);
    await team.marketer.call(campaignRoutes.submitCampaign, { params: { id }, body: { version } });
  };

  describe('an approval of what changed a second ago', () => {
    /** The approver's press is under way when this happens. */
    const meanwhile = async (page: Page, happens: () => Promise<unknown>): Promise<void> => {
      await page.route(
        '**/approve',
        async (route) => {
          await happens();
          await route.continue();
        },
        { times: 1 },
      );
    };
    const underReview = async (name: string): Promise<string> => {
      const { id } = await draftCampaign(team.marketer, material, { name });
      await submit(id);
      await approver.open(`/campaigns/${id}`);
      await approver.page.getByRole('textbox', { name: say('campaigns.approve.comment') }).fill('Well done.');
      return id;
    };
    const pressApprove = (page: Page): Promise<void> =>
      page.getByRole('button', { name: like('campaigns.approve.button') }).click();
    const comment = (page: Page): Locator =>
      page.getByRole('textbox', { name: say('campaigns.approve.comment'), exact: true });

    it('is refused when it was submitted again: what changed is said, the comment kept', {
      timeout: minutes,
    }, async () => {
      const { page } = approver;
      const id = await underReview('Changed and submitted again');
      await meanwhile(page, async () => {
        await change(id, { holdoutShare: 0.3 });
        await submit(id);
      });
      await pressApprove(page);
      const notice = page.getByRole('alert').filter({ hasText: say('campaigns.approve.changed') });
      await notice.getByText(say('campaigns.part.holdoutShare'), { exact: true }).waitFor();
      await notice.getByText(like('campaigns.approve.number')).waitFor();
      expect(await comment(page).inputValue()).toBe('Well done.');
      expect((await now(id)).state).toBe('in_review');
      await button(notice, 'campaigns.approve.looked').click();
      await pressApprove(page);
      await page.getByText(say('campaigns.approve.done')).waitFor();
      expect((await now(id)).approval).toMatchObject({ valid: true });
      await panel(page, 'campaigns.history.title').getByText('Well done.').waitFor();
    });

    it('is refused when it became a draft: who took it back is said, the comment kept', {
      timeout: minutes,
    }, async () => {
      const { page } = approver;
      const id = await underReview('Taken back');
      await meanwhile(page, () => change(id, { holdoutShare: 0.3 }));
      await pressApprove(page);
      await page
        .getByRole('alert')
        .filter({ hasText: say('campaigns.approve.takenBack', { name: 'Camille Marchand' }) })
        .waitFor();
      expect((await now(id)).state).toBe('draft');
      await submit(id);
      await page
        .getByRole('alert')
        .filter({ hasText: say('campaigns.approve.changed') })
        .waitFor();
      expect(await comment(page).inputValue()).toBe('Well done.');
    });
  });

  describe('at night', () => {
    let held: string;
    let stopped: string;

    const advance = async (hours: number): Promise<void> => {
      await team.marketer.call(demoRoutes.advanceDemo, { body: { hours } });
      await until('the time has moved', async () => {
        const demo = await team.marketer.call(demoRoutes.readDemo);
        return demo.active && demo.advancing === null;
      });
    };
    const sent = async (id: string): Promise<number> =>
      (await progressOf(team.marketer, id)).counts.accepted ?? 0;
    const badge = (page: Page, state: string): Locator =>
      page
        .getByRole('main')
        .getByText(say(`campaigns.state.${state}`), { exact: true })
        .first();
    /** How many the page says are in that state now. */
    const shown = async (page: Page, part: string): Promise<number> => {
      const row = panel(page, 'campaigns.progress.title')
        .getByRole('row')
        .filter({ hasText: say(`campaigns.tallyHint.${part}`) });
      return (await row.count()) === 1 ? read(await row.locator('td').nth(1).textContent()) : 0;
    };

    /** How many, once nobody is on the way to be held and the page says the same. */
    const everybodyHeld = (page: Page, id: string): Promise<number> =>
      until('everybody is held', async () => {
        const { counts } = await progressOf(team.marketer, id);
        const onTheWay = (['queued', 'claimed', 'attempting'] as const).some(
          (state) => (counts[state] ?? 0) > 0,
        );
        const waiting = counts.held ?? 0;
        return !onTheWay && waiting > 20 && (await shown(page, 'held')) === waiting && waiting;
      });

    it('what is held is paused, and the approver sees it', { timeout: minutes }, async () => {
      // From ten in the morning to eleven at night, in the quiet hours.
      await advance(13);
      held = await startNew(team, material, 'Paused over night');
      await Promise.all([marketer.open(`/campaigns/${held}`), approver.open(`/campaigns/${held}`)]);
      await everybodyHeld(marketer.page, held);
      await button(marketer.page, 'campaigns.run.pause').click();
      await marketer.page.getByText(say('campaigns.run.paused')).waitFor();
      for (const { page } of [marketer, approver]) await badge(page, 'paused').waitFor();
      await button(marketer.page, 'common.undo').click();
      await badge(approver.page, 'sending').waitFor();
      await button(approver.page, 'campaigns.run.pause').click();
      await badge(marketer.page, 'paused').waitFor();
    });

    it('what is stopped is cancelled for good, after its number was said', { timeout: minutes }, async () => {
      const { page, open } = colleague;
      stopped = await startNew(team, material, 'Stopped over night');
      await open(`/campaigns/${stopped}`);
      const waiting = await everybodyHeld(page, stopped);
      await button(page, 'campaigns.stop.short').click();
      const dialog = page.getByRole('dialog', { name: say('campaigns.stop.title') });
      await button(dialog, 'common.cancel').click();
      await dialog.waitFor({ state: 'detached' });
      expect((await now(stopped)).state).toBe('sending');
      await button(page, 'campaigns.stop.short').click();
      await dialog
        .getByRole('button', { name: say('campaigns.stop.button', { count: waiting }), exact: true })
        .click();
      await badge(page, 'stopped').waitFor();
      await until('all of them are cancelled', async () => (await shown(page, 'cancelled')) === waiting);
    });

    it('the brake stops everything from any page', { timeout: minutes }, async () => {
      const { page } = colleague;
      await page
        .getByRole('banner')
        .getByRole('button', { name: say('brake.name'), exact: true })
        .click();
      const dialog = page.getByRole('dialog', { name: say('brake.title') });
      await dialog.getByRole('textbox', { name: say('brake.reason') }).fill('A wrong price.');
      await button(dialog, 'brake.engage').click();
      for (const seat of [colleague, marketer, approver])
        await seat.page
          .getByRole('banner')
          .getByRole('button', { name: say('brake.engaged') })
          .waitFor();

      await advance(11);
      expect(await sent(held)).toBe(0);
      await button(marketer.page, 'campaigns.run.resume').click();
      await badge(marketer.page, 'sending').waitFor();
      await marketer.page.getByText(say('reasons.brake_global')).first().waitFor();
      expect(await sent(held)).toBe(0);
    });

    it('and takes two people to release; then it goes on', { timeout: minutes }, async () => {
      const { page } = colleague;
      await page
        .getByRole('banner')
        .getByRole('button', { name: say('brake.engaged') })
        .click();
      const dialog = page.getByRole('dialog', { name: say('brake.engagedTitle') });
      expect(await button(dialog, 'brake.ask').isDisabled()).toBe(true);
      await dialog.getByRole('textbox', { name: say('brake.reason') }).fill('The price is right now.');
      await button(dialog, 'brake.ask').click();
      await dialog.waitFor({ state: 'detached' });
      await page
        .getByRole('banner')
        .getByRole('button', { name: say('brake.engaged') })
        .click();
      await dialog.getByText(say('brake.needsOther')).waitFor();
      expect(await button(dialog, 'brake.confirm').count()).toBe(0);
      await button(dialog, 'common.cancel').click();

      await approver.open('/');
      const item = panel(approver.page, 'home.waiting.title')
        .getByRole('listitem')
        .filter({ hasText: 'The price is right now.' });
      await button(item, 'home.waiting.go.confirm_release').click();
      for (const seat of [colleague, marketer, approver])
        await seat.page
          .getByRole('banner')
          .getByRole('button', { name: say('brake.name'), exact: true })
          .waitFor();
      await until('messages leave again', async () => (await shown(marketer.page, 'accepted')) > 0);
      expect(await sent(stopped)).toBe(0);
    });
  });

  describe('one draft, two people', () => {
    let id: string;
    const nameOf = (page: Page): Locator =>
      page.getByRole('textbox', { name: say('campaigns.edit.name'), exact: true });
    const conflict = (page: Page): Locator =>
      page.getByRole('alert').filter({ hasText: say('common.error.conflict') });
    const saveOf = (page: Page): Locator => button(page, 'common.save');

    it('tells each that the other is here', { timeout: minutes }, async () => {
      ({ id } = await draftCampaign(team.marketer, material, { name: 'By two people' }));
      await Promise.all([marketer.open(`/campaigns/${id}/edit`), colleague.open(`/campaigns/${id}/edit`)]);
      await nameOf(marketer.page).fill('By two people, mine');
      await nameOf(colleague.page).fill('By two people, theirs');
      for (const [seat, other] of [
        [marketer, 'Dominique Renard'],
        [colleague, 'Camille Marchand'],
      ] as const)
        await button(seat.page, 'common.presence.also', { count: 1, names: other }).waitFor();
    });

    it('keeps mine, once it was said whose came first', { timeout: minutes }, async () => {
      await saveOf(colleague.page).click();
      const notice = conflict(marketer.page);
      await notice.getByText(like('campaigns.edit.conflict.who', { name: 'Dominique Renard' })).waitFor();
      await notice
        .getByText(say('campaigns.edit.conflict.where', { parts: say('campaigns.part.name') }))
        .waitFor();
      expect(await nameOf(marketer.page).inputValue()).toBe('By two people, mine');
      await button(notice, 'campaigns.edit.conflict.mine').click();
      await notice.waitFor({ state: 'detached' });
      expect((await now(id)).name).toBe('By two people, mine');
      // Nothing was typed there since: what was saved simply appears.
      await until(
        'the colleague sees it',
        async () => (await nameOf(colleague.page).inputValue()) === 'By two people, mine',
      );
    });

    it('takes theirs after a save that came too late, and loses nothing before that', {
      timeout: minutes,
    }, async () => {
      const { page } = colleague;
      await nameOf(page).fill('By two people, too late');
      let isFirst = true;
      await page.route(`**/api/campaigns/${id}`, async (route) => {
        if (route.request().method() === 'PATCH' && isFirst) {
          isFirst = false;
          await change(id, { name: 'By two people, first' });
        }
        await route.continue();
      });
      await saveOf(page).click();
      const notice = conflict(page);
      await notice.getByText(like('campaigns.edit.conflict.who', { name: 'Camille Marchand' })).waitFor();
      expect(await nameOf(page).inputValue()).toBe('By two people, too late');
      await page.reload();
      await notice.waitFor();
      expect(await nameOf(page).inputValue()).toBe('By two people, too late');
      await button(notice, 'campaigns.edit.conflict.theirs').click();
      await notice.waitFor({ state: 'detached' });
      expect(await nameOf(page).inputValue()).toBe('By two people, first');
      expect((await now(id)).name).toBe('By two people, first');
    });
  });

  it('what changes before the stream of news is open is seen, too', { timeout: minutes }, async () => {
    const { page, open } = colleague;
    const { id } = await draftCampaign(team.marketer, material, { name: 'Before the news' });
    let listen: () => void = () => undefined;
    const allowed = new Promise<void>((go) => {
      listen = go;
    });
    const hold = async (route: Route): Promise<void> => {
      await allowed;
      await route.continue();
    };
    await page.route('**/api/live*', hold);
    await open(`/campaigns/${id}`);
    await page.getByRole('heading', { level: 1, name: 'Before the news' }).waitFor();
    await change(id, { name: 'Changed meanwhile' });
    listen();
    await page.getByRole('heading', { level: 1, name: 'Changed meanwhile' }).waitFor();
    await page.unroute('**/api/live*', hold);
  });

  it('goes without an error but the refusals', () => {
    const problems = [...marketer.problems, ...approver.problems, ...colleague.problems];
    expect(problems.filter((problem) => !/status of 409/.test(problem))).toEqual([]);
  });
});
