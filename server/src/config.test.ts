import { describe, expect, it } from 'vitest';
import { describeConfig, readConfig } from './config.ts';

const problemsOf = (environment: Readonly<Record<string, string>>): string => {
  const read = readConfig(environment);
  return read.ok ? '' : read.problems.join('\n');
};

const stores = {
  MESURE_DATABASE_URL: 'postgresql://app:hunter2@db.example/mesure',
  MESURE_DATABASE_OWNER_URL: 'postgresql://owner:hunter3@db.example/mesure',
  MESURE_CLICKHOUSE_URL: 'https://user:hunter4@ch.example:8443/mesure',
};

describe('the configuration', () => {
  it('needs nothing: loopback, embedded stores, one process', () => {
    expect(readConfig({ PATH: '/bin', HOME: '/root' })).toMatchObject({
      ok: true,
      config: {
        role: 'all',
        host: '127.0.0.1',
        port: 3300,
        databaseUrl: undefined,
        clickhouseUrl: undefined,
      },
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ MESURE_PORT: '', MESURE_CLICKHOUSE_URL: '' })).toMatchObject({
      ok: true,
      config: { port: 3300, clickhouseUrl: undefined },
    });
  });

  it('tells every mistake at once, each with its variable and what it is for', () => {
    const read = readConfig({
      MESURE_PORT: 'eighty',
      MESURE_ROLE: 'boss',
      MESURE_LOG_LEVEL: 'loud',
      MESURE_SMTP_CONNECTIONS: '0',
      MESURE_CLICKHOUSE_URL: 'clickhouse.example',
      MESURE_PROT: '3300',
    });
    const problems = read.ok ? [] : read.problems;
    for (const name of ['PORT', 'ROLE', 'LOG_LEVEL', 'SMTP_CONNECTIONS', 'CLICKHOUSE_URL', 'PROT']) {
      expect(problems.filter((problem) => problem.startsWith(`MESURE_${name}`))).toHaveLength(1);
    }
    expect(problems.join('\n')).toContain('must be a URL that starts with http:// or https://');
    expect(problems.join('\n')).toContain('Port of the API');
  });

  it('refuses a MESURE_ variable that it does not know: a slip of the pen would be silently ignored', () => {
    expect(problemsOf({ MESURE_SMTP_CONECTIONS: '4' })).toContain('MESURE_SMTP_CONECTIONS is not a variable');
    expect(problemsOf({ MESURE_TEST_CLICKHOUSE_URL: 'http://x' })).toBe('');
  });

  it('takes the address and the proxies in front of it, and nothing that only looks like them', () => {
    expect(
      readConfig({ MESURE_ORIGIN: 'https://mesure.example', MESURE_PROXIES: '127.0.0.1, 10.0.0.0/8,::1' }),
    ).toMatchObject({
      ok: true,
      config: { origin: 'https://mesure.example', proxies: ['127.0.0.1', '10.0.0.0/8', '::1'] },
    });
    expect(readConfig({})).toMatchObject({ ok: true, config: { origin: undefined, proxies: undefined } });
    for (const wrong of ['mesure.example', 'https://mesure.example/console', 'ftp://mesure.example'])
      expect(problemsOf({ MESURE_ORIGIN: wrong })).toContain('MESURE_ORIGIN: must be');
    for (const wrong of ['true', '127.0.0.1,', '10.0.0.0/33', '10.0.0.0/8/8', '1.2.3'])
      expect(problemsOf({ MESURE_PROXIES: wrong })).toContain('MESURE_PROXIES: must be addresses');
  });

  it('wants both roles of a PostgreSQL, never one alone', () => {
    const { MESURE_DATABASE_URL, MESURE_DATABASE_OWNER_URL } = stores;
    expect(problemsOf({ MESURE_DATABASE_URL })).toContain('needs MESURE_DATABASE_OWNER_URL');
    expect(problemsOf({ MESURE_DATABASE_OWNER_URL })).toContain('needs MESURE_DATABASE_URL');
    expect(problemsOf({ MESURE_DATABASE_URL, MESURE_DATABASE_OWNER_URL })).toBe('');
  });

  it.each(['api', 'worker'])(
    'keeps the role %s away from embedded stores, which serve one process',
    (role) => {
      expect(problemsOf({ MESURE_ROLE: role })).toContain('the embedded stores serve one process only');
      expect(problemsOf({ MESURE_ROLE: role, ...stores })).toBe('');
    },
  );

  it('never repeats a secret, not even in a complaint', () => {
    const wrong = { ...stores, MESURE_DATABASE_URL: 'mysql://app:hunter2@db.example/mesure' };
    expect(problemsOf(wrong)).toContain('MESURE_DATABASE_URL');
    expect(problemsOf(wrong)).not.toContain('hunter');
    expect(describeConfig(wrong)).not.toContain('hunter');
  });
});

describe('mesure config', () => {
  it('shows each variable with its value, its default and what it is for', () => {
    const text = describeConfig({ ...stores, MESURE_PORT: '8080' });
    expect(text).toMatch(/MESURE_PORT\n {2}now: 8080 · default: 3300\n {2}Port of the API/);
    expect(text).toMatch(/MESURE_HOST\n {2}now: not set · default: 127\.0\.0\.1/);
    expect(text).toMatch(/MESURE_CLICKHOUSE_URL\n {2}now: set \(hidden\)/);
  });
});
