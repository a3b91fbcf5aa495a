import type { Readable } from 'node:stream';
import type { LiveEvent } from '@mesure/contract/live';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSystemClock } from '#platform/clock';
import { createTestStores, type TestStores } from '#testing';
import { createLive, type Live, type LiveDeps } from './live.ts';

let stores: TestStores;
let lives: Live[];
beforeEach(async () => {
  stores = await createTestStores();
  lives = [];
});
afterEach(async () => {
  for (const live of lives) await live.stop();
  await stores.close();
});

const startLive = async (options: Partial<LiveDeps> = {}): Promise<Live> => {
  const live = createLive({
    ...stores,
    url: stores.databaseUrl,
    wallClock: createSystemClock(),
    heartbeatMs: 3_600_000,
    ...options,
  });
  lives.push(live);
  await live.start();
  return live;
};

interface Heard {
  readonly events: LiveEvent[];
  readonly ids: string[];
  readonly text: () => string;
  readonly isOver: () => boolean;
  readonly readable: Readable;
  readonly until: (holds: (events: readonly LiveEvent[]) => boolean) => Promise<void>;
}

const listen = (
  live: Live,
  options: {
    readonly workspaceId?: string;
    readonly personId?: string;
    readonly lastEventId?: string;
    readonly isStillHere?: () => Promise<boolean>;
  } = {},
): Heard => {
  const readable = live.open({
    workspaceId: options.workspaceId ?? stores.workspaceId,
    personId: options.personId ?? 'camille',
    lastEventId: options.lastEventId,
    isStillHere: options.isStillHere ?? (async () => true),
  });
  const events: LiveEvent[] = [];
  const ids: string[] = [];
  let text = '';
  let isOver = false;
  const waiting = new Set<() => void>();
  const changed = (): void => {
    for (const look of waiting) look();
  };
  readable.on('data', (part: Buffer) => {
    text += String(part);
    for (const line of String(part).split('\n')) {
      if (line.startsWith('data: ')) events.push(JSON.parse(line.slice(6)) as LiveEvent);
      if (line.startsWith('id: ')) ids.push(line.slice(4));
    }
    changed();
  });
  readable.on('close', () => {
    isOver = true;
    changed();
  });
  return {
    events,
    ids,
    readable,
    text: () => text,
    isOver: () => isOver,
    until: (holds) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!holds(events)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
};

const publish = (live: Live, id: string, workspaceId = stores.workspaceId): Promise<void> =>
  stores.database.inWorkspace(workspaceId, (tx) => live.publish(tx, { kind: 'campaign', id }));

it('tells every process of a change once it is committed, and only then', async () => {
  const [here, there] = [await startLive(), await startLive()];
  const heard = [listen(here), listen(there)];
  await stores.database
    .inWorkspace(stores.workspaceId, async (tx) => {
      await here.publish(tx, { kind: 'campaign', id: 'rolled-back' });
      throw new Error('no');
    })
    .catch(() => undefined);
  await publish(here, 'c1');
  for (const { until, events } of heard) {
    await until(({ length }) => length > 0);
    expect(events).toEqual([{ type: 'changed', kind: 'campaign', id: 'c1', at: expect.any(String) }]);
  }
});

it('never tells another workspace', async () => {
  const live = await startLive();
  const [mine, theirs] = [listen(live), listen(live, { workspaceId: stores.otherWorkspaceId })];
  await publish(live, 'secret');
  await mine.until(({ length }) => length === 1);
  await publish(live, 'after', stores.otherWorkspaceId);
  await theirs.until(({ length }) => length === 1);
  expect(theirs.events).toMatchObject([{ id: 'after' }]);
});

it('makes one event of a hundred changes in a row, and does not lose the last', async () => {
  const live = await startLive();
  const heard = listen(live);
  for (let index = 0; index < 100; index += 1) await publish(live, 'c1');
  await publish(live, 'c2');
  await heard.until((events) => events.some((event) => event.type === 'changed' && event.id === 'c2'));
  const before = heard.events.length;
  await heard.until(({ length }) => length > before);
  const ofFirst = heard.events.filter((event) => event.type === 'changed' && event.id === 'c1').length;
  expect(ofFirst).toBeGreaterThan(1);
  expect(ofFirst).toBeLessThan(20);
});

it('says that something may have been missed, unless nothing happened', async () => {
  const live = await startLive();
  const first = listen(live);
  await publish(live, 'c1');
  await first.until(({ length }) => length === 1);
  const last = first.ids.at(-1) ?? '';
  first.readable.destroy();
  const calm = listen(live, { lastEventId: last });
  const late = listen(live, { lastEventId: first.ids[0] ?? '' });
  const stranger = listen(live, { lastEventId: 'another-process.7' });
  await late.until(({ length }) => length === 1);
  await stranger.until(({ length }) => length === 1);
  expect(late.events).toMatchObject([{ type: 'refetch', reason: 'reconnected' }]);
  expect(stranger.events).toMatchObject([{ type: 'refetch', reason: 'reconnected' }]);
  expect(calm.events).toEqual([]);
});

it('comes back after its connection was lost, and tells everybody to ask again', async () => {
  const live = await startLive();
  const heard = listen(live);
  await stores.database.inSystem((tx) =>
    tx.run(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'mesure live' and datname = current_database()`,
    ),
  );
  await heard.until(({ length }) => length > 0);
  expect(heard.events[0]).toMatchObject({ type: 'refetch', reason: 'lost_track' });
  await publish(live, 'c9');
  await heard.until((events) => events.some((event) => event.type === 'changed' && event.id === 'c9'));
});

it('ends with the session at the next heartbeat', async () => {
  let isStillHere = true;
  const live = await startLive({ heartbeatMs: 20 });
  const heard = listen(live, { isStillHere: async () => isStillHere });
  const other = listen(live, { isStillHere: () => Promise.reject(new Error('the store is away')) });
  isStillHere = false;
  await heard.until(() => heard.isOver());
  expect(heard.events.at(-1)).toMatchObject({ type: 'ended', reason: 'session' });
  expect(other.isOver()).toBe(false);
});

it('keeps at most so many streams of one person, and so many in all', async () => {
  const live = await startLive({ streamsPerPerson: 2, streamsInAll: 3 });
  const [first, second, third] = [listen(live), listen(live), listen(live)];
  await first.until(() => first.isOver());
  expect(first.events.at(-1)).toMatchObject({ type: 'ended', reason: 'too_many' });
  expect([second, third].some((heard) => heard.isOver())).toBe(false);
  listen(live, { personId: 'alex' });
  expect(() => listen(live, { personId: 'sam' })).toThrow(/Too many screens/);
});

it('cuts off a reader that does not read', async () => {
  const live = await startLive();
  const readable = live.open({
    workspaceId: stores.workspaceId,
    personId: 'slow',
    lastEventId: undefined,
    isStillHere: async () => true,
  });
  const closed = new Promise<void>((resolve) => readable.on('close', () => resolve()));
  const long = 'x'.repeat(190);
  await stores.database.inWorkspace(stores.workspaceId, async (tx) => {
    for (let index = 0; index < 400; index += 1)
      await live.publish(tx, { kind: 'campaign', id: `${index}${long}` });
  });
  await closed;
});

it('ends every stream with a word when the server stops', async () => {
  const live = await startLive();
  const heard = listen(live);
  live.endStreams();
  await heard.until(() => heard.isOver());
  expect(heard.events.at(-1)).toMatchObject({ type: 'ended', reason: 'server' });
  expect(() => listen(live)).toThrow(/stopping/);
});

const announce = (live: Live, name: string, options: { editing?: boolean; tab?: string } = {}) =>
  live.announce({
    workspaceId: stores.workspaceId,
    person: { id: name, name },
    kind: 'message',
    id: 'm1',
    tab: options.tab ?? 'a',
    editing: options.editing ?? true,
  });

it('tells two people of one draft about each other, whichever process they talk to', async () => {
  const [here, there] = [await startLive(), await startLive()];
  const [alex, outsider] = [
    listen(there, { personId: 'Alex' }),
    listen(there, { workspaceId: stores.otherWorkspaceId }),
  ];
  expect(await announce(here, 'Camille')).toEqual({ people: [], elsewhere: false });
  await alex.until(({ length }) => length === 1);
  expect(alex.events[0]).toMatchObject({
    type: 'presence',
    kind: 'message',
    id: 'm1',
    people: [{ name: 'Camille' }],
  });
  expect(await announce(there, 'Alex')).toMatchObject({ people: [{ id: 'Camille', name: 'Camille' }] });
  expect(await announce(there, 'Alex', { tab: 'b' })).toMatchObject({ elsewhere: true });
  await announce(here, 'Camille', { editing: false });
  await alex.until((events) => {
    const last = events.at(-1);
    return last?.type === 'presence' && last.people.length === 1 && last.people[0]?.name === 'Alex';
  });
  expect(outsider.events).toEqual([]);
});
