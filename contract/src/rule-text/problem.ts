/** A mistake that is not simply another word than expected. Offsets count UTF-16 code units, as JavaScript does. */
export type Problem = { readonly from: number; readonly to: number } & (
  | { readonly code: 'unclosed_text' | 'unknown_escape' | 'typographic_quote' | 'unknown_character' }
  | { readonly code: 'text_too_long' | 'number_out_of_range'; readonly least: number; readonly most: number }
  | { readonly code: 'empty_text' | 'ends_swapped' | 'unknown_instant' | 'said_twice' | 'number_too_large' }
  | {
      readonly code: 'too_deep' | 'too_many_conditions' | 'too_many_values' | 'too_many_filters';
      readonly most: number;
    }
);

export type ProblemCode = Problem['code'];
