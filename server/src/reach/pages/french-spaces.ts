import type { Html } from '#platform/http';

/**
 * French sets a space inside guillemets and before : ; ? and !, and no line may break there. Tags are left alone, and so
 * are quotations: words that were agreed to are shown byte for byte (L-01).
 */
export const frenchSpaces = ({ markup }: Html): Html => ({
  markup: markup.replace(
    /(<blockquote[^]*?<\/blockquote>|<[^>]*>)|« | (?=[:;?!»])/g,
    (found: string, kept: string | undefined) => kept ?? found.replace(' ', '\u00a0'),
  ),
});
