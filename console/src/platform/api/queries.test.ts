import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type * as Queries from './queries.ts';

let queries: typeof Queries;
beforeAll(async () => {
  // The client of the API takes the address of the page as its base.
  vi.stubGlobal('window', { location: { origin: 'http://localhost' } });
  queries = await import('./queries.ts');
});
afterEach(() => queries.queryClient.clear());

/** A query whose answers come when the test says so. */
const heldQuery = () => {
  const answers: ((text: string) => void)[] = [];
  return {
    options: {
      queryKey: ['campaigns', '/api/campaigns', {}, {}, null],
      queryFn: () => new Promise<string>((resolve) => answers.push(resolve)),
    },
    asked: () => answers.length,
    answer: (index: number, text: string): void => answers[index]?.(text),
  };
};

describe('what has changed', () => {
  const shown = (options: ReturnType<typeof heldQuery>['options']) => {
    const observer = new QueryObserver(queries.queryClient, options);
    return { data: () => observer.getCurrentResult().data, stop: observer.subscribe(() => undefined) };
  };

  it('is asked for again where it is shown', async () => {
    const { options, asked, answer } = heldQuery();
    const { data, stop } = shown(options);
    answer(0, 'before');
    await vi.waitFor(() => expect(data()).toBe('before'));
    void queries.refresh('campaigns');
    expect(asked()).toBe(2);
    answer(1, 'after');
    await vi.waitFor(() => expect(data()).toBe('after'));
    stop();
  });

  it('is asked for again when its first answer was under way, and no old answer stays', async () => {
    const { options, asked, answer } = heldQuery();
    const { data, stop } = shown(options);
    void queries.refresh('campaigns');
    answer(0, 'before');
    await vi.waitFor(() => expect(asked()).toBe(2));
    answer(1, 'after');
    await vi.waitFor(() => expect(data()).toBe('after'));
    stop();
  });

  it('is not taken for fresh when it was loaded ahead meanwhile', async () => {
    const { queryClient, refresh } = queries;
    const { options, answer } = heldQuery();
    const loaded = queryClient.prefetchQuery(options);
    void refresh('campaigns');
    answer(0, 'before');
    await loaded;
    await vi.waitFor(() => expect(queryClient.getQueryState(options.queryKey)?.isInvalidated).toBe(true));
  });

  it('leaves alone what has another tag', async () => {
    const { options, asked, answer } = heldQuery();
    const { data, stop } = shown(options);
    answer(0, 'before');
    await vi.waitFor(() => expect(data()).toBe('before'));
    await queries.refresh('segments');
    expect(asked()).toBe(1);
    stop();
  });
});
