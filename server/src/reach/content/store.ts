import type { Tx } from '#platform/postgres';
import type { CompiledMessage } from './compiled.ts';
import type { MessageSource } from './message.ts';

export interface NewVersion {
  readonly id: string;
  readonly messageId: string;
  readonly version: number;
  readonly contentHash: string;
  readonly source: MessageSource;
  readonly compiled: CompiledMessage | null;
  readonly at: Date;
  readonly by: { readonly id: string; readonly name: string };
}

export const insertMessage = (tx: Tx, message: { id: string; name: string; at: Date }): Promise<number> =>
  tx.run(
    `insert into message (workspace_id, id, name, latest_version, created_at, updated_at)
     values (app_workspace(), $1, $2, 1, $3, $3)`,
    [message.id, message.name, message.at],
  );

/** 0 rows: somebody saved another version in the meantime, or there is no such message. */
export const advanceMessage = (
  tx: Tx,
  message: { id: string; name: string | undefined; basedOn: number; at: Date },
): Promise<number> =>
  tx.run(
    `update message set latest_version = latest_version + 1, name = coalesce($2, name), updated_at = $4
     where workspace_id = app_workspace() and id = $1 and latest_version = $3`,
    [message.id, message.name ?? null, message.basedOn, message.at],
  );

export const insertVersion = (tx: Tx, version: NewVersion): Promise<number> =>
  tx.run(
    `insert into message_version
       (workspace_id, id, message_id, version, content_hash, subject, mjml, text_part, language, compiled, created_at, created_by,
        created_by_id)
     values (app_workspace(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      version.id,
      version.messageId,
      version.version,
      version.contentHash,
      version.source.subject,
      version.source.mjml,
      version.source.text ?? null,
      version.source.language,
      // The marks U+0001 to U+0003 pass through jsonb as escapes.
      version.compiled === null ? null : JSON.stringify(version.compiled),
      version.at,
      version.by.name,
      version.by.id,
    ],
  );
