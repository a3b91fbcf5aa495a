export { type Rfm, type RfmSettings, rfm } from './rfm.ts';
export { RFM_RULES, type RfmRule } from './rules.ts';
