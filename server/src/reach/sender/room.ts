import type { Actor, WorkspaceSettings } from '#guard/access';
import type { AuditDoor } from '#guard/audit';
import type { LegalEntity } from '#guard/consent';
import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import type { Ids } from '#platform/ids';
import { domainOf, normaliseAddress, type Transport } from '#platform/mail';
import type { Database, Tx } from '#platform/postgres';
import type { Secrets } from '#platform/secrets';
import type { DnsResolver } from './dns-records.ts';
import {
  type CampaignSender,
  publicUrlProblem,
  type SenderIdentity,
  type SenderProblem,
  senderProblem,
} from './identity.ts';
import { identityRow, identityRows, type StoredTransport, transportRow } from './read.ts';
import { seal } from './seal.ts';
import { seenAsOf } from './seen-as.ts';
import { createSigningKeys, type DkimKeyView, type SigningKeys } from './signing-keys.ts';
import { upsertIdentity, upsertTransport } from './store.ts';
import { sendTestMessage, type TransportTest } from './test-message.ts';
import { type CatcherAccess, createTransports, passwordBinding } from './transports.ts';
import { workspaceOf } from './workspace-of.ts';

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

export interface SenderOverview {
  readonly transport: TransportSettings;
  readonly identities: readonly SenderIdentity[];
  readonly dkimKeys: readonly DkimKeyView[];
  readonly problems: readonly SenderProblem[];
}

export interface Sender {
  readonly overview: (tx: Tx) => Promise<SenderOverview>;
  readonly saveIdentity: (tx: Tx, identity: SenderIdentity, actor: Actor) => Promise<SenderIdentity>;
  readonly saveTransport: (tx: Tx, change: TransportChange, actor: Actor) => Promise<TransportSettings>;
  /** For a demo: the catcher, and nothing else from now on. */
  readonly pinToCatcher: (tx: Tx, actor: Actor) => Promise<void>;
  /** Refuses (unprocessable, details.reason) when messages of this entity could not be sent as they must be. */
  readonly forCampaign: (tx: Tx, entityId: string) => Promise<CampaignSender>;
  /** What recipients see of this legal sender, in one word; null: there is none under this id. */
  readonly seenAs: (tx: Tx, entityId: string) => Promise<string | null>;
  /** Kept per workspace; do not close it. */
  readonly transport: (workspaceId: string) => Promise<Transport>;
  /** @param sendAs legal sender whose own From address gets one message */
  readonly test: (workspaceId: string, sendAs?: string) => Promise<TransportTest>;
  readonly createDkimKey: SigningKeys['create'];
  readonly activateDkimKey: SigningKeys['activate'];
  readonly dnsRecords: SigningKeys['records'];
  readonly checkDns: SigningKeys['check'];
  readonly close: () => void;
}

const toCatcher = {
  kind: 'catcher',
  host: null,
  port: null,
  security: null,
  user: null,
  passwordSealed: null,
} as const;

const viewTransport = (stored: StoredTransport): TransportSettings => ({
  kind: stored.kind,
  pinned: stored.pinned,
  host: stored.host,
  port: stored.port,
  security: stored.security,
  user: stored.user,
  hasPassword: stored.passwordSealed !== null,
});

const refuse = (problem: SenderProblem): never => {
  throw appError('unprocessable', {
    message: problem.message.en,
    details: { reason: problem.code, message: problem.message },
  });
};

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i;

export const createSender = (deps: SenderDeps): Sender => {
  const { database, secrets, clock } = deps;
  const keys = createSigningKeys(deps);
  const transports = createTransports({ ...deps, connections: deps.connections ?? 8 });

  const forCampaign = async (tx: Tx, entityId: string): Promise<CampaignSender> => {
    const entity = await deps.entities.byId(tx, entityId);
    if (entity === null) throw appError('not_found', { message: 'This legal sender does not exist.' });
    const identity = (await identityRow(tx, entityId)) ?? refuse(senderProblem('identity_missing'));
    const transport = await transportRow(tx);
    const { publicUrl } = await deps.settings.get(tx);
    const problem = publicUrlProblem(publicUrl, transport.kind);
    if (problem !== null) return refuse(problem);
    if (transport.kind === 'catcher' && deps.catcher === null) return refuse(senderProblem('catcher_off'));
    const dkim = await keys.active(tx, domainOf(identity.fromAddress));
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
        dkimKeys: await keys.list(tx),
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
        return saveTransportRow(tx, { ...toCatcher, pinned: before.pinned }, actor);
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
      await saveTransportRow(tx, { ...toCatcher, pinned: true }, actor);
    },
    forCampaign,
    seenAs: async (tx, entityId) => {
      const entity = await deps.entities.byId(tx, entityId);
      return entity && seenAsOf(entity, await identityRow(tx, entityId));
    },
    transport: transports.of,
    test: async (workspaceId, sendAs) => {
      const transport = await transports.fresh(workspaceId);
      try {
        const verdict = await transport.verify();
        if (!verdict.ok) return verdict;
        if (sendAs === undefined) return { ok: true, sent: false };
        const who = await database.inWorkspace(workspaceId, async (tx) => {
          const identity = (await identityRow(tx, sendAs)) ?? refuse(senderProblem('identity_missing'));
          const { language } = await deps.settings.get(tx);
          return { identity, language, dkim: await keys.active(tx, domainOf(identity.fromAddress)) };
        });
        return await sendTestMessage(transport, { ...who, id: deps.ids.next(), date: clock.now() });
      } finally {
        transport.close();
      }
    },
    createDkimKey: keys.create,
    activateDkimKey: keys.activate,
    dnsRecords: keys.records,
    checkDns: keys.check,
    close: transports.close,
  };
};
