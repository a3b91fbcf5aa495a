import type { Actor } from '#guard/access';
import type { AuditDoor } from '#guard/audit';
import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import { ZERO_UUID } from '#platform/ids';
import type { Tx } from '#platform/postgres';
import {
  type BrakeRow,
  type BrakeState,
  type BrakeTarget,
  holding,
  missingBrake,
  type ReleaseRefusal,
  refusalOfConfirmation,
  scopeIdOf,
  stateOf,
  unreadableBrake,
} from './brake.ts';
import {
  allRows,
  type BrakeKey,
  backToSavepoint,
  forgetSavepoint,
  insertReleased,
  lockedRowsFor,
  lockForChange,
  lockForClaim,
  rowsFor,
  savepoint,
  writeRequest,
  writeState,
} from './store.ts';

export interface Brake {
  /** Gives a new workspace its released global row; a second call changes nothing. */
  readonly init: (tx: Tx) => Promise<void>;
  /** One call by anybody. Waits for the claims already under way; every later claim sees it. */
  readonly engage: (
    tx: Tx,
    call: BrakeTarget & { readonly reason: string; readonly actor: Actor },
  ) => Promise<BrakeState>;
  readonly requestRelease: (
    tx: Tx,
    call: BrakeTarget & { readonly reason: string; readonly actor: Actor },
  ) => Promise<BrakeState>;
  /** By another person than the one who asked. */
  readonly confirmRelease: (tx: Tx, call: BrakeTarget & { readonly actor: Actor }) => Promise<BrakeState>;
  /** The global brake first, then every campaign brake that was ever used. */
  readonly state: (tx: Tx) => Promise<BrakeState[]>;
  /** The brake that holds this campaign, or null. Locks nothing. Never throws: unreadable is engaged. */
  readonly engagedFor: (tx: Tx, query: { readonly campaignId: string | null }) => Promise<BrakeState | null>;
  /** The same, and no brake can be engaged between this answer and the end of the caller's transaction. */
  readonly engagedForClaim: (
    tx: Tx,
    query: { readonly campaignId: string | null },
  ) => Promise<BrakeState | null>;
}

const refusals: Readonly<Record<ReleaseRefusal, string>> = {
  not_engaged: 'This brake is not engaged.',
  not_requested: 'Nobody has asked for the release yet. Ask for it with a reason; another person confirms.',
  same_person: 'You asked for this release yourself. Another person has to confirm it.',
  person_needed: 'A brake is released by people: sign in with your own account.',
};

const refuse = (reason: ReleaseRefusal): never => {
  const code = reason === 'same_person' || reason === 'person_needed' ? 'forbidden' : 'conflict';
  throw appError(code, { message: refusals[reason], details: { reason } });
};

const keyOf = (target: BrakeTarget): BrakeKey => {
  const scopeId = scopeIdOf(target);
  if (scopeId === null) {
    throw appError('invalid_request', { message: 'A campaign brake needs scopeId: the id of the campaign.' });
  }
  return { scope: target.scope, scopeId };
};

export const createBrake = (deps: {
  readonly clock: Clock;
  readonly audit: Pick<AuditDoor, 'record'>;
}): Brake => {
  const record = (tx: Tx, actor: Actor, change: { action: string; state: BrakeState }): Promise<void> =>
    deps.audit.record(tx, {
      actor,
      action: change.action,
      subject: { kind: `brake.${change.state.scope}`, id: change.state.scopeId ?? actor.workspaceId },
      after: { engaged: change.state.engaged, reason: change.state.reason, release: change.state.release },
    });

  const current = async (tx: Tx, key: BrakeKey): Promise<BrakeState | null> => {
    const row = (await rowsFor(tx, [key.scopeId])).find((candidate) => candidate.scope === key.scope);
    if (row) return stateOf(row);
    return key.scope === 'global' ? missingBrake : null;
  };

  const failClosed = async (
    tx: Tx,
    campaignId: string | null,
    read: (scopeIds: readonly string[]) => Promise<BrakeRow[]>,
  ): Promise<BrakeState | null> => {
    try {
      await savepoint(tx);
      const rows = await read(campaignId === null ? [ZERO_UUID] : [ZERO_UUID, campaignId]);
      await forgetSavepoint(tx);
      return holding(rows);
    } catch {
      // The caller's transaction stays usable, so that it can record why it holds back.
      await backToSavepoint(tx).catch(() => 0);
      return unreadableBrake;
    }
  };

  return {
    init: (tx) =>
      insertReleased(
        tx,
        { scope: 'global', scopeId: ZERO_UUID },
        { reason: 'The workspace was created.', at: deps.clock.now() },
      ),
    engage: async (tx, call) => {
      const key = keyOf(call);
      await lockForChange(tx);
      const by = { id: call.actor.personId ?? call.actor.id, name: call.actor.name };
      const row = await writeState(tx, key, { engaged: true, reason: call.reason, by, at: deps.clock.now() });
      const state = stateOf(row);
      await record(tx, call.actor, { action: 'brake.engaged', state });
      return state;
    },
    requestRelease: async (tx, call) => {
      const key = keyOf(call);
      const personId = call.actor.personId;
      if (personId === null) return refuse('person_needed');
      await lockForChange(tx);
      const before = await current(tx, key);
      if (!before?.engaged) return refuse('not_engaged');
      const at = deps.clock.now();
      if (before.cause === 'missing') {
        await writeState(tx, key, { engaged: true, reason: before.reason, by: null, at });
      }
      const by = { id: personId, name: call.actor.name };
      const state = stateOf(await writeRequest(tx, key, { reason: call.reason, by, at }));
      await record(tx, call.actor, { action: 'brake.release_requested', state });
      return state;
    },
    confirmRelease: async (tx, call) => {
      const key = keyOf(call);
      await lockForChange(tx);
      const before = await current(tx, key);
      if (!before) return refuse('not_engaged');
      const refusal = refusalOfConfirmation(before, call.actor.personId);
      if (refusal) return refuse(refusal);
      const by = { id: call.actor.personId ?? call.actor.id, name: call.actor.name };
      const reason = before.release?.reason ?? '';
      const state = stateOf(await writeState(tx, key, { engaged: false, reason, by, at: deps.clock.now() }));
      await record(tx, call.actor, { action: 'brake.released', state });
      return state;
    },
    state: async (tx) => {
      const states = (await allRows(tx)).map(stateOf);
      return states.some((state) => state.scope === 'global') ? states : [missingBrake, ...states];
    },
    engagedFor: (tx, { campaignId }) => failClosed(tx, campaignId, (scopeIds) => rowsFor(tx, scopeIds)),
    engagedForClaim: (tx, { campaignId }) =>
      failClosed(tx, campaignId, async (scopeIds) => {
        await lockForClaim(tx);
        return lockedRowsFor(tx, scopeIds);
      }),
  };
};
