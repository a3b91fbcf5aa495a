import type { SlotCounts } from './sends.ts';
import type { Profiles } from './whose-profile.ts';

/** What is known about when people answer; plain and serialisable. A cell is a slot on a kind of day: day × slots + slot. */
export interface SlotModel extends SlotCounts {
  readonly kind: 'slots';
  readonly groups: number;
  /** Length people. */
  readonly group: Uint32Array;
  /** groups × cells: engagement per send of an average person. */
  readonly rates: Float64Array;
  /** Length people: how much more than an average person of the group somebody answers, at any hour. */
  readonly factor: Float32Array;
  /** Kinds of people by when they answer, on top of the group's rates; one kind where the sends show no more. */
  readonly profiles: Profiles;
  /** people × cells, or empty: `slotActivity`. */
  readonly activity: Float32Array;
  /** 1/(coefficient of variation)² of people's cells around what is expected of them; learned. */
  readonly shape: number;
  /** How much of the activity shows in engagement: 0 nothing, 1 all of it; learned. */
  readonly activityWeight: number;
  /** How much the cells around a cell say about it: 0 nothing; learned. */
  readonly sharing: number;
  readonly diagnostics: {
    readonly sends: number;
    readonly engaged: number;
    /** The same of people's factors. */
    readonly personShape: number;
  };
}
