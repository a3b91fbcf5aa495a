export type Delimiter = ',' | ';' | '\t' | '|';

const candidates: readonly Delimiter[] = [',', ';', '\t', '|'];

/** How often each candidate stands outside quotes in each of the first lines of text. */
const countsPerLine = (text: string, maxLines: number): Map<Delimiter, number[]> => {
  const counts = new Map<Delimiter, number[]>(candidates.map((candidate) => [candidate, [0]]));
  let inQuotes = false;
  let lines = 1;
  for (const char of text) {
    if (char === '"') inQuotes = !inQuotes;
    else if (inQuotes) continue;
    else if (char === '\n') {
      if (++lines > maxLines) break;
      for (const list of counts.values()) list.push(0);
    } else {
      const list = counts.get(char as Delimiter);
      if (list !== undefined) list[lines - 1] = (list[lines - 1] ?? 0) + 1;
    }
  }
  return counts;
};

/**
 * The delimiter is the candidate that stands in the header and most often as many times in the lines below it; among
 * equals the one that makes more columns. Null when no candidate occurs in the first line: one column, or not CSV.
 */
export const guessDelimiter = (sample: string): Delimiter | null => {
  let best: { delimiter: Delimiter; score: number } | null = null;
  for (const [delimiter, lines] of countsPerLine(sample, 200)) {
    const [header = 0, ...body] = lines;
    if (header === 0) continue;
    const filled = body.filter((_, index) => index < body.length - 1 || body.length === 1);
    const same = filled.filter((count) => count === header).length;
    const score = (filled.length === 0 ? 1 : same / filled.length) * 1000 + Math.min(header, 200);
    if (best === null || score > best.score) best = { delimiter, score };
  }
  return best?.delimiter ?? null;
};
