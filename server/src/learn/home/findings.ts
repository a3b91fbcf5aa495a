import { createTurn } from '#platform/loop';
import type { HomeDeps, HomeFinding } from './ports.ts';

const FRESH_MS = 3_600_000;
/** Campaigns and languages kept; the oldest go first. */
const MOST_KEPT = 500;

interface Kept {
  readonly finding: HomeFinding;
  readonly asOf: Date;
}

interface Asked {
  readonly workspaceId: string;
  readonly campaignId: string;
  readonly language: 'en' | 'fr';
}

/** Findings as they were worked out last. What is missing or older than an hour is worked out behind the answer. */
export const createFindings = (
  deps: Pick<HomeDeps, 'database' | 'clock' | 'log' | 'findingOf' | 'publish'>,
) => {
  const kept = new Map<string, Kept>();
  const underWay = new Set<string>();
  const turn = createTurn();

  const work = async (key: string, { workspaceId, campaignId, language }: Asked): Promise<void> => {
    try {
      const asOf = deps.clock.now();
      const finding = await deps.findingOf(workspaceId, campaignId, language);
      const before = kept.get(key)?.finding;
      kept.delete(key);
      kept.set(key, { finding, asOf });
      for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST_KEPT))) kept.delete(oldest);
      // Before it is told: whoever hears of it may ask at once for what is newer still.
      underWay.delete(key);
      if (before?.sentence === finding.sentence) return;
      await deps.database.inWorkspace(workspaceId, (tx) =>
        deps.publish(tx, { kind: 'campaign', id: campaignId }),
      );
    } catch (error) {
      deps.log.warn({ err: error, campaignId }, 'the finding of a campaign could not be worked out');
    } finally {
      underWay.delete(key);
    }
  };

  return (asked: Asked): HomeFinding | null => {
    const key = JSON.stringify(asked);
    const known = kept.get(key);
    const ageMs = known ? deps.clock.now().getTime() - known.asOf.getTime() : Number.POSITIVE_INFINITY;
    if (ageMs > FRESH_MS && !underWay.has(key)) {
      underWay.add(key);
      void turn(() => work(key, asked));
    }
    return known?.finding ?? null;
  };
};
