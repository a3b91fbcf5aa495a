import { eventIdHeader } from '@mesure/contract/live';

let eventId: string | null = null;

/** The event up to which the screen knows what changed: whatever came later was perhaps not in an answer. */
export const knownUntil = (): string | null => eventId;

/** The news came without a gap until this event. */
export const heard = (id: string): void => {
  eventId = id;
};

/** Before there are news the oldest answer counts. */
export const answeredAfter = ({ headers }: Response): void => {
  eventId ??= headers.get(eventIdHeader);
};
