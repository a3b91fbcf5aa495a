import type { Client } from '@mesure/contract/client';
import { profilesRoutes } from '@mesure/contract/profiles';
import { typedQueries } from '../people/queries.ts';
import { atShare, round } from './median.ts';

/** One request after the other, as one person types, each from the first byte sent to the parsed answer. */
export const measurePeopleSearch = async (client: Client): Promise<Readonly<Record<string, number>>> => {
  const queries = typedQueries();
  const search = (text: string) => client.call(profilesRoutes.listProfiles, { query: { search: text } });
  // A connection, and the code of the server that is compiled at its first calls.
  for (const text of ['a', 'zz', 'mar']) await search(text);
  const took: number[] = [];
  let found = 0;
  for (const text of queries) {
    const started = performance.now();
    const { items } = await search(text);
    took.push(performance.now() - started);
    if (items.length > 0) found += 1;
  }
  return {
    peopleSearchP95Ms: round(atShare(took, 0.95)),
    peopleSearchMedianMs: round(atShare(took, 0.5)),
    peopleSearchMaxMs: round(Math.max(...took)),
    peopleSearches: queries.length,
    peopleSearchesFound: found,
  };
};
