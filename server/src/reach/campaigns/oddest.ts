import type { Profile } from '#know/profiles';

export type Picked = 'longest_name' | 'missing_fields' | 'other_script' | 'by_chance';

export interface Sample {
  readonly profileId: string;
  readonly picked: Picked;
}

const nameOf = ({ firstName, lastName }: Profile): string => `${firstName ?? ''} ${lastName ?? ''}`.trim();

/** How many of the fields that messages use are missing. */
export const missingFields = (profile: Profile): number =>
  [profile.firstName, profile.lastName, profile.language, profile.city, profile.country].filter(
    (field) => !field,
  ).length;

/** Letters of another script than Latin: the message has to look right for them too. */
export const hasOtherScript = (profile: Profile): boolean =>
  /(?!\p{Script=Latin})\p{L}/u.test(nameOf(profile));

const best = (profiles: readonly Profile[], score: (profile: Profile) => number): Profile | undefined => {
  let winner: Profile | undefined;
  for (const profile of profiles) if (score(profile) > (winner ? score(winner) : 0)) winner = profile;
  return winner;
};

/**
 * Up to `count` people to show: first the oddest, because they are where messages break, then evenly spread over the
 * list. Deterministic: the same people give the same samples.
 */
export const pickSamples = (profiles: readonly Profile[], count: number): readonly Sample[] => {
  const picked = new Map<string, Picked>();
  const take = (profile: Profile | undefined, why: Picked): void => {
    if (profile && !picked.has(profile.id) && picked.size < count) picked.set(profile.id, why);
  };
  take(
    best(profiles, (profile) => nameOf(profile).length),
    'longest_name',
  );
  take(best(profiles, missingFields), 'missing_fields');
  take(profiles.find(hasOtherScript), 'other_script');
  const rest = profiles.filter(({ id }) => !picked.has(id));
  const wanted = Math.min(count - picked.size, rest.length);
  for (let index = 0; index < wanted; index += 1)
    take(rest[Math.floor((index * rest.length) / wanted)], 'by_chance');
  return [...picked].map(([profileId, why]) => ({ profileId, picked: why }));
};
