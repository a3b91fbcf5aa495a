import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { Actor } from '#guard/access';
import type { AuditDoor } from '#guard/audit';
import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import type { Ids } from '#platform/ids';
import { type DkimKey, parseDkimKey } from '#platform/mail';
import type { Database, Tx } from '#platform/postgres';
import type { Secrets } from '#platform/secrets';
import { checkRecords, type DnsRecord, type DnsResolver, wantedRecords } from './dns-records.ts';
import { activeKeyRow, dkimKeyRow, dkimKeyRows, type StoredDkimKey, transportRow } from './read.ts';
import { seal, unseal } from './seal.ts';
import { activateKey, insertDkimKey } from './store.ts';
import { workspaceOf } from './workspace-of.ts';

export interface DkimKeyView {
  readonly id: string;
  readonly domain: string;
  readonly selector: string;
  readonly createdAt: Date;
  readonly active: boolean;
}

export interface SigningKeysDeps {
  readonly database: Database;
  readonly secrets: Pick<Secrets, 'key'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: Pick<AuditDoor, 'record'>;
  /** Asked only by `checkDns` and `activate`. */
  readonly resolver: DnsResolver;
}

export interface SigningKeys {
  readonly list: (tx: Tx) => Promise<DkimKeyView[]>;
  /** The key that signs for a domain, ready for the composer. */
  readonly active: (tx: Tx, domain: string) => Promise<DkimKey | undefined>;
  readonly create: (
    tx: Tx,
    domain: string,
    actor: Actor,
  ) => Promise<{ key: DkimKeyView; records: DnsRecord[] }>;
  /** Asks DNS first unless told not to. */
  readonly activate: (
    workspaceId: string,
    key: { readonly id: string; readonly skipCheck: boolean },
    actor: Actor,
  ) => Promise<DkimKeyView>;
  readonly records: (tx: Tx, domain: string) => Promise<DnsRecord[]>;
  readonly check: (workspaceId: string, domain: string) => Promise<DnsRecord[]>;
}

const makeKeyPair = promisify(generateKeyPair);
const keyBinding = (workspaceId: string, keyId: string): string => `dkim ${workspaceId} ${keyId}`;

const viewKey = (key: StoredDkimKey): DkimKeyView => ({
  id: key.id,
  domain: key.domain,
  selector: key.selector,
  createdAt: key.createdAt,
  active: key.activatedAt !== null,
});

const notFound = (): never => {
  throw appError('not_found', { message: 'This signing key does not exist.' });
};

export const createSigningKeys = (deps: SigningKeysDeps): SigningKeys => {
  const { database, secrets, clock } = deps;
  const dnsRecords = async (tx: Tx, domain: string): Promise<DnsRecord[]> => {
    const newest = (await dkimKeyRows(tx)).find((key) => key.domain === domain);
    const transport = await transportRow(tx);
    return wantedRecords({ domain, dkim: newest ?? null, smtpHost: transport.host });
  };

  return {
    list: async (tx) => (await dkimKeyRows(tx)).map(viewKey),
    active: async (tx, domain) => {
      const key = await activeKeyRow(tx, domain);
      return key === undefined
        ? undefined
        : parseDkimKey({
            domain,
            selector: key.selector,
            privateKeyPem: unseal(
              secrets.key('dkim'),
              key.privateKeySealed,
              keyBinding(workspaceOf(tx), key.id),
            ),
          });
    },
    create: async (tx, domain, actor) => {
      const id = deps.ids.next();
      const at = clock.now();
      const pair = await makeKeyPair('rsa', {
        modulusLength: 2048,
        publicKeyEncoding: { type: 'spki', format: 'der' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      });
      // The date tells people how old a key is; the end of the id keeps two of one day apart.
      const selector = `m${at.toISOString().slice(0, 10).replaceAll('-', '')}-${id.slice(-6)}`;
      await insertDkimKey(tx, {
        id,
        domain,
        selector,
        privateKeySealed: seal(secrets.key('dkim'), pair.privateKey, keyBinding(workspaceOf(tx), id)),
        publicKey: pair.publicKey.toString('base64'),
        at,
      });
      await deps.audit.record(tx, {
        actor,
        action: 'dkim_key.created',
        subject: { kind: 'dkim_key', id },
        after: { domain, selector },
      });
      return {
        key: { id, domain, selector, createdAt: at, active: false },
        records: await dnsRecords(tx, domain),
      };
    },
    activate: async (workspaceId, { id, skipCheck }, actor) => {
      const key = (await database.inWorkspace(workspaceId, (tx) => dkimKeyRow(tx, id))) ?? notFound();
      if (!skipCheck) {
        const wanted = wantedRecords({ domain: key.domain, dkim: key, smtpHost: null });
        const [record] = await checkRecords(wanted.slice(0, 1), deps.resolver);
        if (record?.status !== 'ok') {
          throw appError('unprocessable', {
            message: `The record ${record?.name} is ${record?.status} in DNS. Publish it, wait until it is visible, and try again.`,
            details: { reason: 'dkim_record_not_found', record },
          });
        }
      }
      return database.inWorkspace(workspaceId, async (tx) => {
        await activateKey(tx, { id, domain: key.domain, at: clock.now() });
        await deps.audit.record(tx, {
          actor,
          action: 'dkim_key.activated',
          subject: { kind: 'dkim_key', id },
          after: { domain: key.domain, selector: key.selector, checked: !skipCheck },
        });
        return viewKey((await dkimKeyRow(tx, id)) ?? notFound());
      });
    },
    records: dnsRecords,
    check: async (workspaceId, domain) =>
      checkRecords(await database.inWorkspace(workspaceId, (tx) => dnsRecords(tx, domain)), deps.resolver),
  };
};
