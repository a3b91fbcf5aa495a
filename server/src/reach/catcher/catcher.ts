import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import { createIds, type Ids } from '#platform/ids';
import type { Log } from '#platform/log';
import type { TransportOptions } from '#platform/mail';
import { catcherAccess, samePassword } from './access.ts';
import type { CaughtMail, MailPage, MailQuery, OpenedMail } from './mail.ts';
import { type Mailbox, openMailbox } from './mailbox.ts';
import { linksOf, readMime, readSubject } from './mime.ts';

export interface CatcherOptions {
  /** 0 takes a free port. */
  readonly port: number;
  /** Shared by the processes that send here; made up when absent. */
  readonly password?: string;
  /** One file per workspace. */
  readonly folder: string;
  readonly clock: Clock;
  readonly ids?: Ids;
  readonly log: Log;
  /** Messages kept per workspace. Default 20,000. */
  readonly capacity?: number;
  /** A message of this workspace can be read now. */
  readonly onStored?: (workspaceId: string) => void;
}

export interface Catcher {
  readonly port: number;
  /** How the transport of a workspace reaches it. */
  readonly access: (workspaceId: string) => TransportOptions;
  readonly list: (workspaceId: string, query: MailQuery) => Promise<MailPage>;
  readonly open: (workspaceId: string, id: string) => Promise<OpenedMail | null>;
  readonly raw: (workspaceId: string, id: string) => Promise<Buffer | null>;
  readonly clear: (workspaceId: string) => Promise<number>;
  /**
   * For the simulator: opened messages, the oldest first, that arrived after the one with id `since` (all when absent
   * or gone).
   */
  readonly messages: (
    workspaceId: string,
    range: { readonly since?: string | undefined; readonly limit?: number },
  ) => Promise<readonly OpenedMail[]>;
  readonly close: () => Promise<void>;
}

const WORKSPACE = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const LARGEST_MAIL = 25 * 1024 * 1024;

const refusal = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });

/** How a sample customer's address says what its provider does: bounce-…@ does not exist, later-…@ is busy. */
const judgeRecipient = (address: string): Error | null => {
  if (/^bounce-/i.test(address)) return refusal(550, '5.1.1 No such mailbox');
  if (/^later-/i.test(address)) return refusal(451, '4.2.1 Mailbox busy, try again later');
  return null;
};

const matches = (mail: CaughtMail, query: MailQuery): boolean => {
  if (query.to !== undefined && mail.to.toLowerCase() !== query.to.toLowerCase()) return false;
  const search = query.search?.toLowerCase() ?? '';
  return (
    search === '' || [mail.to, mail.from, mail.subject].some((text) => text.toLowerCase().includes(search))
  );
};

/** A mail server that keeps everything and sends nothing on. Listens on loopback only. */
export const createCatcher = async (options: CatcherOptions): Promise<Catcher> => {
  const { clock, log } = options;
  const ids = options.ids ?? createIds();
  const password = options.password ?? randomBytes(24).toString('hex');
  const boxes = new Map<string, Promise<Mailbox>>();
  const boxOf = async (workspaceId: string): Promise<Mailbox> => {
    if (!WORKSPACE.test(workspaceId)) throw appError('not_found');
    const known = boxes.get(workspaceId);
    if (known !== undefined) return known;
    const box = openMailbox(join(options.folder, `${workspaceId}.mails`), options.capacity ?? 20_000);
    boxes.set(workspaceId, box);
    return box;
  };

  const server = new SMTPServer({
    banner: 'catcher',
    size: LARGEST_MAIL,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    authMethods: ['PLAIN', 'LOGIN'],
    // No question to DNS for a connection of this machine.
    disableReverseLookup: true,
    closeTimeout: 1_000,
    onAuth: (auth, _session, done) => {
      const user = auth.username ?? '';
      const welcome = WORKSPACE.test(user) && samePassword(auth.password ?? '', password);
      return welcome ? done(null, { user }) : done(refusal(535, '5.7.8 Wrong user or password'));
    },
    onRcptTo: ({ address }, _session, done) => done(judgeRecipient(address)),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (stream.sizeExceeded) return done(refusal(552, '5.3.4 Message too large'));
        const raw = Buffer.concat(chunks);
        const { mailFrom, rcptTo } = session.envelope;
        const mail: CaughtMail = {
          id: ids.next(),
          at: clock.now(),
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address).join(', '),
          subject: readSubject(raw),
          bytes: raw.length,
        };
        boxOf(String(session.user))
          .then((box) => box.add(mail, raw))
          .then(
            () => {
              options.onStored?.(String(session.user));
              done();
            },
            (error: unknown) => {
              log.error({ err: error }, 'the catcher could not store a message');
              done(refusal(452, '4.3.1 The message could not be stored'));
            },
          );
      });
    },
  });
  // Broken connections of clients; a failure to listen is handled below.
  server.on('error', (error) => log.debug({ err: error }, 'catcher connection'));
  const port = await new Promise<number>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => {
      const address = server.server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : options.port);
    });
  }).catch((cause: unknown) => {
    throw appError('unprocessable', {
      message: `The mail catcher cannot listen on port ${options.port} of this machine: another program uses it, or it is not allowed. Set MESURE_CATCHER_PORT to a free port (0 takes any).`,
      details: { reason: 'port_taken', port: options.port },
      cause,
    });
  });

  const openMail = async (box: Mailbox, mail: CaughtMail): Promise<OpenedMail | null> => {
    const raw = await box.raw(mail.id);
    if (raw === null) return null;
    const parts = readMime(raw);
    return { ...mail, ...parts, links: linksOf(parts.html) };
  };
  const find = async (
    workspaceId: string,
    id: string,
  ): Promise<{ box: Mailbox; mail: CaughtMail } | null> => {
    const box = await boxOf(workspaceId);
    const mail = box.mails().find((one) => one.id === id);
    return mail === undefined ? null : { box, mail };
  };

  return {
    port,
    access: catcherAccess({ port, password }),
    list: async (workspaceId, query) => {
      const found = (await boxOf(workspaceId))
        .mails()
        .filter((mail) => matches(mail, query))
        .reverse();
      const from = query.before === undefined ? 0 : found.findIndex((mail) => mail.id === query.before) + 1;
      const items = found.slice(from, from + query.limit);
      const last = items.at(-1);
      const more = from + items.length < found.length && last !== undefined;
      return { items, total: found.length, ...(more ? { next: last.id } : {}) };
    },
    open: async (workspaceId, id) => {
      const found = await find(workspaceId, id);
      return found && openMail(found.box, found.mail);
    },
    raw: async (workspaceId, id) => (await boxOf(workspaceId)).raw(id),
    clear: async (workspaceId) => (await boxOf(workspaceId)).clear(),
    messages: async (workspaceId, { since, limit = Number.POSITIVE_INFINITY }) => {
      const box = await boxOf(workspaceId);
      const all = box.mails();
      const from = since === undefined ? 0 : all.findIndex((mail) => mail.id === since) + 1;
      const opened: OpenedMail[] = [];
      for (const mail of all.slice(from, from + limit)) {
        const one = await openMail(box, mail);
        if (one !== null) opened.push(one);
      }
      return opened;
    },
    close: async () => {
      await new Promise<void>((resolve) => server.close(() => resolve()));
      for (const box of boxes.values()) await (await box).close();
      boxes.clear();
    },
  };
};
