import { accessRoutes } from '@mesure/contract/access';
import { campaignRoutes } from '@mesure/contract/campaigns';
import { catalogRoutes } from '@mesure/contract/catalog';
import { type Client, createClient } from '@mesure/contract/client';
import { messagesRoutes } from '@mesure/contract/messages';
import { segmentsRoutes } from '@mesure/contract/segments';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser } from '../harness/browser.ts';
import { type ConsoleHouse, openConsoleHouse } from '../harness/console-house.ts';
import { type Seat, takeSeat } from '../harness/console-page.ts';
import { placesOf } from './places.ts';

/** Each would run as markup, as an attribute, as a template or as an address somewhere (S-16). */
const polyglots: readonly string[] = [
  `jaVasCript:/*-/*\`/*\\\`/*'/*"/**/(/* */oNcliCk=window.pwned=1 )//%0D%0A%0d%0a//</stYle/</titLe/</teXtarEa/</scRipt/--!>\\x3csVg/<sVg/oNloAd=window.pwned=2//>\\x3e`,
  `"><img src=x onerror="window.pwned=3"><svg onload=window.pwned=4>`,
  `'-(window.pwned=5)-'{{constructor.constructor('window.pwned=6')()}}\${window.pwned=7}`,
  `<iframe srcdoc="<script>parent.window.pwned=8</script>"></iframe><base href="https://elsewhere.example/">`,
  `\u202Eneddih\u202C 🙂👩‍👩‍👧‍👦 مرحبا שלום ${'a\u0300'.repeat(20)}`,
];

const csvCell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const ordersWith = (texts: readonly string[]): string =>
  [
    'Order ID,Order date,Email,First name,Last name,City,SKU,Product,Category,Quantity,Unit price,Currency',
    ...texts.map((text, index) =>
      [
        `H${index}`,
        '2025-01-0' + String(index + 1),
        `hostile${index}@shop.example`,
        text,
        text,
        text,
        `HOSTILE-${index}`,
        text,
        text,
        '1',
        '9.90',
        'EUR',
      ]
        .map(csvCell)
        .join(','),
    ),
  ].join('\n');

describe.runIf(hasBrowser)('stored text', () => {
  let house: ConsoleHouse;
  let browser: Browser;
  let client: Client;
  let seat: Seat;

  /** Puts every text into every field that keeps text: names, descriptions, subjects, rules, cells of a file. */
  const plant = async (): Promise<void> => {
    const { importsRoutes } = await import('@mesure/contract/imports');
    for (const [index, text] of polyglots.entries()) {
      const short = text.slice(0, 110);
      await client.call(segmentsRoutes.createSegment, {
        body: {
          name: `${index} ${short}`,
          description: text,
          rule: { kind: 'trait', key: 'note', test: { operator: 'equals', value: text.slice(0, 100) } },
        },
      });
      const { message } = await client.call(messagesRoutes.createMessage, {
        body: {
          name: short,
          subject: short,
          mjml: `<mjml><mj-body><mj-section><mj-column><mj-text>${text}<script>window.pwned=9</script></mj-text></mj-column></mj-section></mj-body></mjml>`,
          language: 'en',
        },
      });
      await client.call(campaignRoutes.createCampaign, {
        body: { name: short, variants: [{ key: 'A', messageId: message.id, weight: 1 }] },
      });
      await client.call(catalogRoutes.saveProducts, {
        body: {
          items: [{ sku: `X${index}`, name: text, category: short, unitPrice: '1.00', currency: 'EUR' }],
        },
      });
    }
    const { id } = await client.call(importsRoutes.createImport);
    await client.call(importsRoutes.addImportFile, {
      params: { id, name: `${polyglots[1]?.replace(/[\\/]/g, '')}.csv`.slice(0, 150) },
      body: ordersWith(polyglots),
    });
    await client.call(importsRoutes.startImport, { params: { id } });
  };

  beforeAll(async () => {
    [house, browser] = await Promise.all([openConsoleHouse(), openBrowser()]);
    client = createClient({ baseUrl: house.url });
    await client.call(accessRoutes.signIn, { body: house.marketer });
    await plant();
    seat = await takeSeat(browser, house, { who: house.marketer });
  });
  afterAll(async () => {
    await browser?.close();
    await house?.close();
  });

  /** Nothing ran, and nothing of it is an element of the page itself: a policy that stopped it came second. */
  const isUnharmed = (): Promise<boolean> =>
    seat.page.evaluate<boolean>(
      `window.pwned === undefined && document.querySelector('[onerror], [onload], [onclick], base, img[src=x]') === null`,
    );

  it('never becomes markup on any page', async () => {
    const harmed: string[] = [];
    for (const { name, path } of await placesOf(seat.page)) {
      await seat.open(path);
      if (!(await isUnharmed())) harmed.push(name);
    }
    expect(harmed).toEqual([]);
  });

  it.each(['segments', 'messages', 'campaigns'])(
    'nor on the page of each of the planted %s',
    async (list) => {
      const at = { segments: 'audiences', messages: 'messages', campaigns: 'campaigns' }[list] ?? list;
      const { items } = await seat.page.evaluate<{ readonly items: readonly { readonly id: string }[] }>(
        `fetch('/api/${list}?limit=50').then((response) => response.json())`,
      );
      const harmed: string[] = [];
      for (const { id } of items) {
        await seat.open(`/${at}/${id}`);
        if (!(await isUnharmed())) harmed.push(id);
      }
      expect(items.length).toBeGreaterThanOrEqual(polyglots.length);
      expect(harmed).toEqual([]);
    },
  );

  it('asks nobody else and breaks no policy by being shown', () => {
    // What a hostile message's own frame was refused, and the template that cannot be rendered (422): the protection at work.
    const noted =
      /Blocked script execution in 'about:srcdoc'|document's base URI|inline event handler|status of 422/;
    expect(seat.problems.filter((problem) => !noted.test(problem))).toEqual([]);
  });
});
