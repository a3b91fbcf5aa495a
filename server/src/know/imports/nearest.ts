/** Edits (insert, delete, replace) between two short texts: Wagner and Fischer's algorithm, one row at a time. */
const editDistance = (one: string, two: string): number => {
  let row = Array.from({ length: two.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= two.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === two[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[two.length] ?? 0;
};

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()
    .slice(0, 60);

/** The candidate that is most like what was asked for; null when there are none. */
export const nearest = (wanted: string, candidates: readonly string[]): string | null => {
  let best: { candidate: string; distance: number } | null = null;
  for (const candidate of candidates) {
    const distance = editDistance(plain(wanted), plain(candidate));
    if (best === null || distance < best.distance) best = { candidate, distance };
  }
  return best?.candidate ?? null;
};
