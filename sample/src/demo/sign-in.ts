import { accessRoutes } from '@mesure/contract/access';
import { type Client, createClient } from '@mesure/contract/client';
import type { Credential } from './credentials.ts';

export const signIn = async (baseUrl: string, { email, password }: Credential): Promise<Client> => {
  const client = createClient({ baseUrl });
  await client.call(accessRoutes.signIn, { body: { email, password } });
  return client;
};
