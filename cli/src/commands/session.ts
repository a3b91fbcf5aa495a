import { accessRoutes } from '@mesure/contract/access';
import { ApiError, createClient } from '@mesure/contract/client';
import { createAsker } from '../ask.ts';
import { readSession, writeSession } from '../session-file.ts';
import type { Terminal } from '../terminal.ts';

/** From now on commands are this person's: approving is done by people, never by the token of the machine. */
export const signIn = async (terminal: Terminal, url: string, email: string): Promise<void> => {
  const asker = createAsker();
  try {
    const client = createClient({ baseUrl: url });
    const password = await asker.askHidden(`Password of ${email}`);
    const session = await client.call(accessRoutes.signIn, { body: { email, password } });
    writeSession(url, client.cookie());
    terminal.print(
      `Signed in as ${session.name} (${session.roles.join(', ')}) in ${session.workspace.name}.`,
    );
  } finally {
    asker.close();
  }
};

export const signOut = async (terminal: Terminal, url: string): Promise<void> => {
  const cookie = readSession(url);
  if (cookie === undefined) {
    terminal.print('Nobody is signed in here.');
    return;
  }
  try {
    await createClient({ baseUrl: url, cookie }).call(accessRoutes.signOut);
  } catch (error) {
    // A session that has ended already is what was asked for.
    if (!(error instanceof ApiError && error.status === 401)) throw error;
  }
  writeSession(url, undefined);
  terminal.print('Signed out.');
};
