import { checkFinite, engineError } from '../../errors/index.ts';

/** A time zone of the IANA database. */
export interface Zone {
  readonly name: string;
  /**
   * Local time minus UTC at an instant, ms. O(1); the first look into a span of 400 days costs about 130 questions to Intl, 1 ms.
   *
   * @throws EngineError `nan`, `not_finite`, `out_of_range` outside 1900 to 2200
   */
  readonly offsetAt: (atMs: number) => number;
}

const DAY_MS = 86_400_000;
/** Offsets are tabulated in spans of this length, when they are first asked for. */
const SPAN_MS = 400 * DAY_MS;
/**
 * Two changes of a clock closer than this that undo each other would be missed; the closest since 1995 are 7 days apart (Recife,
 * October 2000).
 */
const STEP_MS = 4 * DAY_MS;
const EARLIEST_MS = Date.UTC(1900, 0, 1);
const LATEST_MS = Date.UTC(2200, 0, 1);

interface Span {
  /** Instants at which an offset begins, ascending; the first is the span's own start. */
  readonly starts: readonly number[];
  readonly offsets: readonly number[];
}

const formatterOf = (name: string): Intl.DateTimeFormat => {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw engineError('unknown_key', `“${name}” is not a time zone`, { zone: name });
  }
};

/** Asks Intl; about 2 µs. Whole seconds: the offsets of mean solar times have them. */
const askOffset = (formatter: Intl.DateTimeFormat, atMs: number): number => {
  const second = Math.floor(atMs / 1000) * 1000;
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, sec = 0] = formatter
    .format(second)
    .split(/\D+/)
    .map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, sec) - second;
};

/** The first instant in (from, to] at which the offset is no longer that of `from`; both ends are whole seconds and differ. */
const changeBetween = (ask: (atMs: number) => number, from: number, to: number): number => {
  const before = ask(from);
  let low = from;
  let high = to;
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (ask(middle) === before) low = middle;
    else high = middle;
  }
  return high;
};

const tabulate = (ask: (atMs: number) => number, from: number): Span => {
  const starts = [from];
  const offsets = [ask(from)];
  for (let at = from; at < from + SPAN_MS; at += STEP_MS) {
    const next = at + STEP_MS;
    const last = ask(next);
    let begun = at;
    while (offsets[offsets.length - 1] !== last) {
      begun = changeBetween(ask, begun, next);
      starts.push(begun);
      offsets.push(ask(begun));
    }
  }
  return { starts, offsets };
};

/**
 * The offsets of a zone, tabulated from Intl by bisection as they are needed: clock changes are exact to the second, half-hour ones too.
 *
 * @throws EngineError `unknown_key` for a name that Intl does not know
 * @example zoneOf('Europe/Paris').offsetAt(Date.UTC(2025, 6, 1)) // 7200000
 */
export const zoneOf = (name: string): Zone => {
  const formatter = formatterOf(name);
  const ask = (atMs: number): number => askOffset(formatter, atMs);
  const spans = new Map<number, Span>();
  let lastKey = Number.NaN;
  let last: Span = { starts: [], offsets: [] };
  const offsetAt = (atMs: number): number => {
    if (!(atMs >= EARLIEST_MS && atMs < LATEST_MS)) {
      checkFinite('atMs', atMs);
      throw engineError('out_of_range', `instants go from 1900 to 2200 in ms since 1970, got ${atMs}`, {
        atMs,
      });
    }
    const key = Math.floor(atMs / SPAN_MS);
    if (key !== lastKey) {
      last = spans.get(key) ?? tabulate(ask, key * SPAN_MS);
      spans.set(key, last);
      lastKey = key;
    }
    let k = last.starts.length - 1;
    while (k > 0 && atMs < (last.starts[k] as number)) k--;
    return last.offsets[k] as number;
  };
  return { name, offsetAt };
};
