import type { AsyncRouteComponent } from '@tanstack/react-router';
import { roomWords } from '#words';
import { lazyPage } from './lazy-page.ts';

/** A page of a room: its code and the words of the rooms are loaded together, when somebody first goes there. */
export const roomPage = <T extends Record<string, unknown>>(
  load: () => Promise<T>,
  name: keyof T & string,
): AsyncRouteComponent<Record<string, never>> =>
  lazyPage(async () => {
    const [page] = await Promise.all([load(), roomWords()]);
    return page;
  }, name);
