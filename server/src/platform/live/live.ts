import type { Readable } from 'node:stream';
import { type PresentPerson, presenceSeconds } from '@mesure/contract/live';
import { type Clock, monotonicMs } from '#platform/clock';
import type { Ids } from '#platform/ids';
import type { Log } from '#platform/log';
import type { Database } from '#platform/postgres';
import { createCoalescer } from './coalesce.ts';
import { createHub, type Reader } from './hub.ts';
import { createListener } from './listener.ts';
import type { Announcement, Notice } from './notice.ts';
import { createPresence } from './presence.ts';
import { createPublish, type LiveSubject, type Publish } from './publish.ts';
import { announce } from './store.ts';

export interface LiveDeps {
  readonly database: Database;
  /** Where to listen: PostgreSQL itself, not a pooler that shares connections between transactions. */
  readonly url: string;
  readonly wallClock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly heartbeatMs?: number;
  readonly streamsPerPerson?: number;
  readonly streamsInAll?: number;
}

export interface Announced {
  readonly workspaceId: string;
  readonly person: { readonly id: string; readonly name: string };
  readonly kind: Announcement['kind'];
  readonly id: string;
  readonly tab: string;
  readonly editing: boolean;
}

export interface Live {
  readonly publish: Publish;
  /**
   * Progress that belongs to no transaction: told at most twice a second per subject, in a transaction of its own, and
   * never in the way of who tells it.
   */
  readonly tell: (workspaceId: string, subject: LiveSubject) => void;
  readonly open: (reader: Reader) => Readable;
  readonly lastEventId: (workspaceId: string) => string;
  /** Answers the others who edit it now, and whether the person has it open in another tab. */
  readonly announce: (
    announced: Announced,
  ) => Promise<{ readonly people: readonly PresentPerson[]; readonly elsewhere: boolean }>;
  readonly start: () => Promise<void>;
  /** Ends every stream with a word; nothing opens any more. */
  readonly endStreams: () => void;
  readonly stop: () => Promise<void>;
}

const HEARTBEAT_MS = 15_000;
const FORGET_EVERY_MS = 5_000;
/** Two events per second for one subject. */
const PAUSE_MS = 500;

export const createLive = (deps: LiveDeps): Live => {
  const { database, wallClock } = deps;
  const epoch = deps.ids.next();
  const now = (): Date => wallClock.now();
  const hub = createHub({
    epoch,
    now,
    streamsPerPerson: deps.streamsPerPerson ?? 4,
    streamsInAll: deps.streamsInAll ?? 2_000,
  });
  const changes = createCoalescer(PAUSE_MS);
  const tellings = createCoalescer(PAUSE_MS);
  const publish = createPublish();
  const presence = createPresence({
    monotonicMs,
    forgetMs: presenceSeconds.forgottenAfter * 1000,
    onChange: (workspaceId, { kind, id }, people) =>
      hub.send(workspaceId, { type: 'presence', kind, id, people: [...people], at: now().toISOString() }),
  });

  const hear = ({ workspaceId, changed, presence: announced }: Notice): void => {
    if (announced && announced.from !== epoch) presence.apply(workspaceId, announced);
    if (!changed) return;
    // Counted even when nobody reads: who comes back must learn that something was missed.
    changes.call(`${workspaceId} ${changed.kind} ${changed.id}`, () =>
      hub.send(workspaceId, { type: 'changed', ...changed, at: now().toISOString() }),
    );
  };

  const listener = createListener({
    url: deps.url,
    log: deps.log,
    onNotice: hear,
    onLostTrack: hub.lostTrack,
  });
  let timers: readonly NodeJS.Timeout[] = [];

  const endStreams = (): void => {
    for (const timer of timers) clearInterval(timer);
    changes.close();
    tellings.close();
    hub.close();
  };

  return {
    publish,
    tell: (workspaceId, subject) =>
      tellings.call(`${workspaceId} ${subject.kind} ${subject.id}`, () => {
        database
          .inWorkspace(workspaceId, (tx) => publish(tx, subject))
          .catch((error: unknown) => deps.log.debug({ err: error }, 'progress could not be told'));
      }),
    open: hub.open,
    lastEventId: hub.lastEventId,
    announce: async ({ workspaceId, ...announced }) => {
      const { kind, id, person, tab } = announced;
      const announcement: Announcement = { ...announced, from: epoch, since: now().toISOString() };
      presence.apply(workspaceId, announcement);
      await database.inWorkspace(workspaceId, (tx) => announce(tx, { workspaceId, presence: announcement }));
      return {
        people: presence.peopleOn(workspaceId, { kind, id }).filter((found) => found.id !== person.id),
        elsewhere: presence.tabsOf(workspaceId, { kind, id }, person.id).some((other) => other !== tab),
      };
    },
    start: async () => {
      timers = [
        setInterval(() => void hub.heartbeat(), deps.heartbeatMs ?? HEARTBEAT_MS),
        setInterval(presence.forgetSilent, FORGET_EVERY_MS),
      ];
      for (const timer of timers) timer.unref();
      await listener.start();
    },
    endStreams,
    stop: async () => {
      endStreams();
      await listener.stop();
    },
  };
};
