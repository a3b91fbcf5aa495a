import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { Actor, WorkspaceSettings } from '#guard/access';
import type { AuditDoor } from '#guard/audit';
import type { LegalEntity } from '#guard/consent';
import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import type { Ids } from '#platform/ids';
import {
  composeMail,
  domainOf,
  normaliseAddress,
  parseDkimKey,
  type SmtpVerdict,
  type Transport,
} from '#platform/mail';
import type { Database, Tx } from '#platform/postgres';
import type { Secrets } from '#platform/secrets';
import { checkRecords, type DnsRecord, type DnsResolver, wantedRecords } from './dns-records.ts';
import {
  type CampaignSender,
  publicUrlProblem,
  type SenderIdentity,
  type SenderProblem,
  senderProblem,
} from './identity.ts';
import {
  activeKeyRow,
  dkimKeyRow,
  dkimKeyRows,
  identityRow,
  identityRows,
  type StoredDkimKey,
  type StoredTransport,
  transportRow,
} from './read.ts';
import { seal, unseal } from './seal.ts';
import { activateKey, insertDkimKey, upsertIdentity, upsertTransport } from './store.ts';
import { type CatcherAccess, createTransports, passwordBinding } from './transports.ts';

export interface SenderDeps {
  readonly database: Database;
  readonly secrets: Pick<Secrets, 'key'>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: Pick<AuditDoor, 'record'>;
  readonly settings: { readonly get: (tx: Tx) => Promise<WorkspaceSettings> };
  readonly entities: { readonly byId: (tx: Tx, id: string) => Promise<LegalEntity | null> };
  readonly catcher: CatcherAccess;
  /** Asked only by `checkDns` and `activateDkimKey`. */
  readonly resolver: DnsResolver;
  readonly connections?: number;
}

/** The transport as it may be shown: the password stays inside. */
export interface TransportSettings {
  readonly kind: 'catcher' | 'smtp';
  readonly pinned: boolean;
  readonly host: string | null;
  readonly port: number | null;
  readonly security: 'tls' | 'starttls' | 'none' | null;
  readonly user: string | null;
  readonly hasPassword: boolean;
}

export type TransportChange =
  | { readonly kind: 'catcher' }
  | {
      readonly kind: 'smtp';
      readonly host: string;
      readonly port: number;
      readonly security: 'tls' | 'starttls' | 'none';
      readonly user: string | null;
      /** Absent: the stored one stays, as long as host, port and user stay. */
      readonly password?: string | null | undefined;
    };

export interface DkimKeyView {
  readonly id: string;
  readonly domain: string;
  readonly selector: string;
  readonly createdAt: Date;
  readonly active: boolean;
}

export interface SenderOverview {
  readonly transport: TransportSettings;
  readonly identities: readonly SenderIdentity[];
  readonly dkimKeys: readonly DkimKeyView[];
  readonly problems: readonly SenderProblem[];
}

export type TransportTest =
  | { readonly ok: true; readonly sent: boolean }
  | Extract<SmtpVerdict, { ok: false }>;

