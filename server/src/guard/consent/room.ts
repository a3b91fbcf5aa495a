import type { AuditDoor } from '#guard/audit';
import type { Clock } from '#platform/clock';
import type { Ids } from '#platform/ids';
import type { Secrets } from '#platform/secrets';
import { createEntities, type Entities } from './entities.ts';
import { createPauses, type Pauses } from './pauses.ts';
import { type Consent, createConsentLedger } from './service.ts';
import { createSuppression, type Suppression } from './suppression.ts';
import { createTopics, type Topics } from './topics.ts';

export interface ConsentRoom {
  readonly consent: Consent;
  readonly suppression: Suppression;
  readonly pauses: Pauses;
  readonly entities: Entities;
  readonly topics: Topics;
}

export interface ConsentRoomDeps {
  readonly ids: Ids;
  readonly clock: Clock;
  readonly audit: Pick<AuditDoor, 'record'>;
  readonly secrets: Pick<Secrets, 'key'>;
}

export const createConsentRoom = (deps: ConsentRoomDeps): ConsentRoom => ({
  consent: createConsentLedger(deps),
  suppression: createSuppression(deps),
  pauses: createPauses(),
  entities: createEntities(deps),
  topics: createTopics(deps),
});
