export interface Token {
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

export interface NormalisedText {
  readonly tokens: readonly Token[];
  /** How it is written, as named marks, repeated as often as they occur: ‹shout›, ‹long›, ‹!›. */
  readonly style: readonly string[];
}
