import type { Tx } from '#platform/postgres';
import type { CompiledMessage } from './compiled.ts';
import type { MessageLanguage } from './message.ts';

export interface Message {
  readonly id: string;
  readonly name: string;
  /** The latest. */
  readonly version: number;
  readonly subject: string;
  readonly language: MessageLanguage;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Who saved the latest version. */
  readonly changedBy: string;
}

export interface MessageVersion {
  readonly id: string;
  readonly messageId: string;
  readonly version: number;
  readonly contentHash: string;
  readonly subject: string;
  readonly mjml: string;
  readonly text: string | null;
  readonly language: MessageLanguage;
  /** Null when the version could not be compiled: its lint says why. */
  readonly compiled: CompiledMessage | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  /** The person who first saved these very words; null where that was not kept. */
  readonly writtenBy: string | null;
}

const MESSAGE = `m.id, m.name, m.latest_version as version, v.subject, v.language,
  m.created_at as "createdAt", m.updated_at as "updatedAt", v.created_by as "changedBy"`;
const VERSION = `id, message_id as "messageId", version, content_hash as "contentHash", subject, mjml,
  text_part as text, language, compiled, created_at as "createdAt", created_by as "createdBy", (
    select first.created_by_id from message_version first
    where first.workspace_id = message_version.workspace_id and first.message_id = message_version.message_id
      and first.content_hash = message_version.content_hash order by first.version limit 1) as "writtenBy"`;
const LATEST = `join message_version v
  on v.workspace_id = m.workspace_id and v.message_id = m.id and v.version = m.latest_version`;

export type MessageSort = 'changed' | 'changed_asc' | 'name' | 'name_desc';

/** The key is compared as it is told in a cursor: whole microseconds of the change, or the name without case. */
const ORDERS: Readonly<Record<MessageSort, { readonly key: string; readonly down: boolean }>> = {
  changed: { key: '(extract(epoch from m.updated_at) * 1000000)::bigint', down: true },
  changed_asc: { key: '(extract(epoch from m.updated_at) * 1000000)::bigint', down: false },
  name: { key: 'lower(m.name)', down: false },
  name_desc: { key: 'lower(m.name)', down: true },
};

export interface MessagePage {
  readonly limit: number;
  readonly sort: MessageSort;
  readonly search: string;
  /** The last row of the page before. */
  readonly before: { readonly key: string; readonly id: string } | null;
}

export const messageRows = (tx: Tx, page: MessagePage): Promise<(Message & { readonly key: string })[]> => {
  const { key, down } = ORDERS[page.sort];
  const type = key.startsWith('lower') ? 'text' : 'bigint';
  const way = down ? 'desc' : 'asc';
  return tx.rows(
    `select ${MESSAGE}, (${key})::text as key from message m ${LATEST}
     where m.workspace_id = app_workspace()
       and ($1::text is null or (${key}, m.id) ${down ? '<' : '>'} ($1::${type}, $2::uuid))
       and ($4 = '' or strpos(lower(m.name), lower($4)) > 0 or strpos(lower(v.subject), lower($4)) > 0)
     order by ${key} ${way}, m.id ${way} limit $3`,
    [page.before?.key ?? null, page.before?.id ?? null, page.limit, page.search],
  );
};

export const messageRow = (tx: Tx, id: string): Promise<Message | undefined> =>
  tx.maybe<Message>(
    `select ${MESSAGE} from message m ${LATEST} where m.workspace_id = app_workspace() and m.id = $1`,
    [id],
  );

/** Without a number the latest. */
export const versionRow = (
  tx: Tx,
  messageId: string,
  version: number | undefined,
): Promise<MessageVersion | undefined> =>
  tx.maybe<MessageVersion>(
    `select ${VERSION} from message_version
     where workspace_id = app_workspace() and message_id = $1 and ($2::integer is null or version = $2)
     order by version desc limit 1`,
    [messageId, version ?? null],
  );

export const versionRows = (tx: Tx, messageId: string): Promise<MessageVersion[]> =>
  tx.rows<MessageVersion>(
    `select ${VERSION.replace(', compiled,', ', null as compiled,')} from message_version
     where workspace_id = app_workspace() and message_id = $1 order by version desc`,
    [messageId],
  );

export const versionsByHash = (
  tx: Tx,
  keys: readonly { messageId: string; contentHash: string }[],
): Promise<MessageVersion[]> =>
  tx.rows<MessageVersion>(
    `select distinct on (message_id, content_hash) ${VERSION} from message_version
     where workspace_id = app_workspace()
       and (message_id, content_hash) in (select * from unnest($1::uuid[], $2::text[]))
     order by message_id, content_hash, version`,
    [keys.map((key) => key.messageId), keys.map((key) => key.contentHash)],
  );

export const latestVersions = (tx: Tx, messageIds: readonly string[]): Promise<MessageVersion[]> =>
  tx.rows<MessageVersion>(
    `select distinct on (message_id) ${VERSION} from message_version
     where workspace_id = app_workspace() and message_id = any($1::uuid[])
     order by message_id, version desc`,
    [messageIds],
  );
