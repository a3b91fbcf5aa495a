import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLocalToken } from './local-token.ts';
import { createPasswords, parsePasswordHash } from './password-hash.ts';
import { passwordProblem } from './password-rules.ts';
import { checkPublicUrl } from './public-url.ts';
import { keepsAnAdmin } from './roles.ts';
import { hashToken } from './secret-token.ts';
import { startSession, touchSession } from './session.ts';

describe('password hashes', () => {
  const passwords = createPasswords(randomBytes);

  it('are argon2id with at least the parameters of OWASP, and a salt of their own', async () => {
    const [first, second] = [
      await passwords.hash('a long walk home'),
      await passwords.hash('a long walk home'),
    ];
    expect(first).toMatch(/^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$/);
    const { cost, salt, tag } = parsePasswordHash(first);
    expect(cost.memoryKiB).toBeGreaterThanOrEqual(19 * 1024);
    expect(cost.passes).toBeGreaterThanOrEqual(2);
    expect([salt.length, tag.length]).toEqual([16, 32]);
    expect(first).not.toBe(second);
    expect(await passwords.verify('a long walk home', first)).toBe(true);
    expect(await passwords.verify('a long walk home ', first)).toBe(false);
    expect(await passwords.verify('anything', null)).toBe(false);
  });

  it('agree with the reference implementation', async () => {
    // The vector of phc-winner-argon2, src/test.c: argon2id, t=2, m=2^16, p=1, "password", "somesalt".
    const reference =
      '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await passwords.verify('password', reference)).toBe(true);
  });

  it('know when they are out of date, and refuse what is not theirs', () => {
    const old = '$argon2id$v=19$m=4096,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(passwords.isOutdated(old)).toBe(true);
    expect(() => parsePasswordHash('$2b$10$abc')).toThrow('not argon2id');
  });

  it('treat composed and decomposed characters alike', async () => {
    expect(
      await passwords.verify('été à la mer', await passwords.hash('été à la mer'.normalize('NFD'))),
    ).toBe(true);
  });
});

describe('password rules', () => {
  const person = { email: 'Camille.Durand@example.com', name: 'Camille Durand' };

  it.each([
    'password1234',
    'P@ssw0rd2024!',
    'motdepasse2025',
    'azertyuiop123',
    '123456789012',
    'aaaaaaaaaaaaaa',
    'abababababab',
    'zyxwvutsrqpo',
    'sunshineprincess7',
    'correct horse battery staple',
    'camilledurand1',
    'camille.durand@example.com',
    'x-camille.durand@example.com-x',
    'Été-2024-2024',
    'Mesure2026mesure',
  ])('refuse %s', (password) => {
    expect(passwordProblem(password, person)).not.toBeNull();
  });

  it.each(['lampe bleue et trois canards', 'kX9#mQ2$vLp7', 'four ducks under a lamp', '739201 845566 2184'])(
    'accept %s',
    (password) => {
      expect(passwordProblem(password, person)).toBeNull();
    },
  );
});

describe('the public URL', () => {
  it.each([
    ['https://news.example.com/', true, 'https://news.example.com'],
    ['https://news.example.com:8443', false, 'https://news.example.com:8443'],
    ['http://127.0.0.1:3300', true, 'http://127.0.0.1:3300'],
    ['http://[::1]:3300', true, 'http://[::1]:3300'],
    ['http://localhost:3300', true, 'http://localhost:3300'],
  ])('%s is accepted', (url, pinnedToCatcher, origin) => {
    expect(checkPublicUrl(url, { pinnedToCatcher })).toEqual({ ok: true, origin });
  });

  it.each([
    ['http://news.example.com', true, 'not_https'],
    ['http://127.0.0.1.example.com', true, 'not_https'],
    ['http://127.0.0.1:3300', false, 'not_https'],
    ['ftp://127.0.0.1', true, 'not_https'],
    ['javascript:alert(1)', true, 'not_https'],
    ['news.example.com', true, 'not_an_address'],
    ['https://example.com/shop', true, 'more_than_an_origin'],
    ['https://user:pass@example.com', true, 'more_than_an_origin'],
  ])('%s is refused', (url, pinnedToCatcher, reason) => {
    expect(checkPublicUrl(url, { pinnedToCatcher })).toMatchObject({ ok: false, reason });
  });
});

describe('rights', () => {
  it('need an admin who can come in', () => {
    const team = [
      { accountId: 'a', roles: ['admin'], disabled: false },
      { accountId: 'b', roles: ['admin'], disabled: true },
    ] as const;
    expect(keepsAnAdmin(team, { accountId: 'a', roles: ['marketer'], disabled: false })).toBe(false);
    expect(keepsAnAdmin(team, { accountId: 'a', roles: ['admin'], disabled: true })).toBe(false);
    expect(keepsAnAdmin(team, { accountId: 'b', roles: ['marketer'], disabled: false })).toBe(true);
  });
});

describe('a session', () => {
  it('slides by twelve hours at most once a minute, and never past its end', () => {
    const start = new Date('2026-03-03T09:00:00Z');
    const session = startSession(start);
    expect(touchSession(session, new Date(start.getTime() + 59_000))).toBeNull();
    const later = new Date(start.getTime() + 3_600_000);
    expect(touchSession(session, later)).toEqual({
      seenAt: later,
      expiresAt: new Date('2026-03-03T22:00:00Z'),
      endsAt: new Date('2026-03-10T09:00:00Z'),
    });
  });
});

describe('the local token', () => {
  it('is in a file for its owner only, and new at every start', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mesure-token-'));
    try {
      const path = join(folder, 'run', 'token');
      const first = await createLocalToken({ path, random: randomBytes });
      const secret = (await readFile(path, 'utf8')).trim();
      expect(hashToken(secret).equals(first.hash)).toBe(true);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      const second = await createLocalToken({ path, random: randomBytes });
      expect(second.hash.equals(first.hash)).toBe(false);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
