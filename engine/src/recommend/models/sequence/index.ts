export { fitSequence, type SequenceModel } from './fit.ts';
export { loadSequence, saveSequence } from './save.ts';
export type { SequenceSettings } from './settings.ts';
export { sequenceTaste } from './taste.ts';
