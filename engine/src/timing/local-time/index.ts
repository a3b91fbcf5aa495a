export { hourExposure } from './exposure.ts';
export { instantOf, type LocalInstant } from './instant.ts';
export { hourOfWeek, localHour, WEEK_HOURS } from './local-hour.ts';
export { type Zone, zoneOf } from './zone.ts';
