import { setTimeout as wait } from 'node:timers/promises';
import { accessRoutes } from '@mesure/contract/access';
import { ApiError, type Client, createClient } from '@mesure/contract/client';
import { demoRoutes } from '@mesure/contract/demo';
import { homeRoutes } from '@mesure/contract/home';
import { type LiveEvent, liveRoutes } from '@mesure/contract/live';
import { expect, it } from 'vitest';
import { temporaryFolder } from './harness/data-folder.ts';
import { type Program, runProgram } from './harness/server-process.ts';
import { until } from './harness/until.ts';

const startDemo = async (folder: string): Promise<{ program: Program; client: Client }> => {
  const program = runProgram('sample/src/demo/main.ts', { folder, variables: { MESURE_CATCHER_PORT: '0' } }, [
    '--customers',
    '300',
  ]);
  const printed = await until(
    'the demo is ready',
    () => {
      if (!program.isRunning()) throw new Error(`The demo ended:\n${program.output()}`);
      return /Approver\s+\S+\s+\S+/.test(program.output()) && program.output();
    },
    { withinMs: 110_000 },
  );
  const [, email = '', password = ''] = /Marketer\s+(\S+)\s+(\S+)/.exec(printed) ?? [];
  const client = createClient({ baseUrl: /Open\s+(http\S+)/.exec(printed)?.[1] ?? '' });
  await client.call(accessRoutes.signIn, { body: { email, password } });
  return { program, client };
};

const stateOf = async (client: Client) => {
  const state = await client.call(demoRoutes.readDemo);
  if (!state.active) throw new Error('This is no demo');
  return state;
};

const arrived = async (client: Client) => {
  for (;;) {
    const state = await stateOf(client);
    if (!state.advancing) return state;
    await wait(50);
  }
};

const listen = async (client: Client) => {
  const events: LiveEvent[] = [];
  const leave = new AbortController();
  const stream = await client.call(liveRoutes.openLive, { signal: leave.signal });
  const reading = (async () => {
    for await (const text of stream?.pipeThrough(new TextDecoderStream()) ?? [])
      for (const line of text.split('\n'))
        if (line.startsWith('data: ')) events.push(JSON.parse(line.slice(6)) as LiveEvent);
  })().catch(() => undefined);
  return {
    events,
    leave: async () => {
      leave.abort();
      await reading;
    },
  };
};

it('moves the demo’s time while its customers live, tells screens, stops when told, and goes on after kill -9', async () => {
  const { path, remove } = temporaryFolder();
  let demo = await startDemo(path);
  try {
    const before = await stateOf(demo.client);
    expect(before).toMatchObject({ canAdvance: true, advancing: null, last: null });
    const heard = await listen(demo.client);
    await demo.client.call(demoRoutes.advanceDemo, { body: { hours: 30 } });
    const second = await demo.client
      .call(demoRoutes.advanceDemo, { body: { hours: 1 } })
      .catch((error: unknown) => error);
    expect(second).toBeInstanceOf(ApiError);
    const after = await arrived(demo.client);
    expect(after.last).toMatchObject({ outcome: 'arrived', message: null });
    expect(after.last?.answers.orders).toBeGreaterThan(0);
    expect(Date.parse(after.now) - Date.parse(before.now)).toBeGreaterThanOrEqual(30 * 3_600_000);
    const kinds = new Set(heard.events.flatMap((event) => (event.type === 'changed' ? event.kind : [])));
    expect(kinds).toContain('demo');
    expect(kinds).toContain('import');
    await heard.leave();

    await demo.client.call(demoRoutes.advanceDemo, { body: { hours: 168 } });
    await demo.client.call(demoRoutes.stopDemo);
    const stopped = await arrived(demo.client);
    expect(stopped.last?.outcome).toBe('stopped');
    expect(Date.parse(stopped.now) - Date.parse(after.now)).toBeLessThan(167 * 3_600_000);

    const home = await demo.client.call(homeRoutes.readHome, { query: { language: 'fr' } });
    expect(home.steps.every(({ done }) => done)).toBe(true);
    expect(home.notSent.sinceStart.byReason.map(({ reason }) => reason)).toContain('holdout');
    expect(home.brake).toMatchObject({ engaged: false, campaigns: 0 });

    await demo.program.kill('SIGKILL');
    demo = await startDemo(path);
    const again = await stateOf(demo.client);
    expect(Date.parse(again.now)).toBeGreaterThanOrEqual(Date.parse(after.now));
    expect(again.canAdvance).toBe(true);
  } finally {
    await demo.program.kill('SIGINT');
    remove();
  }
});
