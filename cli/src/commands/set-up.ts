import { createInterface } from 'node:readline/promises';
import { accessRoutes } from '@mesure/contract/access';
import { createClient } from '@mesure/contract/client';
import type { Terminal } from '../terminal.ts';

/** The first account, by the one-time token that the server printed. Asks for what is needed; nothing is on the command line. */
export const setUp = async (terminal: Terminal, url: string): Promise<void> => {
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const question = async (text: string, fallback = ''): Promise<string> =>
      (await ask.question(`${text}${fallback && ` [${fallback}]`}: `)).trim() || fallback;
    const body = {
      token: await question('One-time token'),
      workspace: {
        name: await question('Name of the shop'),
        timeZone: await question('Time zone', Intl.DateTimeFormat().resolvedOptions().timeZone),
        currency: await question('Currency', 'EUR'),
        language:
          (await question('Language of the shop, fr or en', 'fr')) === 'en'
            ? ('en' as const)
            : ('fr' as const),
      },
      account: {
        email: await question('Your e-mail address'),
        name: await question('Your name'),
        password: await question('A password of at least 12 characters'),
      },
    };
    const session = await createClient({ baseUrl: url }).call(accessRoutes.setUp, { body });
    terminal.print(
      `${session.name} may now do everything in ${session.workspace.name}, except send alone: invite a colleague who approves.`,
    );
    terminal.print(`Sign in at ${url}`);
  } finally {
    ask.close();
  }
};
