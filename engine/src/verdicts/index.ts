export {
  type EVerdicts,
  eBenjaminiHochberg,
  eBonferroni,
  eHolm,
  eToP,
  type LogEValues,
  mergeDependent,
  mergeIndependent,
  pToE,
} from './e-values.ts';
export { benjaminiHochberg, bonferroni, holm, type Verdicts } from './p-values.ts';
