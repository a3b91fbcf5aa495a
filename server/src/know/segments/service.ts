import type { PreviewBody, Rule } from '@mesure/contract/segments';
import type { AuditDoor } from '#guard/audit';
import type { EventReader } from '#know/collect';
import type { Clock } from '#platform/clock';
import { appError } from '#platform/errors';
import type { Actor } from '#platform/http';
import type { Ids } from '#platform/ids';
import type { Tx } from '#platform/postgres';
import { explainRule } from './explain.ts';
import type { Tongue } from './explain-words.ts';
import { leavesOf } from './leaves.ts';
import { inBrief, type SeenInBrief } from './outcome.ts';
import { countMembers, readMembers, readReasons } from './read.ts';
import { ruleHash } from './rule-hash.ts';
import {
  findSegment,
  insertSegment,
  listSegments,
  lockDeleted,
  lockSegment,
  markDeleted,
  markRestored,
  nameIsTaken,
  type Segment,
  type SegmentPage,
  updateSegment,
} from './store.ts';
import type { RuleMoment } from './window.ts';

export interface SegmentDraft {
  readonly name: string;
  readonly description?: string | undefined;
  readonly rule: Rule;
}

export interface SampledMember {
  readonly profileId: string;
  readonly reasons: PreviewBody['samples'][number]['reasons'];
}

/** Without the people's names: whoever answers somebody adds them. */
export interface Preview extends Omit<PreviewBody, 'samples'> {
  readonly samples: readonly SampledMember[];
}

export interface Segments {
  readonly count: (workspaceId: string, rule: Rule) => Promise<number>;
  /** Up to `n` members, always the same ones, and what each condition saw. */
  readonly sample: (workspaceId: string, rule: Rule, n: number) => Promise<readonly SampledMember[]>;
  /** Every member's profile id, sorted. */
  readonly members: (workspaceId: string, rule: Rule) => Promise<readonly string[]>;
  readonly preview: (
    workspaceId: string,
    rule: Rule,
    options: { readonly samples: number; readonly language: Tongue },
  ) => Promise<Preview>;
  /** What each condition saw of these people: kept with a decision, so that it can be told later. */
  readonly seenOf: (
    workspaceId: string,
    rule: Rule,
    profileIds: readonly string[],
  ) => Promise<ReadonlyMap<string, SeenInBrief>>;
  readonly explain: (rule: Rule, language: Tongue) => string;
  readonly list: (tx: Tx, page: SegmentPage) => Promise<readonly Segment[]>;
  /** @throws AppError not_found */
  readonly get: (tx: Tx, id: string) => Promise<Segment>;
  readonly create: (tx: Tx, actor: Actor, draft: SegmentDraft) => Promise<Segment>;
  readonly update: (
    tx: Tx,
    actor: Actor,
    change: SegmentDraft & { readonly id: string; readonly version: number },
  ) => Promise<Segment>;
  readonly remove: (tx: Tx, actor: Actor, id: string) => Promise<void>;
  /**
   * Takes a deletion back: whatever points to the segment finds it again.
   * @throws AppError not_found; conflict when its name was given to another meanwhile
   */
  readonly restore: (tx: Tx, actor: Actor, id: string) => Promise<Segment>;
}

export interface SegmentsDeps {
  readonly eventReader: EventReader;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: Pick<AuditDoor, 'record'>;
  /** The workspace's IANA time zone: a date alone in a rule begins at its midnight. */
  readonly timeZone: (workspaceId: string) => Promise<string>;
  /**
   * Brings the copy of profiles that rules read up to now. Awaited before anything is read: an audience taken right
   * after an import would lack people for good, and a count would say nobody.
   */
  readonly upToDate: (workspaceId: string) => Promise<void>;
}

/** People in one question: 10,000 ids are 360 kB of parameters. */
const SEEN_BATCH = 10_000;

const nameTaken = (name: string): Error =>
  appError('conflict', {
    message: `There is a segment called “${name}” already. Choose another name.`,
    details: { reason: 'segment_name_taken', path: 'name' },
  });

const notFound = (): Error => appError('not_found', { message: 'There is no segment under this id.' });

const summary = ({ name, ruleHash: hash, version, rule }: Segment) => ({
  name,
  version,
  ruleHash: hash,
  rule,
});

