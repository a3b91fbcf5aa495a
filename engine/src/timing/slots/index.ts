export { slotActivity } from './activity.ts';
export {
  decideSlot,
  type SlotBeliefs,
  type SlotDecision,
  type SlotRules,
  type SlotShares,
  type SlotSituation,
  slotBeliefs,
  slotShares,
} from './decide.ts';
export { type SlotEffect, type SlotEffectSettings, type SlotLog, slotEffect } from './effect.ts';
export { fitSlots, type SlotInput } from './fit.ts';
export type { SlotModel } from './model.ts';
export { loadSlots, saveSlots } from './save.ts';
export { countSends, type DayKind, type SlotCounts, type SlotSends } from './sends.ts';
