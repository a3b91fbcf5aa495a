import type { Interval } from '@mesure/engine/experiment';
import type { CampaignReport, Comparison, Difference, FindingStatus } from './report.ts';

export type Language = 'en' | 'fr';

export interface Finding {
  readonly status: FindingStatus;
  readonly sentence: string;
}

const locale = { en: 'en-GB', fr: 'fr-FR' } as const;

const perHundred = (share: number, language: Language): string =>
  new Intl.NumberFormat(locale[language], { maximumSignificantDigits: 2 }).format(Math.abs(share) * 100);

const dayOf = (at: Date, language: Language, timeZone: string): string => {
  const day = new Intl.DateTimeFormat(locale[language], { dateStyle: 'long', timeZone }).format(at);
  return language === 'fr' ? day.replace(/^1 /, '1er ') : day;
};

/** "than the holdout", "par rapport au groupe témoin" */
const thanControl = (control: string, language: Language): string => {
  if (control === 'holdout') return language === 'fr' ? 'par rapport au groupe témoin' : 'than the holdout';
  return language === 'fr' ? `par rapport à la variante ${control}` : `than variant ${control}`;
};

const STATUS_WORDS = {
  en: { proven: 'Proven', harmful: 'Harmful', not_yet: 'Not yet' },
  fr: { proven: 'Prouvé', harmful: 'Nuisible', not_yet: 'Pas encore' },
} as const;

/** "between 0.5 fewer and 3.1 more buyers per 100 people" */
const rangeWords = ({ low, high }: Interval, language: Language): string => {
  const [from, to] = [perHundred(low, language), perHundred(high, language)];
  if (language === 'fr') {
    if (low > 0) return `entre ${from} et ${to} acheteurs de plus pour 100 personnes`;
    if (high < 0) return `entre ${to} et ${from} acheteurs de moins pour 100 personnes`;
    return `entre ${from} acheteurs de moins et ${to} de plus pour 100 personnes`;
  }
  if (low > 0) return `between ${from} and ${to} more buyers per 100 people`;
  if (high < 0) return `between ${to} and ${from} fewer buyers per 100 people`;
  return `between ${from} fewer and ${to} more buyers per 100 people`;
};

/** Between two variants, which one: "for variant b". */
const forTreatment = ({ control, treatment }: Comparison, language: Language): string => {
  if (control === 'holdout') return '';
  return language === 'fr' ? ` pour la variante ${treatment}` : ` for variant ${treatment}`;
};

const answerWords = (
  difference: Extract<Difference, { answered: true }>,
  compared: Comparison,
  language: Language,
): Finding => {
  const { control } = compared;
  const status = ({ higher: 'proven', lower: 'harmful', not_yet: 'not_yet' } as const)[difference.verdict];
  const words = `${STATUS_WORDS[language][status]}${forTreatment(compared, language)}`;
  const found = `${rangeWords(difference.absolute, language)} ${thanControl(control, language)}`;
  return {
    status,
    sentence:
      language === 'fr'
        ? `${words} : ${found} (à 95 %, valable à chaque lecture).`
        : `${words}: ${found} (95 %, valid at every look).`,
  };
};

const tooFewWords = (language: Language): Finding => ({
  status: 'not_yet',
  sentence:
    language === 'fr'
      ? 'Pas encore : un groupe est presque vide, il n’y a rien à comparer.'
      : 'Not yet: one group is almost empty, there is nothing to compare.',
});

const mismatchWords = (language: Language): Finding => ({
  status: 'not_comparable',
  sentence:
    language === 'fr'
      ? 'Les groupes n’ont pas les tailles prévues par le tirage : la comparaison ne serait pas fiable. Cherchez la cause avant de lire les chiffres.'
      : 'The groups do not have the sizes that the draw planned: a comparison could not be trusted. Find the cause before reading the figures.',
});

const aloneWords = (language: Language): Finding => ({
  status: 'not_comparable',
  sentence:
    language === 'fr'
      ? 'Sans groupe témoin ni autre variante, on ne peut pas savoir ce que la campagne a changé.'
      : 'Without a holdout or another variant there is no telling what the campaign changed.',
});

const notStartedWords = (language: Language): Finding => ({
  status: 'not_started',
  sentence: language === 'fr' ? 'La campagne n’a pas encore commencé.' : 'The campaign has not started yet.',
});

const untilWords = (report: CampaignReport, language: Language, timeZone: string): string => {
  const { endsAt, complete } = report.window;
  if (complete || endsAt === null) return '';
  const day = dayOf(endsAt, language, timeZone);
  return language === 'fr' ? ` Les commandes comptent jusqu’au ${day}.` : ` Orders count until ${day}.`;
};

/** The report in one or two sentences. "Not yet" is an answer like the others. */
export const findingOf = (
  report: CampaignReport,
  { language, timeZone }: { readonly language: Language; readonly timeZone: string },
): Finding => {
  if (report.arms.every((arm) => arm.assigned === 0)) return notStartedWords(language);
  if (report.sampleRatio && !report.sampleRatio.asPlanned) return mismatchWords(language);
  const main = report.comparisons[0];
  if (main === undefined) return aloneWords(language);
  const finding = main.conversion.answered
    ? answerWords(main.conversion, main, language)
    : tooFewWords(language);
  return { ...finding, sentence: finding.sentence + untilWords(report, language, timeZone) };
};
