import { ZERO_UUID } from '#platform/ids';

export type BrakeScope = 'global' | 'campaign';

export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface ReleaseRequest {
  readonly requestedBy: Person;
  readonly requestedAt: Date;
  readonly reason: string;
}

/** `missing`: the workspace has no global row; `unreadable`: reading failed. Both are engaged. */
export type BrakeCause = 'person' | 'missing' | 'unreadable' | 'released';

export interface BrakeState {
  readonly scope: BrakeScope;
  /** The campaign; null for the global brake. */
  readonly scopeId: string | null;
  readonly engaged: boolean;
  readonly cause: BrakeCause;
  readonly reason: string;
  readonly changedBy: Person | null;
  readonly changedAt: Date | null;
  readonly release: ReleaseRequest | null;
}

export interface BrakeTarget {
  readonly scope: BrakeScope;
  readonly scopeId?: string | undefined;
}

export interface BrakeRow {
  readonly scope: BrakeScope;
  readonly scope_id: string;
  readonly engaged: boolean;
  readonly reason: string;
  readonly changed_by_id: string | null;
  readonly changed_by_name: string | null;
  readonly changed_at: Date;
  readonly release_reason: string | null;
  readonly release_by_id: string | null;
  readonly release_by_name: string | null;
  readonly release_at: Date | null;
}

const person = (id: string | null, name: string | null): Person | null =>
  id === null ? null : { id, name: name ?? id };

export const stateOf = (row: BrakeRow): BrakeState => {
  const by = person(row.release_by_id, row.release_by_name);
  return {
    scope: row.scope,
    scopeId: row.scope === 'global' ? null : row.scope_id,
    engaged: row.engaged,
    cause: row.engaged ? 'person' : 'released',
    reason: row.reason,
    changedBy: person(row.changed_by_id, row.changed_by_name),
    changedAt: row.changed_at,
    release:
      by && row.release_at
        ? { requestedBy: by, requestedAt: row.release_at, reason: row.release_reason ?? '' }
        : null,
  };
};

const byEngine = (cause: 'missing' | 'unreadable', reason: string): BrakeState => ({
  scope: 'global',
  scopeId: null,
  engaged: true,
  cause,
  reason,
  changedBy: null,
  changedAt: null,
  release: null,
});

export const missingBrake = byEngine(
  'missing',
  'The state of the global brake is missing, so nothing leaves.',
);
export const unreadableBrake = byEngine(
  'unreadable',
  'The state of the brake cannot be read, so nothing leaves.',
);

/** The global brake first; a workspace without its row is braked, a campaign without one was never braked. */
export const holding = (rows: readonly BrakeRow[]): BrakeState | null => {
  const states = rows.map(stateOf);
  const global = states.find((state) => state.scope === 'global') ?? missingBrake;
  if (global.engaged) return global;
  return states.find((state) => state.engaged) ?? null;
};

export type ReleaseRefusal = 'not_engaged' | 'not_requested' | 'same_person' | 'person_needed';

/** Two different people; a token or job without a person behind it releases nothing. */
export const refusalOfConfirmation = (state: BrakeState, personId: string | null): ReleaseRefusal | null => {
  if (!state.engaged) return 'not_engaged';
  if (personId === null) return 'person_needed';
  if (!state.release) return 'not_requested';
  return state.release.requestedBy.id === personId ? 'same_person' : null;
};

export const scopeIdOf = (target: BrakeTarget): string | null =>
  target.scope === 'global' ? ZERO_UUID : (target.scopeId ?? null);
