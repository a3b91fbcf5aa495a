import { type AsyncRouteComponent, lazyRouteComponent } from '@tanstack/react-router';
import { PartGone } from '#platform/update';

/** A page whose code is loaded when somebody first goes there. */
export const lazyPage = <T extends Record<string, unknown>>(
  load: () => Promise<T>,
  name: keyof T & string,
): AsyncRouteComponent<Record<string, never>> =>
  lazyRouteComponent(
    () =>
      load().catch((error: unknown) => {
        throw new PartGone(error);
      }),
    name,
  ) as AsyncRouteComponent<Record<string, never>>;
