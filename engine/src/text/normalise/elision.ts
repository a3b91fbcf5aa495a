/** What French cuts before a vowel. “aujourd'hui” and English “don't” do not begin like this. */
const ELIDED = /^(?:l|d|qu|j|n|s|t|m|c|jusqu|lorsqu|puisqu|quoiqu)'/;

/**
 * A word at its elisions: the cut word keeps its apostrophe. Input in lower case with straight apostrophes.
 *
 * @example splitElisions("qu'il") // ["qu'", 'il']
 */
export const splitElisions = (word: string): readonly string[] => {
  const parts: string[] = [];
  let rest = word;
  for (let found = ELIDED.exec(rest); found; found = ELIDED.exec(rest)) {
    parts.push(found[0]);
    rest = rest.slice(found[0].length);
  }
  if (rest.endsWith("'")) rest = rest.slice(0, -1);
  return rest === '' ? parts : [...parts, rest];
};
