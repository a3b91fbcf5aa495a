import type { CampaignReportBody } from '@mesure/contract/report';

export type FunnelStep = 'audience' | 'eligible' | 'treated' | 'sent' | 'clicked' | 'ordered';

export interface Funnel {
  readonly step: FunnelStep;
  readonly people: number;
  /** Of the widest step, in [0, 1]. */
  readonly share: number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/**
 * From the audience to orders. `eligible` are those who were drawn, `treated` those drawn into a variant: orders count
 * among all of them, whether a message reached them or not, so that this number fits the comparison with the holdout.
 */
export const funnelSteps = ({
  arms,
  ledger,
}: Pick<CampaignReportBody, 'arms' | 'ledger'>): readonly Funnel[] => {
  const variants = arms.filter(({ kind }) => kind === 'variant');
  const people: Readonly<Record<FunnelStep, number>> = {
    audience: ledger.audience,
    eligible: sum(arms.map(({ assigned }) => assigned)),
    treated: sum(variants.map(({ assigned }) => assigned)),
    sent: sum(variants.map(({ sends }) => sends['accepted'] ?? 0)),
    clicked: sum(variants.map(({ clickedPeople }) => clickedPeople)),
    ordered: sum(variants.map(({ orderedPeople }) => orderedPeople)),
  };
  const widest = Math.max(...Object.values(people), 1);
  return (Object.keys(people) as FunnelStep[]).map((step) => ({
    step,
    people: people[step],
    share: people[step] / widest,
  }));
};