export const createSegments = (deps: SegmentsDeps): Segments => {
  /** Now, with everybody there who was committed before: people reach the event store a moment later by themselves. */
  const momentOf = async (workspaceId: string): Promise<RuleMoment> => {
    await deps.upToDate(workspaceId);
    return { now: deps.clock.now(), workspaceTimeZone: await deps.timeZone(workspaceId) };
  };

  const preview: Segments['preview'] = async (workspaceId, rule, { samples, language }) => {
    const moment = await momentOf(workspaceId);
    const counted = await countMembers(deps.eventReader, workspaceId, { rule, moment, samples });
    const seen = await readReasons(deps.eventReader, workspaceId, { rule, moment, people: counted.sample });
    const leaves = leavesOf(rule);
    return {
      count: counted.count,
      total: counted.total,
      words: explainRule(rule, language),
      ruleHash: ruleHash(rule),
      samples: counted.sample.map((profileId) => ({
        profileId,
        reasons: leaves.map((leaf, index) => {
          const { holds, value, lastAt } = seen.get(profileId)?.[index] ?? {
            holds: false,
            value: null,
            lastAt: null,
          };
          return {
            rule: leaf.path,
            words: explainRule(leaf.rule, language),
            holds,
            value,
            lastAt: lastAt === null ? null : lastAt.toISOString(),
          };
        }),
      })),
    };
  };

  return {
    count: async (workspaceId, rule) =>
      (
        await countMembers(deps.eventReader, workspaceId, {
          rule,
          moment: await momentOf(workspaceId),
          samples: 0,
        })
      ).count,
    sample: async (workspaceId, rule, n) =>
      (await preview(workspaceId, rule, { samples: n, language: 'en' })).samples,
    members: async (workspaceId, rule) =>
      readMembers(deps.eventReader, workspaceId, { rule, moment: await momentOf(workspaceId) }),
    preview,
    seenOf: async (workspaceId, rule, profileIds) => {
      const moment = await momentOf(workspaceId);
      const seen = new Map<string, SeenInBrief>();
      for (let start = 0; start < profileIds.length; start += SEEN_BATCH) {
        const people = profileIds.slice(start, start + SEEN_BATCH);
        for (const [id, reasons] of await readReasons(deps.eventReader, workspaceId, {
          rule,
          moment,
          people,
        }))
          seen.set(id, inBrief(reasons));
      }
      return seen;
    },
    explain: explainRule,
    list: listSegments,
    get: async (tx, id) => {
      const segment = await findSegment(tx, id);
      if (segment === undefined) throw notFound();
      return segment;
    },
    create: async (tx, actor, draft) => {
      const now = deps.clock.now();
      const segment: Segment = {
        id: deps.ids.next(),
        name: draft.name,
        description: draft.description ?? '',
        rule: draft.rule,
        ruleHash: ruleHash(draft.rule),
        version: 1,
        createdBy: actor.id,
        ruleBy: actor.personId ?? actor.id,
        updatedBy: { id: actor.id, name: actor.name },
        createdAt: now,
        updatedAt: now,
      };
      if ((await insertSegment(tx, segment)) === undefined) throw nameTaken(draft.name);
      await deps.audit.record(tx, {
        actor,
        action: 'segments.created',
        subject: { kind: 'segment', id: segment.id },
        after: summary(segment),
      });
      return segment;
    },
    update: async (tx, actor, change) => {
      const before = await lockSegment(tx, change.id);
      if (before === undefined) throw notFound();
      if (before.version !== change.version)
        throw appError('conflict', {
          details: {
            reason: 'segment_changed',
            expected: change.version,
            found: before.version,
            ...(before.updatedBy === null ? {} : { by: before.updatedBy.name }),
          },
        });
      if (await nameIsTaken(tx, change.name, change.id)) throw nameTaken(change.name);
      const hash = ruleHash(change.rule);
      const after: Segment = {
        ...before,
        name: change.name,
        description: change.description ?? before.description,
        rule: change.rule,
        ruleHash: hash,
        ruleBy: hash === before.ruleHash ? before.ruleBy : (actor.personId ?? actor.id),
        version: before.version + 1,
        updatedBy: { id: actor.id, name: actor.name },
        updatedAt: deps.clock.now(),
      };
      await updateSegment(tx, after);
      await deps.audit.record(tx, {
        actor,
        action: 'segments.changed',
        subject: { kind: 'segment', id: after.id },
        before: summary(before),
        after: summary(after),
      });
      return after;
    },
    remove: async (tx, actor, id) => {
      const before = await lockSegment(tx, id);
      if (before === undefined) throw notFound();
      await markDeleted(tx, id, deps.clock.now());
      await deps.audit.record(tx, {
        actor,
        action: 'segments.deleted',
        subject: { kind: 'segment', id },
        before: summary(before),
      });
    },
    restore: async (tx, actor, id) => {
      const found = await lockDeleted(tx, id);
      if (found === undefined) throw notFound();
      if (await nameIsTaken(tx, found.name, id)) throw nameTaken(found.name);
      await markRestored(tx, id);
      await deps.audit.record(tx, {
        actor,
        action: 'segments.restored',
        subject: { kind: 'segment', id },
        after: summary(found),
      });
      return found;
    },
  };
};
