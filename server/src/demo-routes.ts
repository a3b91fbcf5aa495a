import { type DemoState, demoRoutes } from '@mesure/contract/demo';
import type { FastifyInstance } from 'fastify';
import { appError } from '#platform/errors';
import { bindRoute } from '#platform/http';
import type { Live } from '#platform/live';

/** How the demo's time is moved: whoever starts the demo brings it. */
export interface DemoTime {
  readonly state: () => Extract<DemoState, { active: true }>;
  /** Starts to move and answers at once. */
  readonly advance: (hours: number) => 'started' | 'moving' | 'not_ready';
  readonly stop: () => void;
  readonly onChange: (listener: () => void) => void;
}

export interface DemoRouteDeps {
  /** Null: this is no demo. */
  readonly demo: { readonly time: DemoTime; readonly workspaceId: string } | null;
  readonly live: Pick<Live, 'tell'>;
}

const refusals = {
  moving: 'Time is moving already. Wait until it has arrived, or stop it.',
  not_ready: 'Time cannot be moved: the demo is still being prepared, or it plays your own orders.',
} as const;

export const bindDemoRoutes = (app: FastifyInstance, { demo, live }: DemoRouteDeps): void => {
  demo?.time.onChange(() => live.tell(demo.workspaceId, { kind: 'demo', id: 'clock' }));
  const timeOf = (workspaceId: string): DemoTime => {
    if (demo && demo.workspaceId === workspaceId) return demo.time;
    throw appError('conflict', {
      message: 'Only the time of the demo can be moved. Start it with: npm run demo.',
      details: { reason: 'no_demo' },
    });
  };

  bindRoute(app, demoRoutes.readDemo, async ({ workspaceId }) =>
    demo?.workspaceId === workspaceId ? demo.time.state() : { active: false },
  );
  bindRoute(app, demoRoutes.advanceDemo, async ({ workspaceId, body }) => {
    const time = timeOf(workspaceId);
    const outcome = time.advance(body.hours);
    if (outcome !== 'started')
      throw appError('conflict', { message: refusals[outcome], details: { reason: outcome } });
    return time.state();
  });
  bindRoute(app, demoRoutes.stopDemo, async ({ workspaceId }) => {
    const time = timeOf(workspaceId);
    time.stop();
    return time.state();
  });
};
