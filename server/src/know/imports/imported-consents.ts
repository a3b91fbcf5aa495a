import type { ImportMapping } from '@mesure/contract/imports';
import type { ConsentEntry, Purpose } from '#guard/consent';
import { uuidFrom } from '#platform/ids';
import type { Person } from './people.ts';

export interface ConsentSource {
  readonly importId: string;
  readonly mapping: ImportMapping;
  readonly fileNames: readonly string[];
  readonly defaultEntityId: string;
  readonly actor: { readonly kind: string; readonly id: string; readonly name: string };
  readonly now: Date;
}

/** What the file proves (L-01, L-02): who, for whom, for what, when, where it was said, and in which line it stands. */
export const provenConsents = (person: Person, source: ConsentSource): ConsentEntry[] =>
  Object.entries(person.consents).flatMap(([position, seen]) => {
    const mapped = source.mapping.consents[Number(position)];
    if (mapped === undefined) return [];
    const file = source.fileNames[seen.file] ?? '';
    return {
      profileId: person.profileId,
      entityId: mapped.entityId ?? source.defaultEntityId,
      channel: 'email' as const,
      purpose: mapped.purpose as Purpose,
      state: seen.state,
      at: new Date(seen.at),
      proof: {
        method: 'import' as const,
        source: `${seen.source} (${file}:${seen.line})`,
        ...(mapped.wording !== undefined && { wording: mapped.wording }),
        actor: source.actor,
        importId: source.importId,
      },
    };
  });

/** In [0, 1), always the same for one person. */
const draw = (profileId: string): number =>
  Number.parseInt(uuidFrom('simulated consent', profileId).slice(0, 8), 16) / 2 ** 32;

/** Made up for a demonstration, and labelled so wherever it is shown. */
export const simulatedConsents = (person: Person, source: ConsentSource): ConsentEntry[] => {
  const { simulation } = source.mapping;
  if (simulation === null || draw(person.profileId) >= simulation.consentShare) return [];
  return simulation.purposes.map((purpose) => ({
    profileId: person.profileId,
    entityId: source.defaultEntityId,
    channel: 'email',
    purpose: purpose as Purpose,
    state: 'granted',
    at: source.now,
    proof: {
      method: 'import',
      source: 'Made up for a demonstration (simulated)',
      actor: source.actor,
      importId: source.importId,
      simulated: true,
    },
  }));
};

/** An address of the reserved domain (RFC 2606) for somebody whose file names none. */
export const simulatedAddress = (externalId: string): string =>
  `customer-${externalId
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-|-$/gu, '')
    .slice(0, 50)}@example.test`;
