import { auditRoutes } from '@mesure/contract/audit';
import { brakeRoutes } from '@mesure/contract/brake';
import { importsRoutes } from '@mesure/contract/imports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from './house-for-tests.ts';
import { operations } from './operations.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const orders = `Order ID,Order date,Customer ID,Email,SKU,Product name,Quantity,Unit price,Currency,Ref
A-1,2026-01-05 10:00,C1,ada@example.test,T1,Green tea,2,4.50,EUR,x
A-2,2026-02-05 11:00,C2,bob@example.test,T2,Black tea,1,3.90,EUR,y
A-3,2026-02-06 11:00,,,T2,Black tea,1,3.90,EUR,z
`;

const states = async (): Promise<readonly string[]> =>
  (await house.client.call(importsRoutes.listImports)).items.map(({ state }) => state);

describe('import orders', () => {
  it('shows the guess and the report, and writes nothing in a dry run', async () => {
    const { code, out } = await house.mesure(
      'import',
      'orders',
      house.file('orders.csv', orders),
      '--dry-run',
    );
    expect(code).toBe(0);
    expect(out).toMatch(/encoding .*, separator “,”/);
    expect(out).toMatch(/orderId\s+←\s+Order ID/);
    expect(out).toMatch(/lines in\s+3\n/);
    expect(out).toMatch(/no_customer\s+1/);
    expect(out).toContain('Nothing was written');
    expect(await states()).toEqual(['cancelled']);
  });

  it('imports with a corrected mapping, and takes it back as a whole', async () => {
    const mapping = house.file('mapping.json', JSON.stringify({ columns: { productName: 'Ref' } }));
    const done = await house.mesure(
      'import',
      'orders',
      house.file('orders.csv', orders),
      '--mapping',
      mapping,
    );
    expect(done.code).toBe(0);
    expect(done.out).toMatch(/productName\s+←\s+Ref\s+told/);
    const id = /mesure import undo (\S+)/.exec(done.out)?.[1] ?? '';
    expect(await house.client.call(importsRoutes.getImport, { params: { id } })).toMatchObject({
      state: 'committed',
    });

    const undone = await house.mesure('import', 'undo', id);
    expect(undone).toMatchObject({ code: 0, out: `Import ${id} was taken back.\n` });
  });

  it('answers with JSON alone for a program', async () => {
    const { code, out } = await house.mesure(
      'import',
      'orders',
      house.file('o.csv', orders),
      '--dry-run',
      '--json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ report: { linesIn: 3 } });
  });

  it('says which column of a mapping is not there, and leaves nothing half done', async () => {
    const mapping = house.file('wrong.json', JSON.stringify({ columns: { email: 'E-Mail Adresse' } }));
    const { code, err } = await house.mesure(
      'import',
      'orders',
      house.file('o.csv', orders),
      '--mapping',
      mapping,
    );
    expect(code).toBe(1);
    expect(err).toContain('E-Mail Adresse');
    expect((await states())[0]).toBe('cancelled');
  });

  it.each([
    ['is not JSON', '{', /mapping\.json.*run without --mapping to see the guess/],
    ['has an unknown field', '{"colums":{}}', /is not a mapping:\n.*colums/],
  ])('refuses a mapping that %s before anything is sent', async (_what, text, told) => {
    const before = await states();
    const mapping = house.file('mapping.json', text);
    const { code, err } = await house.mesure(
      'import',
      'orders',
      house.file('o.csv', orders),
      '--mapping',
      mapping,
    );
    expect(code).toBe(1);
    expect(err).toMatch(told);
    expect(await states()).toEqual(before);
  });

  it('says that a file is missing before anything is sent', async () => {
    const before = await states();
    const { code, err } = await house.mesure('import', 'orders', '/nowhere/orders.csv');
    expect({ code, err }).toEqual({ code: 1, err: '/nowhere/orders.csv: there is no such file.\n' });
    expect(await states()).toEqual(before);
  });
});

describe('campaigns and reports', () => {
  it('says what to do while there is none', async () => {
    expect(await house.mesure('campaigns')).toMatchObject({
      code: 0,
      out: expect.stringContaining('createCampaign'),
    });
  });

  it('says that a report has no campaign, in one line', async () => {
    const { code, err } = await house.mesure('report', '00000000-0000-7000-8000-000000000000');
    expect(code).toBe(1);
    expect(err).toMatch(/^There is no campaign[^\n]*\n\(request \S+\)\n$/);
  });

  it('reports a campaign in words, as CSV and as JSON', async () => {
    const make = async (operation: string, body: unknown): Promise<string> => {
      const { out } = await house.mesure('call', operation, '--body', JSON.stringify(body));
      const made = JSON.parse(out) as { readonly id?: string; readonly message?: { readonly id: string } };
      return made.id ?? made.message?.id ?? '';
    };
    const segmentId = await make('createSegment', {
      name: 'Tea',
      rule: { kind: 'event', did: true, name: 'order_completed' },
    });
    const messageId = await make('createMessage', {
      name: 'Tea',
      subject: 'Tea',
      language: 'en',
      mjml: '<mjml><mj-body><mj-section><mj-column><mj-text>Tea</mj-text></mj-column></mj-section></mj-body></mjml>',
    });
    const id = await make('createCampaign', {
      name: 'Tea in March',
      segmentId,
      variants: [{ key: 'a', messageId, weight: 1 }],
      holdoutShare: 0.1,
    });
    expect((await house.mesure('campaigns')).out).toMatch(new RegExp(`${id}\\s+draft\\s+Tea in March`));
    const words = await house.mesure('report', id);
    expect(words).toMatchObject({ code: 0, err: '' });
    expect(words.out).toMatch(/assigned\s+accepted\s+clicked\s+ordered\s+left/);
    expect((await house.mesure('report', id, '--csv')).out.split('\n')[0]).toContain(',');
    expect(JSON.parse((await house.mesure('report', id, '--json')).out)).toMatchObject({ campaign: { id } });
  });
});

describe('the brake', () => {
  it('stops sends with a reason, for everybody to see', async () => {
    expect(await house.mesure('brake', 'engage')).toMatchObject({
      code: 1,
      err: expect.stringContaining('--reason'),
    });
    const engaged = await house.mesure('brake', 'engage', '--reason', 'floods in the south');
    expect(engaged).toMatchObject({ code: 0, out: expect.stringContaining('nothing more leaves') });
    expect(await house.client.call(brakeRoutes.listBrakes)).toMatchObject({
      items: [{ scope: 'global', reason: 'floods in the south' }],
    });
    expect((await house.mesure('brake')).out).toContain('floods in the south');
    const { items } = await house.client.call(auditRoutes.listAudit, { query: { action: 'brake' } });
    expect(items).toHaveLength(1);
  });
});

describe('sends release', () => {
  it('says so when nothing is held', async () => {
    const answer = await house.mesure('sends', 'release', '--comment', 'looked');
    expect(answer).toMatchObject({ code: 0, out: 'Nothing holds the sends.\n' });
  });
});

describe('call', () => {
  it('suggests operations near a wrong name', async () => {
    const { code, err } = await house.mesure('call', 'getCampain', 'id=1');
    expect(code).toBe(1);
    expect(err).toMatch(/There is no operation “getCampain”\. Did you mean .*getCampaign/);
  });

  it('says what is wrong with a body or a parameter', async () => {
    expect((await house.mesure('call', 'createSegment', '--body', '{')).err).toContain('--body is not JSON');
    expect((await house.mesure('call', 'getSegment', 'id=1')).err).toContain('params.id');
    expect((await house.mesure('call', 'getSegment')).err).toBe('getSegment needs id=….\n');
    expect((await house.mesure('call', 'listSegments', 'limt=5')).err).toBe(
      'listSegments has no parameter “limt”. It has limit, after.\n',
    );
    expect((await house.mesure('call', 'getSegment', 'what')).err).toContain('name=value');
  });

  it('knows every operation of the API document', async () => {
    const document = (await (await fetch(`${house.url}/api/openapi.json`)).json()) as {
      readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
    };
    const documented = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(documented.filter((name) => !operations.has(name))).toEqual([]);
    expect(documented.length).toBeGreaterThan(50);
  });
});

describe('signing in', () => {
  it('acts as that person until they sign out, and shows no password', async () => {
    const wrong = await house.mesureTyping('not the password\n', 'sign-in', 'mia@example.test');
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.err).toContain('do not go together');

    const password = 'lampe bleue et trois canards';
    const signedIn = await house.mesureTyping(`${password}\n`, 'sign-in', 'mia@example.test');
    expect(signedIn.code).toBe(0);
    expect(signedIn.out).toContain('Signed in as Mia');
    expect(signedIn.out + signedIn.err).not.toContain(password);
    const asMia = await house.mesure('call', 'readSession');
    expect(JSON.parse(asMia.out)).toMatchObject({ kind: 'account', name: 'Mia' });

    expect(await house.mesure('sign-out')).toMatchObject({ code: 0, out: 'Signed out.\n' });
    const asMachine = await house.mesure('call', 'readSession');
    expect(JSON.parse(asMachine.out)).toMatchObject({ kind: 'token' });
  });
});
