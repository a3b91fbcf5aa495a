import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The folder of the clone: `server/src/config.ts` is two below it. */
export const projectFolder = resolve(fileURLToPath(new URL('../..', import.meta.url)));

const port = z.coerce.number().int().min(0).max(65_535);
const optionalUrl = (protocols: readonly string[]) =>
  z.string().refine((value) => protocols.includes(URL.parse(value)?.protocol ?? ''), {
    error: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  });

const origin = optionalUrl(['http:', 'https:']).refine((value) => {
  const url = URL.parse(value);
  return url === null || url.href === `${url.origin}/`;
}, 'must be an address without path, query or password');

/** An IP address, or a range of them as 10.0.0.0/8. */
const isAddress = (text: string): boolean => {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
};

interface Variable {
  readonly schema: z.ZodType;
  readonly fallback: string | undefined;
  readonly about: string;
  /** Never printed by `mesure config`. */
  readonly secret?: true;
}

// PostgreSQL refuses to run as root and a home directory is usually 0700: root keeps its data where another user can reach it.
const defaultDataFolder = (): string =>
  process.getuid?.() === 0
    ? `/var/lib/mesure/${createHash('sha256').update(projectFolder).digest('hex').slice(0, 12)}`
    : join(projectFolder, 'data');

const variables = {
  MESURE_ROLE: {
    schema: z.enum(['all', 'api', 'worker']),
    fallback: 'all',
    about: 'What this process does. Only `all` may use the embedded ClickHouse.',
  },
  MESURE_HOST: {
    schema: z.string().min(1),
    fallback: '127.0.0.1',
    about: 'Address to listen on. Loopback unless told otherwise.',
  },
  MESURE_PORT: {
    schema: port,
    fallback: '3300',
    about: 'Port of the API, the customers’ pages and the tracked links.',
  },
  MESURE_ORIGIN: {
    schema: origin,
    fallback: undefined,
    about:
      'How browsers reach this server through a proxy that rewrites Host, as https://mesure.example. Absent: Host counts.',
  },
  MESURE_PROXIES: {
    schema: z.string().transform((text, context) => {
      const addresses = text.split(',').map((address) => address.trim());
      if (addresses.every(isAddress)) return addresses;
      context.addIssue({
        code: 'custom',
        message: 'must be addresses or ranges separated by commas, as 127.0.0.1, 10.0.0.0/8',
      });
      return z.NEVER;
    }),
    fallback: undefined,
    about: 'Proxies in front whose X-Forwarded-For says who is calling. Absent: nobody is believed.',
  },
  MESURE_DATA_FOLDER: {
    schema: z.string().min(1),
    fallback: defaultDataFolder(),
    about:
      'Where the embedded stores, uploads and secrets live: data/ in the clone, or below /var/lib/mesure when root.',
  },
  MESURE_DATABASE_URL: {
    schema: optionalUrl(['postgres:', 'postgresql:']),
    fallback: undefined,
    about: 'PostgreSQL ≥ 15 of your own, as a role without BYPASSRLS. Absent: the embedded PostgreSQL 18.',
    secret: true,
  },
  MESURE_DATABASE_OWNER_URL: {
    schema: optionalUrl(['postgres:', 'postgresql:']),
    fallback: undefined,
    about:
      'The same database as the role that owns the tables and runs migrations. Needed beside MESURE_DATABASE_URL.',
    secret: true,
  },
  MESURE_CLICKHOUSE_URL: {
    schema: optionalUrl(['http:', 'https:']),
    fallback: undefined,
    about:
      'ClickHouse over HTTP, with user, password and database in the URL. Absent: chDB inside this process.',
    secret: true,
  },
  MESURE_CLICKHOUSE_MEMORY_MB: {
    schema: z.coerce.number().int().min(256),
    fallback: '1024',
    about: 'Upper limit of the embedded ClickHouse, in MiB.',
  },
  MESURE_SMTP_CONNECTIONS: {
    schema: z.coerce.number().int().min(1).max(100),
    fallback: '8',
    about: 'Connections opened to the mail relay at the same time.',
  },
  MESURE_CATCHER_PORT: {
    schema: port,
    fallback: '3325',
    about: 'SMTP port of the built-in mail catcher (demo). Loopback only.',
  },
  MESURE_LOG_LEVEL: {
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    fallback: 'info',
    about: 'How much is logged. Logs hold ids, never addresses or names.',
  },
  MESURE_SHUTDOWN_SECONDS: {
    schema: z.coerce.number().min(1).max(600),
    fallback: '10',
    about: 'How long a stop waits for work in progress before it lets go of it.',
  },
  MESURE_FAILPOINT: {
    schema: z.string(),
    fallback: undefined,
    about: 'For the kill -9 tests only: `name` or `name:hits` ends the process with SIGKILL at that point.',
  },
} as const satisfies Readonly<Record<string, Variable>>;

