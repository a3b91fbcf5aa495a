import { monotonicMs } from '#platform/clock';

/** One answer per key for a while; several who ask at once wait for the same one. A failure is not kept. */
export const createBriefMemory = <T>(
  keepMs: number,
  load: (key: string) => Promise<T>,
): ((key: string) => Promise<T>) => {
  const kept = new Map<string, { readonly answer: Promise<T>; readonly until: number }>();
  return (key) => {
    const now = monotonicMs();
    const known = kept.get(key);
    if (known !== undefined && now < known.until) return known.answer;
    const answer = load(key);
    const entry = { answer, until: now + keepMs };
    kept.set(key, entry);
    answer.catch(() => {
      if (kept.get(key) === entry) kept.delete(key);
    });
    return answer;
  };
};
