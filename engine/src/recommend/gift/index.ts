export {
  type ChosenPrior,
  chooseGiftPrior,
  type FitScorer,
  type GiftPriorSettings,
  type TriedPrior,
} from './choose-prior.ts';
export { EVIDENCE, type GiftEvidence, LIKELIHOOD_RATIOS } from './evidence.ts';
export { fitGiftModel, type GiftSettings } from './fit.ts';
export { type GiftLines, SAID_GIFT, SAID_MINE } from './gift-lines.ts';
export type { GiftModel } from './gift-model.ts';
export { type CorrectedGiftModel, learnFromCorrections } from './learn-from-corrections.ts';
export type { LikelihoodTable } from './likelihood-table.ts';
export { loadGiftModel, saveGiftModel } from './save.ts';
export { explainGift, type GiftExplanation, type GiftScores, scoreGifts } from './score.ts';
