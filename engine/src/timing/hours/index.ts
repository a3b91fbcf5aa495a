export { fitTiming, type TimingSettings } from './fit.ts';
export {
  collectHours,
  type EventDecay,
  type HourHistory,
  type TimingEvents,
  type TimingInput,
} from './history.ts';
export type { Mix } from './mix.ts';
export type { NoTimingAnswer, TimingModel } from './model.ts';
export type { TimingPeople } from './people.ts';
export { readTiming, type TimingReader, type WeekEvents } from './read.ts';
export { loadTiming, saveTiming } from './save.ts';
