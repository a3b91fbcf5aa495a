import type { Place } from './places.ts';

/** With where it was written; the end of a clause is where its sign is. */
export interface Token extends Place {
  /** `word`: letters · `mark`: a named class, as ‹url› or ‹joy› · `break`: the end of a clause. */
  readonly kind: 'word' | 'mark' | 'break';
  /** Lower case, accents kept, letters at most twice in a row. */
  readonly text: string;
  /** The same without accents. */
  readonly folded: string;
  /** All ways it may be known by: `text`, `folded`, and for elongations with single letters. */
  readonly spellings: readonly string[];
  /** In the scope of a negation. */
  negated: boolean;
}

/** How something is written: ‹shout›, ‹long›, ‹!›, or an emoji itself; with the place of what is written so. */
export interface StyleMark extends Place {
  readonly mark: string;
}

export interface NormalisedText {
  readonly tokens: readonly Token[];
  /** As often as they occur. */
  readonly style: readonly StyleMark[];
}
