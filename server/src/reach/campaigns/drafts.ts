import type { Actor } from '#guard/access';
import { appError } from '#platform/errors';
import type { Tx } from '#platform/postgres';
import { type Campaign, type CampaignDefinition, isEditable, type Person } from './campaign.ts';
import type { CampaignsDeps } from './ports.ts';
import { campaignById } from './read.ts';
import { insertCampaign, updateDefinition } from './store.ts';

/** Whoever answers for the act: a token acts for the person who made it. */
export const personOf = (actor: Actor): Person => ({ id: actor.personId ?? actor.id, name: actor.name });

export const found = (campaign: Campaign | undefined): Campaign => {
  if (!campaign) throw appError('not_found', { message: 'There is no campaign under this id.' });
  return campaign;
};

const reservedKeys = ['holdout', 'global_holdout'];

const check = (definition: CampaignDefinition): void => {
  const reserved = definition.variants.find(({ key }) => reservedKeys.includes(key));
  if (reserved) {
    throw appError('unprocessable', {
      message: `A variant cannot be called "${reserved.key}": that is the name of the people who get nothing.`,
      details: { reason: 'reserved_key', field: 'variants' },
    });
  }
};

const definitionOf = ({
  name,
  segmentId,
  topic,
  entityId,
  variants,
  holdoutShare,
  productCount,
  onPressure,
  startAt,
}: CampaignDefinition): CampaignDefinition => ({
  name,
  segmentId,
  topic,
  entityId,
  variants,
  holdoutShare,
  productCount,
  onPressure,
  startAt,
});

export interface Drafts {
  readonly create: (tx: Tx, definition: CampaignDefinition, actor: Actor) => Promise<Campaign>;
  /** Conflict when `version` is not the one that stands, or when it has started. Voids every approval. */
  readonly update: (
    tx: Tx,
    id: string,
    input: { readonly change: Partial<CampaignDefinition>; readonly version: number; readonly actor: Actor },
  ) => Promise<Campaign>;
  readonly duplicate: (
    tx: Tx,
    id: string,
    input: { readonly name?: string | undefined; readonly actor: Actor },
  ) => Promise<Campaign>;
}

export const createDrafts = (deps: CampaignsDeps): Drafts => {
  const create = async (tx: Tx, definition: CampaignDefinition, actor: Actor): Promise<Campaign> => {
    check(definition);
    const id = deps.ids.next();
    await insertCampaign(tx, { id, definition, author: personOf(actor), now: deps.clock.now() });
    await deps.audit.record(tx, {
      actor,
      action: 'campaign.created',
      subject: { kind: 'campaign', id },
      after: definition,
    });
    return found(await campaignById(tx, id));
  };

  return {
    create,
    update: async (tx, id, { change, version, actor }) => {
      const before = found(await campaignById(tx, id));
      if (!isEditable(before.state)) {
        throw appError('conflict', {
          message: `This campaign is ${before.state} and cannot be changed any more. Duplicate it.`,
          details: { reason: 'not_editable', state: before.state },
        });
      }
      const definition = { ...definitionOf(before), ...change };
      check(definition);
      const editor = personOf(actor);
      if ((await updateDefinition(tx, id, { definition, version, editor, now: deps.clock.now() })) === 0) {
        throw appError('conflict', { details: { reason: 'version', version: before.version } });
      }
      await deps.audit.record(tx, {
        actor,
        action: 'campaign.changed',
        subject: { kind: 'campaign', id },
        before: { ...definitionOf(before), version: before.version, state: before.state },
        after: { ...definition, version: before.version + 1, state: 'draft' },
      });
      return found(await campaignById(tx, id));
    },
    duplicate: async (tx, id, { name, actor }) => {
      const original = found(await campaignById(tx, id));
      const copy = name ?? `${original.name.slice(0, 110)} (2)`;
      // A date of the past is not a plan.
      return create(tx, { ...definitionOf(original), name: copy, startAt: null }, actor);
    },
  };
};
