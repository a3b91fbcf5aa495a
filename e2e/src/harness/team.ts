import { accessRoutes } from '@mesure/contract/access';
import { type Client, createClient } from '@mesure/contract/client';

/** Two people, as a shop needs them: one writes, one approves. */
export interface Team {
  readonly marketer: Client;
  readonly approver: Client;
}

const password = (name: string): string => `${name} walks seventeen quiet otters`;

/** How each of them signs in. */
export const credentials = {
  marketer: { email: 'camille@shop.example', password: password('Camille') },
  approver: { email: 'alex@shop.example', password: password('Alex') },
} as const;

/** The first account by the token that the server printed, the second by an invitation. */
export const setUpTeam = async (url: string, setupToken: string): Promise<Team> => {
  const marketer = createClient({ baseUrl: url });
  await marketer.call(accessRoutes.setUp, {
    body: {
      token: setupToken,
      workspace: { name: 'Maison Alba', timeZone: 'Europe/Paris', currency: 'EUR', language: 'fr' },
      account: { email: 'camille@shop.example', name: 'Camille Marchand', password: password('Camille') },
    },
  });
  const { token } = await marketer.call(accessRoutes.invite, {
    body: { email: 'alex@shop.example', roles: ['approver', 'admin'] },
  });
  const approver = createClient({ baseUrl: url });
  await approver.call(accessRoutes.acceptInvitation, {
    body: { token, name: 'Alex Morin', password: password('Alex') },
  });
  return { marketer, approver };
};

/** The same sessions at another address: after a restart on another port. */
export const atAddress = (url: string, { marketer, approver }: Team): Team => {
  const again = (client: Client): Client => createClient({ baseUrl: url, cookie: client.cookie() ?? '' });
  return { marketer: again(marketer), approver: again(approver) };
};
