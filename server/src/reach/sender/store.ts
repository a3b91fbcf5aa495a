import type { Tx } from '#platform/postgres';
import type { SenderIdentity } from './identity.ts';
import type { StoredTransport } from './read.ts';

export type NewTransport = Omit<StoredTransport, 'revision'> & { readonly at: Date };

export const upsertIdentity = (tx: Tx, identity: SenderIdentity & { at: Date }): Promise<number> =>
  tx.run(
    `insert into sender_identity (workspace_id, entity_id, from_name, from_address, reply_to, updated_at)
     values (app_workspace(), $1, $2, $3, $4, $5)
     on conflict (workspace_id, entity_id) do update
       set from_name = excluded.from_name, from_address = excluded.from_address,
           reply_to = excluded.reply_to, updated_at = excluded.updated_at`,
    [identity.entityId, identity.fromName, identity.fromAddress, identity.replyTo, identity.at],
  );

export const upsertTransport = (tx: Tx, transport: NewTransport): Promise<number> =>
  tx.run(
    `insert into mail_transport
       (workspace_id, kind, pinned, host, port, security, user_name, password_sealed, revision, updated_at)
     values (app_workspace(), $1, $2, $3, $4, $5, $6, $7, 1, $8)
     on conflict (workspace_id) do update
       set kind = excluded.kind, pinned = excluded.pinned, host = excluded.host, port = excluded.port,
           security = excluded.security, user_name = excluded.user_name, password_sealed = excluded.password_sealed,
           revision = mail_transport.revision + 1, updated_at = excluded.updated_at`,
    [
      transport.kind,
      transport.pinned,
      transport.host,
      transport.port,
      transport.security,
      transport.user,
      transport.passwordSealed,
      transport.at,
    ],
  );

export const insertDkimKey = (
  tx: Tx,
  key: {
    id: string;
    domain: string;
    selector: string;
    privateKeySealed: Buffer;
    publicKey: string;
    at: Date;
  },
): Promise<number> =>
  tx.run(
    `insert into dkim_key (workspace_id, id, domain, selector, private_key_sealed, public_key, created_at)
     values (app_workspace(), $1, $2, $3, $4, $5, $6)`,
    [key.id, key.domain, key.selector, key.privateKeySealed, key.publicKey, key.at],
  );

/** The others of the domain stay published but sign no more. */
export const activateKey = (tx: Tx, key: { id: string; domain: string; at: Date }): Promise<number> =>
  tx.run(
    `update dkim_key set activated_at = case when id = $1 then $3::timestamptz end
     where workspace_id = app_workspace() and domain = $2`,
    [key.id, key.domain, key.at],
  );
