import type { RunningServer } from '@mesure/server';
import type { DemoClock } from './demo-clock.ts';
import type { Team } from './first-campaign.ts';
import type { Phases } from './progress.ts';

/** What each act of the demo plays on. */
export interface Stage {
  readonly server: RunningServer;
  readonly workspaceId: string;
  readonly clock: DemoClock;
  readonly phases: Phases;
  readonly team: Team;
  readonly seed: number;
}
