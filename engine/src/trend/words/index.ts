export {
  type BurstInput,
  type BurstingWord,
  type BurstSettings,
  type Bursts,
  burstingWords,
  type NoBursts,
} from './burst.ts';
export type { WordUses } from './uses.ts';
