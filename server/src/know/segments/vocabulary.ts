import type { Vocabulary } from '@mesure/contract/segments';
import type { EventReader } from '#know/collect';
import { createBriefMemory } from '#know/profiles';
import type { Clock } from '#platform/clock';
import { readVocabulary } from './vocabulary-read.ts';

/** What rules can speak about in a workspace. */
export type VocabularyOf = (workspaceId: string) => Promise<Vocabulary>;

const KEPT_MS = 60_000;

export const createVocabulary = (deps: {
  readonly eventReader: EventReader;
  readonly clock: Clock;
}): VocabularyOf =>
  createBriefMemory(KEPT_MS, async (workspaceId) => ({
    ...(await readVocabulary(deps.eventReader, workspaceId)),
    at: deps.clock.now().toISOString(),
  }));
