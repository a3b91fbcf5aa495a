import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { mesureOn } from './house-for-tests.ts';

const folder = mkdtempSync(join(tmpdir(), 'mesure-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
const mesure = mesureOn(folder);

describe('without a server', () => {
  it('says where it looked and how to start one', async () => {
    const { code, out, err } = await mesure('campaigns');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`No server is running on ${folder}. Start it with \`npm start\``);
  });

  it('says that nothing answers at a given address', async () => {
    const { code, err } = await mesure('--url', 'http://127.0.0.1:1', '--token', 'x', 'campaigns');
    expect(code).toBe(1);
    expect(err).toContain('127.0.0.1:1');
    expect(err).not.toMatch(/^\s+at /m);
  });

  it('still describes the settings and the operations, and examines', async () => {
    expect((await mesure('config')).out).toContain(`MESURE_DATA_FOLDER\n  now: ${folder}`);
    expect((await mesure('operations')).out).toMatch(/createCampaign\s+POST\s+\/api\/campaigns/);
    expect((await mesure('doctor')).out).toContain(`✓ Data folder ${folder}`);
  });

  it('says which words it does not know', async () => {
    const { code, err } = await mesure('campaign');
    expect(code).toBe(1);
    expect(err).toContain("unknown command 'campaign'");
  });
});
