import { brakeRoutes } from '@mesure/contract/brake';
import type { Client } from '@mesure/contract/client';
import { sendRoutes } from '@mesure/contract/sends';
import type { Terminal } from '../terminal.ts';

export const showBrakes = async (client: Client, terminal: Terminal): Promise<void> => {
  const { items } = await client.call(brakeRoutes.listBrakes);
  for (const item of items) terminal.print(JSON.stringify(item));
};

export const engageBrake = async (
  client: Client,
  terminal: Terminal,
  options: { readonly reason: string; readonly campaign?: string },
): Promise<void> => {
  const target =
    options.campaign === undefined
      ? { scope: 'global' as const }
      : { scope: 'campaign' as const, scopeId: options.campaign };
  await client.call(brakeRoutes.engageBrake, { body: { ...target, reason: options.reason } });
  terminal.print('The brake is engaged: nothing more leaves. Two people release it, one after the other.');
};

/** After a restore: a person who has compared the relay's log lets sends leave again. */
export const releaseSends = async (client: Client, terminal: Terminal, comment: string): Promise<void> => {
  const { items } = await client.call(sendRoutes.listDeliveryHolds);
  if (items.length === 0) terminal.print('Nothing holds the sends.');
  for (const { id, reason } of items) {
    await client.call(sendRoutes.releaseDeliveryHold, { params: { id }, body: { comment } });
    terminal.print(`Released: ${reason}`);
  }
};
