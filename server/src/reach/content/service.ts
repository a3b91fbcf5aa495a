import { z } from 'zod';
import type { Actor } from '#guard/access';
import type { AuditDoor } from '#guard/audit';
import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import type { Ids } from '#platform/ids';
import type { Tx } from '#platform/postgres';
import type { CompiledMessage } from './compiled.ts';
import { contentHash, type MessageSource } from './message.ts';
import {
  latestVersions,
  type Message,
  type MessageSort,
  type MessageVersion,
  messageRow,
  messageRows,
  versionRow,
  versionRows,
  versionsByHash,
} from './read.ts';
import { advanceMessage, insertMessage, insertVersion } from './store.ts';

export type { Message, MessageVersion } from './read.ts';

/** A source with what became of compiling it; compiling happens outside any transaction. */
export interface PreparedSource {
  readonly source: MessageSource;
  readonly compiled: CompiledMessage | null;
}

export interface SavedMessage {
  readonly message: Message;
  readonly version: MessageVersion;
}

export interface Messages {
  readonly list: (
    tx: Tx,
    page: {
      limit: number;
      before?: string | undefined;
      search?: string | undefined;
      sort?: MessageSort | undefined;
    },
  ) => Promise<{ items: Message[]; next?: string }>;
  readonly read: (tx: Tx, id: string) => Promise<SavedMessage>;
  readonly create: (
    tx: Tx,
    message: { name: string; content: PreparedSource; actor: Actor },
  ) => Promise<SavedMessage>;
  /** `conflict` when `basedOn` is not the latest version. The same content again makes no new version. */
  readonly update: (
    tx: Tx,
    change: { id: string; name?: string | undefined; basedOn: number; content: PreparedSource; actor: Actor },
  ) => Promise<SavedMessage>;
  /** The latest first, without their compiled form. */
  readonly versions: (tx: Tx, id: string) => Promise<MessageVersion[]>;
  /** The latest when no number is given. */
  readonly version: (tx: Tx, id: string, version?: number) => Promise<MessageVersion>;
  /** Latest version per message id; unknown ids are left out. */
  readonly latest: (tx: Tx, ids: readonly string[]) => Promise<Map<string, MessageVersion>>;
  /** The version that has this content, per message: what delivery sends after an approval. Key: `versionKey`. */
  readonly approved: (
    tx: Tx,
    keys: readonly { messageId: string; contentHash: string }[],
  ) => Promise<Map<string, MessageVersion>>;
}

export const versionKey = (version: { messageId: string; contentHash: string }): string =>
  `${version.messageId} ${version.contentHash}`;

export interface MessagesDeps {
  readonly ids: Ids;
  readonly clock: Clock;
  readonly audit: Pick<AuditDoor, 'record'>;
}

const notFound = (): never => {
  throw appError('not_found', { message: 'This message does not exist.' });
};

const cursorOf = (row: { readonly key: string; readonly id: string }): string =>
  Buffer.from(JSON.stringify([row.key, row.id])).toString('base64url');

const cursorSchema = z.tuple([z.string().max(400), z.uuid()]);

const readCursor = (cursor: string, sort: MessageSort): { key: string; id: string } => {
  const wrong = (): never => {
    throw appError('invalid_request', { message: '`before` is not a cursor of this list.' });
  };
  try {
    const [key, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return sort.startsWith('name') || /^\d{1,18}$/.test(key) ? { key, id } : wrong();
  } catch {
    return wrong();
  }
};

export const createMessages = (deps: MessagesDeps): Messages => {
  const saved = async (tx: Tx, id: string): Promise<SavedMessage> => ({
    message: (await messageRow(tx, id)) ?? notFound(),
    version: (await versionRow(tx, id, undefined)) ?? notFound(),
  });
  const addVersion = (
    tx: Tx,
    version: { messageId: string; number: number; content: PreparedSource; at: Date; actor: Actor },
  ): Promise<number> =>
    insertVersion(tx, {
      id: deps.ids.next(),
      messageId: version.messageId,
      version: version.number,
      contentHash: contentHash(version.content.source),
      source: version.content.source,
      compiled: version.content.compiled,
      at: version.at,
      by: { id: version.actor.personId ?? version.actor.id, name: version.actor.name },
    });

  return {
    list: async (tx, { limit, before, search = '', sort = 'changed' }) => {
      const rows = await messageRows(tx, {
        limit: limit + 1,
        sort,
        search: search.trim(),
        before: before === undefined ? null : readCursor(before, sort),
      });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const items = page.map(({ key: _key, ...message }) => message);
      return rows.length > limit && last ? { items, next: cursorOf(last) } : { items };
    },
    read: saved,
    create: async (tx, { name, content, actor }) => {
      const id = deps.ids.next();
      const at = deps.clock.now();
      await insertMessage(tx, { id, name, at });
      await addVersion(tx, { messageId: id, number: 1, content, at, actor });
      const result = await saved(tx, id);
      await deps.audit.record(tx, {
        actor,
        action: 'message.created',
        subject: { kind: 'message', id },
        after: { name, version: 1, contentHash: result.version.contentHash },
      });
      return result;
    },
    update: async (tx, { id, name, basedOn, content, actor }) => {
      const before = await saved(tx, id);
      const hash = contentHash(content.source);
      const unchanged =
        hash === before.version.contentHash && (name === undefined || name === before.message.name);
      if (unchanged && basedOn === before.message.version) {
        return before;
      }
      const at = deps.clock.now();
      if ((await advanceMessage(tx, { id, name, basedOn, at })) === 0) {
        throw appError('conflict', {
          message: `Version ${before.message.version} of this message was saved in the meantime. Open it and make your change there.`,
          details: { reason: 'newer_version', latestVersion: before.message.version },
        });
      }
      await addVersion(tx, { messageId: id, number: basedOn + 1, content, at, actor });
      const after = await saved(tx, id);
      await deps.audit.record(tx, {
        actor,
        action: 'message.changed',
        subject: { kind: 'message', id },
        before: { name: before.message.name, version: basedOn, contentHash: before.version.contentHash },
        after: { name: after.message.name, version: after.version.version, contentHash: hash },
      });
      return after;
    },
    versions: async (tx, id) => {
      const rows = await versionRows(tx, id);
      return rows.length > 0 ? rows : notFound();
    },
    version: async (tx, id, version) => (await versionRow(tx, id, version)) ?? notFound(),
    latest: async (tx, ids) => new Map((await latestVersions(tx, ids)).map((row) => [row.messageId, row])),
    approved: async (tx, keys) =>
      new Map((await versionsByHash(tx, keys)).map((row) => [versionKey(row), row])),
  };
};
