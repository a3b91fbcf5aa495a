export type { Bucket } from './bucket.ts';
export { type DailyCalendar, dailyBuckets, type HourlyCalendar, hourlyBuckets } from './calendars.ts';
