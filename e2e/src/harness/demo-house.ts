import { accessRoutes } from '@mesure/contract/access';
import { createClient } from '@mesure/contract/client';
import { temporaryFolder } from './data-folder.ts';
import { linksOf } from './message.ts';
import { runProgram } from './server-process.ts';
import { until } from './until.ts';

export interface DemoHouse {
  readonly url: string;
  /** Pages of one customer, as the links in a message of the demo lead there; and an invitation that is open. */
  readonly links: Readonly<Record<'why' | 'preferences' | 'unsubscribe' | 'mail' | 'join', string>>;
  readonly close: () => Promise<void>;
}

/** `npm run demo` on a small shop, after its first campaign. */
export const openDemo = async (): Promise<DemoHouse> => {
  const { path, remove } = temporaryFolder();
  const program = runProgram(
    'sample/src/demo/main.ts',
    { folder: path, variables: { MESURE_CATCHER_PORT: '0' } },
    ['--customers', '300'],
  );
  const printed = await until(
    'the demo has played its week',
    () => {
      if (!program.isRunning()) throw new Error(`The demo ended:\n${program.output()}`);
      return /Approver\s+\S+\s+\S+/.test(program.output()) && program.output();
    },
    { withinMs: 110_000 },
  );
  const url = /Open\s+(http\S+)/.exec(printed)?.[1] ?? '';
  const [, email = '', password = ''] = /Marketer\s+(\S+)\s+(\S+)/.exec(printed) ?? [];
  const client = createClient({ baseUrl: url });
  await client.call(accessRoutes.signIn, { body: { email, password } });
  const { token } = await client.call(accessRoutes.invite, {
    body: { email: 'sacha@shop.example', roles: ['marketer'] },
  });
  const list = await (await fetch(`${url}/catcher`)).text();
  const mails = [...new Set(linksOf(list).filter((link) => /^\/catcher\/[^/?]+$/.test(link)))];
  const mail = `${url}${mails[0] ?? ''}`;
  const own = linksOf(await (await fetch(`${mail}/html`)).text());
  const to = (part: string): string => own.find((link) => link.includes(part)) ?? '';
  return {
    url,
    links: {
      why: to('/p/why/'),
      preferences: to('/p/preferences/'),
      unsubscribe: to('/p/u/'),
      mail,
      join: `${url}/join?token=${encodeURIComponent(token)}`,
    },
    close: async () => {
      await program.kill('SIGINT');
      remove();
    },
  };
};
