import type { Tx } from '#platform/postgres';
import type { SenderIdentity } from './identity.ts';

export interface StoredTransport {
  readonly kind: 'catcher' | 'smtp';
  readonly pinned: boolean;
  readonly host: string | null;
  readonly port: number | null;
  readonly security: 'tls' | 'starttls' | 'none' | null;
  readonly user: string | null;
  readonly passwordSealed: Buffer | null;
  /** 0: nothing was ever set. */
  readonly revision: number;
}

export interface StoredDkimKey {
  readonly id: string;
  readonly domain: string;
  readonly selector: string;
  readonly privateKeySealed: Buffer;
  readonly publicKey: string;
  readonly createdAt: Date;
  readonly activatedAt: Date | null;
}

const IDENTITY = `entity_id as "entityId", from_name as "fromName", from_address as "fromAddress", reply_to as "replyTo"`;
const KEY = `id, domain, selector, private_key_sealed as "privateKeySealed", public_key as "publicKey",
  created_at as "createdAt", activated_at as "activatedAt"`;

const NOTHING_SET: StoredTransport = {
  kind: 'catcher',
  pinned: false,
  host: null,
  port: null,
  security: null,
  user: null,
  passwordSealed: null,
  revision: 0,
};

export const identityRows = (tx: Tx): Promise<SenderIdentity[]> =>
  tx.rows<SenderIdentity>(
    `select ${IDENTITY} from sender_identity where workspace_id = app_workspace() order by from_name, entity_id`,
  );

export const identityRow = (tx: Tx, entityId: string): Promise<SenderIdentity | undefined> =>
  tx.maybe<SenderIdentity>(
    `select ${IDENTITY} from sender_identity where workspace_id = app_workspace() and entity_id = $1`,
    [entityId],
  );

export const transportRow = async (tx: Tx): Promise<StoredTransport> =>
  (await tx.maybe<StoredTransport>(
    `select kind, pinned, host, port, security, user_name as "user", password_sealed as "passwordSealed", revision
     from mail_transport where workspace_id = app_workspace()`,
  )) ?? NOTHING_SET;

/** The newest first. */
export const dkimKeyRows = (tx: Tx): Promise<StoredDkimKey[]> =>
  tx.rows<StoredDkimKey>(
    `select ${KEY} from dkim_key where workspace_id = app_workspace() order by created_at desc, id desc`,
  );

export const dkimKeyRow = (tx: Tx, id: string): Promise<StoredDkimKey | undefined> =>
  tx.maybe<StoredDkimKey>(`select ${KEY} from dkim_key where workspace_id = app_workspace() and id = $1`, [
    id,
  ]);

/** The key that signs for a domain. */
export const activeKeyRow = (tx: Tx, domain: string): Promise<StoredDkimKey | undefined> =>
  tx.maybe<StoredDkimKey>(
    `select ${KEY} from dkim_key
     where workspace_id = app_workspace() and domain = $1 and activated_at is not null
     order by activated_at desc limit 1`,
    [domain],
  );
