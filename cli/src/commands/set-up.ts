import { accessRoutes } from '@mesure/contract/access';
import { createClient } from '@mesure/contract/client';
import { createAsker } from '../ask.ts';
import type { Terminal } from '../terminal.ts';

/** The first account, by the one-time token that the server printed. Asks for what is needed; nothing is on the command line. */
export const setUp = async (terminal: Terminal, url: string): Promise<void> => {
  const { ask, askHidden, close } = createAsker();
  try {
    const body = {
      token: await ask('One-time token'),
      workspace: {
        name: await ask('Name of the shop'),
        timeZone: await ask('Time zone', Intl.DateTimeFormat().resolvedOptions().timeZone),
        currency: await ask('Currency', 'EUR'),
        language:
          (await ask('Language of the shop, fr or en', 'fr')) === 'en' ? ('en' as const) : ('fr' as const),
      },
      account: {
        email: await ask('Your e-mail address'),
        name: await ask('Your name'),
        password: await askHidden('A password of at least 12 characters'),
      },
    };
    const session = await createClient({ baseUrl: url }).call(accessRoutes.setUp, { body });
    terminal.print(
      `${session.name} may now do everything in ${session.workspace.name}, except send alone: invite a colleague who approves.`,
    );
    terminal.print(`Sign in at ${url}`);
  } finally {
    close();
  }
};
