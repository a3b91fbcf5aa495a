import { accessRoutes } from '@mesure/contract/access';
import { catcherRoutes } from '@mesure/contract/catcher';
import { createClient } from '@mesure/contract/client';
import { temporaryFolder } from './data-folder.ts';
import { linksOf } from './message.ts';
import { runProgram } from './server-process.ts';
import { until } from './until.ts';

export interface DemoHouse {
  readonly url: string;
  /** Pages of one customer, as the links in a message of the demo lead there; and an invitation that is open. */
  readonly links: Readonly<Record<'why' | 'preferences' | 'unsubscribe' | 'join', string>>;
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
  const [newest] = (await client.call(catcherRoutes.listCaughtMails, { query: { limit: 1 } })).items;
  if (!newest) throw new Error('The demo has sent nothing.');
  const mail = await client.call(catcherRoutes.readCaughtMail, { params: { id: newest.id } });
  const own = linksOf(mail.html);
  const to = (part: string): string => own.find((link) => link.includes(part)) ?? '';
  return {
    url,
    links: {
      why: to('/p/why/'),
      preferences: to('/p/preferences/'),
      unsubscribe: to('/p/u/'),
      join: `${url}/join?token=${encodeURIComponent(token)}`,
    },
    close: async () => {
      await program.kill('SIGINT');
      remove();
    },
  };
};