export interface Sender {
  readonly overview: (tx: Tx) => Promise<SenderOverview>;
  readonly saveIdentity: (tx: Tx, identity: SenderIdentity, actor: Actor) => Promise<SenderIdentity>;
  readonly saveTransport: (tx: Tx, change: TransportChange, actor: Actor) => Promise<TransportSettings>;
  /** For a demo: the catcher, and nothing else from now on. */
  readonly pinToCatcher: (tx: Tx, actor: Actor) => Promise<void>;
  /** Throws `unprocessable` with `details.reason` when messages of this entity could not be sent as they must be. */
  readonly forCampaign: (tx: Tx, entityId: string) => Promise<CampaignSender>;
  /** Kept per workspace; do not close it. */
  readonly transport: (workspaceId: string) => Promise<Transport>;
  /** @param sendAs legal sender whose own From address gets one message */
  readonly test: (workspaceId: string, sendAs?: string) => Promise<TransportTest>;
  readonly createDkimKey: (
    tx: Tx,
    domain: string,
    actor: Actor,
  ) => Promise<{ key: DkimKeyView; records: DnsRecord[] }>;
  /** Asks DNS first unless told not to. */
  readonly activateDkimKey: (
    workspaceId: string,
    key: { readonly id: string; readonly skipCheck: boolean },
    actor: Actor,
  ) => Promise<DkimKeyView>;
  readonly dnsRecords: (tx: Tx, domain: string) => Promise<DnsRecord[]>;
  readonly checkDns: (workspaceId: string, domain: string) => Promise<DnsRecord[]>;
  readonly close: () => void;
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

const viewTransport = ({ passwordSealed, revision: _, ...stored }: StoredTransport): TransportSettings => ({
  ...stored,
  hasPassword: passwordSealed !== null,
});

const refuse = (problem: SenderProblem): never => {
  throw appError('unprocessable', {
    message: problem.message.en,
    details: { reason: problem.code, message: problem.message },
  });
};

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i;

const workspaceOf = (tx: Tx): string => {
  if (tx.workspaceId === null)
    throw appError('internal', { cause: new Error('needs a workspace transaction') });
  return tx.workspaceId;
};

export const createSender = (deps: SenderDeps): Sender => {
  const { database, secrets, clock } = deps;
  const transports = createTransports({ ...deps, connections: deps.connections ?? 8 });

  const dkimFor = async (tx: Tx, domain: string) => {
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
  };

  const dnsRecords = async (tx: Tx, domain: string): Promise<DnsRecord[]> => {
    const keys = (await dkimKeyRows(tx)).filter((key) => key.domain === domain);
    const transport = await transportRow(tx);
    return wantedRecords({ domain, dkim: keys[0] ?? null, smtpHost: transport.host });
  };

  const forCampaign = async (tx: Tx, entityId: string): Promise<CampaignSender> => {
    const entity = await deps.entities.byId(tx, entityId);
    if (entity === null) throw appError('not_found', { message: 'This legal sender does not exist.' });
    const identity = (await identityRow(tx, entityId)) ?? refuse(senderProblem('identity_missing'));
    const transport = await transportRow(tx);
    const { publicUrl } = await deps.settings.get(tx);
    const problem = publicUrlProblem(publicUrl, transport.kind);
    if (problem !== null) return refuse(problem);
    if (transport.kind === 'catcher' && deps.catcher === null) return refuse(senderProblem('catcher_off'));
    const dkim = await dkimFor(tx, domainOf(identity.fromAddress));
    return {
      entityId,
      legal: { name: entity.name, address: entity.address },
      from: { name: identity.fromName, address: identity.fromAddress },
      ...(identity.replyTo === null ? {} : { replyTo: { address: identity.replyTo } }),
      ...(dkim === undefined ? {} : { dkim }),
      transport: transport.kind,
      publicUrl: (publicUrl ?? '').replace(/\/+$/, ''),
    };
  };

  const saveTransportRow = async (
    tx: Tx,
    next: Omit<StoredTransport, 'revision'>,
    actor: Actor,
  ): Promise<TransportSettings> => {
    const before = await transportRow(tx);
    await upsertTransport(tx, { ...next, at: clock.now() });
    const after = await transportRow(tx);
    await deps.audit.record(tx, {
      actor,
      action: 'transport.changed',
      subject: { kind: 'transport', id: workspaceOf(tx) },
      before: viewTransport(before),
      after: viewTransport(after),
    });
    return viewTransport(after);
  };

  const testMessage = async (
    workspaceId: string,
    entityId: string,
    transport: Transport,
  ): Promise<TransportTest> => {
    const { identity, language, dkim } = await database.inWorkspace(workspaceId, async (tx) => {
      const found = (await identityRow(tx, entityId)) ?? refuse(senderProblem('identity_missing'));
      return {
        identity: found,
        language: (await deps.settings.get(tx)).language,
        dkim: await dkimFor(tx, domainOf(found.fromAddress)),
      };
    });
    const words =
      language === 'fr'
        ? 'Ce message vérifie que l’envoi fonctionne. Vous n’avez rien à faire.'
        : 'This message checks that sending works. There is nothing to do.';
    const outcome = await transport.send(
      await composeMail({
        from: { name: identity.fromName, address: identity.fromAddress },
        to: { address: identity.fromAddress },
        subject: language === 'fr' ? 'Essai d’envoi' : 'Test message',
        text: `${words}\n`,
        html: `<!doctype html><html lang="${language}"><title>Test</title><p>${words}</p></html>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        messageId: deps.ids.next(),
        date: clock.now(),
        dkim,
      }),
    );
    switch (outcome.kind) {
      case 'accepted':
        return { ok: true, sent: true };
      case 'rejected':
        return { ok: false, problem: 'sender', reason: outcome.response, code: outcome.code };
      case 'deferred':
        return { ok: false, problem: outcome.problem, reason: outcome.reason };
      case 'uncertain':
        return { ok: false, problem: 'timeout', reason: outcome.reason };
    }
  };

  return {
    overview: async (tx) => {
      const transport = await transportRow(tx);
      const identities = await identityRows(tx);
      const problems = [
        publicUrlProblem((await deps.settings.get(tx)).publicUrl, transport.kind),
        identities.length === 0 ? senderProblem('identity_missing') : null,
        transport.kind === 'catcher' && deps.catcher === null ? senderProblem('catcher_off') : null,
      ];
      return {
        transport: viewTransport(transport),
        identities,
        dkimKeys: (await dkimKeyRows(tx)).map(viewKey),
        problems: problems.flatMap((problem) => problem ?? []),
      };
    },
    saveIdentity: async (tx, identity, actor) => {
      if ((await deps.entities.byId(tx, identity.entityId)) === null) {
        throw appError('not_found', { message: 'This legal sender does not exist.' });
      }
      const after: SenderIdentity = {
        entityId: identity.entityId,
        fromName: identity.fromName,
        fromAddress: normaliseAddress('fromAddress', identity.fromAddress),
        replyTo: identity.replyTo === null ? null : normaliseAddress('replyTo', identity.replyTo),
      };
      const before = await identityRow(tx, identity.entityId);
      await upsertIdentity(tx, { ...after, at: clock.now() });
      await deps.audit.record(tx, {
        actor,
        action: 'sender.changed',
        subject: { kind: 'entity', id: identity.entityId },
        ...(before && { before }),
        after,
      });
      return after;
    },
    saveTransport: async (tx, change, actor) => {
      const before = await transportRow(tx);
      if (change.kind === 'catcher') {
        return saveTransportRow(
          tx,
          {
            ...before,
            kind: 'catcher',
            host: null,
            port: null,
            security: null,
            user: null,
            passwordSealed: null,
          },
          actor,
        );
      }
      if (before.pinned) {
        throw appError('conflict', {
          message: 'This is a demo: its messages stay in the catcher. Start a workspace of your own to send.',
          details: { reason: 'pinned_to_catcher' },
        });
      }
      if (change.security === 'none' && !LOOPBACK.test(change.host)) {
        throw appError('unprocessable', {
          message:
            'Without TLS, addresses and passwords could be read on the way. Use tls (465) or starttls (587); none is for a server on this machine.',
          details: { reason: 'insecure_transport', field: 'security' },
        });
      }
      const { publicUrl } = await deps.settings.get(tx);
      const problem = publicUrlProblem(publicUrl, 'smtp');
      if (problem?.code === 'public_url_not_https') return refuse(problem);
      // A stored password is never sent to another server than the one it was entered for.
      const sameServer =
        before.host === change.host && before.port === change.port && before.user === change.user;
      const sealed =
        change.password === undefined
          ? sameServer
            ? before.passwordSealed
            : null
          : change.password === null
            ? null
            : seal(secrets.key('smtp-password'), change.password, passwordBinding(workspaceOf(tx)));
      const { kind, host, port, security, user } = change;
      return saveTransportRow(
        tx,
        { kind, pinned: false, host, port, security, user, passwordSealed: sealed },
        actor,
      );
    },
    pinToCatcher: async (tx, actor) => {
      await saveTransportRow(
        tx,
        {
          kind: 'catcher',
          pinned: true,
          host: null,
          port: null,
          security: null,
          user: null,
          passwordSealed: null,
        },
        actor,
      );
    },
    forCampaign,
    transport: transports.of,
    test: async (workspaceId, sendAs) => {
      const transport = await transports.fresh(workspaceId);
      try {
        const verdict = await transport.verify();
        if (!verdict.ok) return verdict;
        return sendAs === undefined
          ? { ok: true, sent: false }
          : await testMessage(workspaceId, sendAs, transport);
      } finally {
        transport.close();
      }
    },
    createDkimKey: async (tx, domain, actor) => {
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
    activateDkimKey: async (workspaceId, { id, skipCheck }, actor) => {
      const notFound = (): never => {
        throw appError('not_found', { message: 'This signing key does not exist.' });
      };
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
    dnsRecords,
    checkDns: async (workspaceId, domain) =>
      checkRecords(await database.inWorkspace(workspaceId, (tx) => dnsRecords(tx, domain)), deps.resolver),
    close: transports.close,
  };
};
