import { checkFinite, engineError } from '../../errors/index.ts';
import { HOUR_MS, hourOfWeek, localHour, WEEK_HOURS } from './local-hour.ts';
import type { Zone } from './zone.ts';

const QUARTER_MS = HOUR_MS / 4;

/**
 * How many hours each hour of the week had in a span of time on a zone's clock, length 168: the hour that a clock skips in spring has
 * one less, the one it shows twice in autumn one more, and parts of weeks count as they are. Offsets in quarters of an hour (all since
 * 1972). 4 steps an hour: 0.5 ms a year.
 *
 * @throws EngineError `out_of_range` unless fromMs < toMs, `nan`, `not_finite`
 * @example hourExposure(zoneOf('Europe/Paris'), Date.UTC(2025, 0, 1), Date.UTC(2026, 0, 1))[6 * 24 + 2] // 51: Sunday 02:00
 */
export const hourExposure = (zone: Zone, fromMs: number, toMs: number): Float64Array => {
  if (!(checkFinite('toMs', toMs) > checkFinite('fromMs', fromMs)))
    throw engineError('out_of_range', `a span needs fromMs < toMs, got ${fromMs}, ${toMs}`);
  const out = new Float64Array(WEEK_HOURS);
  for (let at = fromMs; at < toMs; ) {
    const next = Math.min(toMs, (Math.floor(at / QUARTER_MS) + 1) * QUARTER_MS);
    const hour = hourOfWeek(localHour(zone, at));
    out[hour] = (out[hour] as number) + (next - at) / HOUR_MS;
    at = next;
  }
  return out;
};
