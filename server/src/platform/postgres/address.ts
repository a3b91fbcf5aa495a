import { type AppError, appError } from '#platform/errors';
import { sqlStateOf } from './translate.ts';

export interface DatabaseAddress {
  readonly url: string;
  /** The setting that this URL came from, named in every error. */
  readonly variable: string;
}

const EXAMPLE = 'postgresql://user:password@host:5432/name';

/** Where, without the password: safe in messages and logs. */
export const describeAddress = (url: string): string => {
  const parsed = new URL(url);
  const host =
    parsed.searchParams.get('host') ?? `${parsed.hostname || 'localhost'}:${parsed.port || '5432'}`;
  return `${decodeURIComponent(parsed.pathname.slice(1)) || '(no database)'} at ${host} as ${decodeURIComponent(parsed.username) || '(no user)'}`;
};

const broken = (variable: string, what: string, cause?: unknown): AppError =>
  appError('unavailable', {
    message: `${variable} ${what}`,
    details: { reason: 'broken_database_url', variable },
    cause,
  });

export const roleIn = (url: string): string => decodeURIComponent(new URL(url).username);

/** @throws unavailable, with a sentence that names the setting and never its value. */
export const readAddress = ({ url, variable }: DatabaseAddress): DatabaseAddress => {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw broken(
      variable,
      `is not a URL. It should look like ${EXAMPLE} (special characters of the password percent-encoded).`,
    );
  }
  if (parsed.protocol !== 'postgresql:' && parsed.protocol !== 'postgres:') {
    throw broken(
      variable,
      `starts with ${parsed.protocol}// instead of postgresql://. It should look like ${EXAMPLE}.`,
    );
  }
  if (parsed.pathname.length < 2)
    throw broken(variable, `names no database. It should look like ${EXAMPLE}.`);
  if (parsed.username === '') throw broken(variable, `names no user. It should look like ${EXAMPLE}.`);
  return { url, variable };
};

/** The driver's refusal in words: what, where and what to do. */
export const explainRefusal = ({ url, variable }: DatabaseAddress, error: unknown): AppError => {
  const where = describeAddress(url);
  const code = sqlStateOf(error) ?? '';
  const words: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'Nothing listens there. Start PostgreSQL, or correct host and port.',
    ENOENT: 'There is no socket there. Start PostgreSQL, or correct the folder.',
    ENOTFOUND: 'The host name is not known. Correct it, or check the name server.',
    EAI_AGAIN: 'The host name cannot be looked up. Check the network.',
    ETIMEDOUT: 'The host does not answer. Check the network and the firewall.',
    '28P01': 'The password is refused. Correct user or password.',
    '28000': "PostgreSQL refuses this user. Check the user's name and pg_hba.conf.",
    '3D000': 'There is no database of this name. Create it, or correct the name.',
    '42501': 'This user may not connect to the database. Grant connect to it.',
    '53300': 'It has no free connection. Raise max_connections, or stop what holds them.',
    '57P03': 'It is still starting. Try again in a moment.',
  };
  const reason = error instanceof Error ? error.message : String(error);
  const advice = words[code] ?? `It answered: ${reason.slice(0, 200)}.`;
  return broken(variable, `cannot be used: ${where}. ${advice}`, error);
};
