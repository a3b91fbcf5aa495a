import { stopAt } from './stops.ts';

interface KeptTour {
  readonly at: number;
  /** It opens by itself once only. */
  readonly seen: boolean;
}

const keyOf = (person: string): string => `mesure.tour.${person}`;

/** Where this person was in the tour, in this browser. */
export const readTour = (person: string): KeptTour => {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(person)) ?? 'null') as Partial<KeptTour> | null;
    return { at: stopAt(kept?.at), seen: kept?.seen === true };
  } catch {
    return { at: 0, seen: false };
  }
};

export const keepTour = (person: string, tour: KeptTour): void => {
  try {
    localStorage.setItem(keyOf(person), JSON.stringify(tour));
  } catch {
    // A full store: the tour begins at its beginning next time.
  }
};
