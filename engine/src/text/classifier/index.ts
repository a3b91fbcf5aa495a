export type { ClassCertificate, TextCertificate, TextClassifier } from './certificate.ts';
export type { CertificateSettings } from './certify.ts';
export {
  checkWords,
  type RecentTexts,
  renewCertificate,
  type WordsChecked,
  type WordsUnchecked,
} from './check-words.ts';
export { type AbstainReason, classifyText, type NoTextAnswer, type TextAnswer } from './classify.ts';
export { type FittedTextClassifier, fitTextClassifier, type TextClassifierSettings } from './fit.ts';
export { splitPeriods, type TextPeriods } from './periods.ts';
export { type ClassReport, macroF1, reportOn, type TextReport } from './report.ts';
export { loadTextClassifier, saveTextClassifier } from './save.ts';
export { type StarReviews, type StarSettings, textsFromStars } from './stars.ts';
