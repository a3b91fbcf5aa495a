export {
  type AreaOptions,
  type RankingAnswer,
  type RankingReason,
  rankingArea,
} from './areas.ts';
export { type AtShareOptions, upliftAtShare } from './at-share.ts';
export { type ByBinOptions, type UpliftBin, type UpliftByBin, upliftByBin } from './by-bin.ts';
export { type Curve, type CurveKind, qiniCurve, upliftCurve } from './curves.ts';
export type { RankingInput } from './ranked.ts';
export { type BootstrapSettings, type RankingFigure, type RankingReport, rankingReport } from './report.ts';
