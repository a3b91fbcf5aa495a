import { type DemoState, demoRoutes } from '@mesure/contract/demo';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '#platform/api';

export type Demo = Extract<DemoState, { active: true }>;

const MOVING_MS = 1_000;
const RESTING_MS = 60_000;

/** The state of the demo, or null where there is none; asked for often while its time moves. */
export const useDemo = (): Demo | null => {
  const { data } = useQuery({
    ...queryOf(demoRoutes.readDemo),
    refetchInterval: ({ state }) => {
      if (!state.data?.active) return false;
      return state.data.advancing ? MOVING_MS : RESTING_MS;
    },
  });
  return data?.active ? data : null;
};
