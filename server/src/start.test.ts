import { segmentsRoutes } from '@mesure/contract/segments';
import { afterEach, describe, expect, it } from 'vitest';
import { temporaryDataFolder } from '#testing';
import { readLocalAddress } from './local-address.ts';
import { clientOn, setUpOn, startOn } from './server-for-tests.ts';
import type { RunningServer } from './start.ts';

const running: RunningServer[] = [];
const start = async (
  folder: string,
  variables?: Readonly<Record<string, string>>,
): Promise<RunningServer> => {
  const server = await startOn(folder, variables);
  running.push(server);
  return server;
};
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

const segment = {
  name: 'Buyers',
  rule: { kind: 'event', did: true, name: 'order_completed' },
} as const;

describe('a server', () => {
  it('goes on where it stopped, on the same folder', async () => {
    const folder = await temporaryDataFolder();
    const first = await start(folder);
    expect(readLocalAddress(folder)).toMatchObject({ url: first.url, pid: process.pid });
    await setUpOn(first);
    const made = await clientOn(first, folder).call(segmentsRoutes.createSegment, { body: segment });
    await first.stop();
    expect(readLocalAddress(folder)).toBeUndefined();
    await expect(fetch(`${first.url}/api/health`)).rejects.toThrow();

    const second = await start(folder);
    const { items } = await clientOn(second, folder).call(segmentsRoutes.listSegments);
    expect(items.map(({ id }) => id)).toEqual([made.id]);
  });

  it('has a one-time token only while there is no account, another at each start', async () => {
    const folder = await temporaryDataFolder();
    const first = await start(folder);
    await first.stop();
    const second = await start(folder);
    expect(second.setupToken).toMatch(/\w{16}/);
    expect(second.setupToken).not.toBe(first.setupToken);
    await setUpOn(second);
    await second.stop();
    expect((await start(folder)).setupToken).toBeNull();
  });

  it('refuses a folder on which another one runs, says so, and leaves that one alone', async () => {
    const folder = await temporaryDataFolder();
    const first = await start(folder);
    await expect(start(folder)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(
        /Another Mesure server \(process \d+\) is running on .*MESURE_DATA_FOLDER/,
      ),
      details: { reason: 'folder_in_use' },
    });
    expect(readLocalAddress(folder)?.url).toBe(first.url);
    expect((await fetch(`${first.url}/api/health`)).status).toBe(200);
  });

  it('knows the address that a proxy in front hides, and whom it lets through', async () => {
    const server = await start(await temporaryDataFolder(), {
      MESURE_ORIGIN: 'https://mesure.example',
      MESURE_PROXIES: '127.0.0.1, ::1',
    });
    await setUpOn(server);
    const signIn = async (origin: string, caller: string): Promise<number> => {
      const answer = await fetch(`${server.url}/api/session`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'sec-fetch-site': 'same-origin',
          origin,
          'x-forwarded-for': caller,
        },
        body: JSON.stringify({ email: 'mia@example.test', password: 'not the right one' }),
      });
      await answer.arrayBuffer();
      return answer.status;
    };
    expect(await signIn('https://elsewhere.example', '203.0.113.1')).toBe(403);
    for (let tried = 0; tried < 10; tried += 1)
      expect(await signIn('https://mesure.example', '203.0.113.1')).toBe(401);
    expect(await signIn('https://mesure.example', '203.0.113.1')).toBe(429);
    expect(await signIn('https://mesure.example', '203.0.113.2')).toBe(401);
  });

  it('can be stopped twice', async () => {
    const server = await start(await temporaryDataFolder());
    await server.stop();
    await expect(server.stop()).resolves.toBeUndefined();
  });
});
