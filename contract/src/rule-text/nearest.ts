/** Levenshtein distance, given up beyond `most`. */
const distance = (one: string, other: string, most: number): number => {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1)
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[other.length] ?? most + 1;
};

/** The candidate that a word was probably meant to be: one slip in short words, two in longer ones. */
export const nearest = (word: string, candidates: readonly string[]): string | undefined => {
  const typed = word.toLowerCase();
  const most = typed.length <= 4 ? 1 : 2;
  const close = candidates
    .map((candidate) => ({ candidate, away: distance(typed, candidate, most) }))
    .filter(({ away }) => away > 0 && away <= most)
    .sort((one, other) => one.away - other.away);
  return close[0]?.candidate;
};
