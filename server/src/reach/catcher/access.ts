import { timingSafeEqual } from 'node:crypto';
import type { TransportOptions } from '#platform/mail';

export interface CatcherDoor {
  readonly port: number;
  /** Known to this server's processes only: other programs of the machine cannot put messages into a workspace. */
  readonly password: string;
}

/** How a workspace's transport reaches the catcher: the user name says whose message it is. */
export const catcherAccess =
  (door: CatcherDoor) =>
  (workspaceId: string): TransportOptions => ({
    host: '127.0.0.1',
    port: door.port,
    security: 'none',
    auth: { user: workspaceId, password: door.password },
    clientName: 'localhost',
    answerTimeoutMs: 60_000,
  });

export const samePassword = (given: string, expected: string): boolean => {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
};