type Variables = typeof variables;
type VariableName = keyof Variables;

type Value<Name extends VariableName> =
  | z.output<Variables[Name]['schema']>
  | (Variables[Name]['fallback'] extends string ? never : undefined);

export interface Config {
  readonly role: 'all' | 'api' | 'worker';
  readonly host: string;
  readonly port: number;
  readonly origin: string | undefined;
  readonly proxies: readonly string[] | undefined;
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  readonly databaseOwnerUrl: string | undefined;
  readonly clickhouseUrl: string | undefined;
  readonly clickhouseMemoryMb: number;
  readonly smtpConnections: number;
  readonly catcherPort: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly shutdownSeconds: number;
  readonly failpoint: string | undefined;
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads and checks every variable at once, so that all mistakes are told in one go. Unknown MESURE_ names are mistakes too. */
export const readConfig = (environment: Environment = process.env): ConfigResult => {
  const problems: string[] = [];
  // What does not parse is told as a problem, and the configuration is thrown away with it.
  const read = <Name extends VariableName>(name: Name): Value<Name> => {
    const variable: Variable = variables[name];
    const given = environment[name];
    const text = given === undefined || given === '' ? variable.fallback : given;
    if (text === undefined) return undefined as Value<Name>;
    const parsed = variable.schema.safeParse(text);
    if (!parsed.success) {
      problems.push(
        `${name}: ${parsed.error.issues.map((issue) => issue.message).join('; ')}. ${variable.about}`,
      );
    }
    return parsed.data as Value<Name>;
  };
  for (const name of Object.keys(environment)) {
    if (name.startsWith('MESURE_') && !name.startsWith('MESURE_TEST_') && !(name in variables)) {
      problems.push(`${name} is not a variable of Mesure. \`mesure config\` lists them.`);
    }
  }
  const config: Config = {
    role: read('MESURE_ROLE'),
    host: read('MESURE_HOST'),
    port: read('MESURE_PORT'),
    origin: read('MESURE_ORIGIN'),
    proxies: read('MESURE_PROXIES'),
    dataFolder: resolve(read('MESURE_DATA_FOLDER')),
    databaseUrl: read('MESURE_DATABASE_URL'),
    databaseOwnerUrl: read('MESURE_DATABASE_OWNER_URL'),
    clickhouseUrl: read('MESURE_CLICKHOUSE_URL'),
    clickhouseMemoryMb: read('MESURE_CLICKHOUSE_MEMORY_MB'),
    smtpConnections: read('MESURE_SMTP_CONNECTIONS'),
    catcherPort: read('MESURE_CATCHER_PORT'),
    logLevel: read('MESURE_LOG_LEVEL'),
    shutdownSeconds: read('MESURE_SHUTDOWN_SECONDS'),
    failpoint: read('MESURE_FAILPOINT'),
  };
  if (config.databaseUrl && !config.databaseOwnerUrl) {
    problems.push(
      'MESURE_DATABASE_URL needs MESURE_DATABASE_OWNER_URL beside it: tables belong to one role, the application logs in as ' +
        'another without BYPASSRLS. docs/guide/en/postgresql.md shows the two roles.',
    );
  }
  if (config.databaseOwnerUrl && !config.databaseUrl) {
    problems.push(
      'MESURE_DATABASE_OWNER_URL needs MESURE_DATABASE_URL beside it: without it the embedded PostgreSQL is used.',
    );
  }
  if ((config.role === 'api' || config.role === 'worker') && (!config.clickhouseUrl || !config.databaseUrl)) {
    problems.push(
      `MESURE_ROLE=${config.role} needs MESURE_DATABASE_URL and MESURE_CLICKHOUSE_URL: the embedded stores serve one process only.`,
    );
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config };
};

/** What `mesure config` prints: each variable, its value now (secrets hidden), its default and what it is for. */
export const describeConfig = (environment: Environment = process.env): string =>
  Object.entries<Variable>(variables)
    .map(([name, variable]) => {
      const given = environment[name];
      const shown =
        given === undefined || given === '' ? 'not set' : variable.secret ? 'set (hidden)' : given;
      return `${name}\n  now: ${shown} · default: ${variable.fallback ?? 'none'}\n  ${variable.about}`;
    })
    .join('\n');
