import { z } from 'zod';
import { isAppError } from '#platform/errors';
import type { Tx } from '#platform/postgres';
import type { MessageSource, MessageVersion } from '#reach/content';
import type { Campaign } from './campaign.ts';
import type { Outside } from './outside.ts';
import type { CampaignsDeps } from './ports.ts';

const both = z.object({ en: z.string(), fr: z.string() });

export interface CampaignFinding {
  /** Null: about the campaign itself. */
  readonly variant: string | null;
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: { readonly en: string; readonly fr: string };
}

const error = (code: string, en: string, fr: string): CampaignFinding => ({
  variant: null,
  severity: 'error',
  code,
  message: { en, fr },
});

const sourceOf = ({ subject, mjml, text, language }: MessageVersion): MessageSource => ({
  subject,
  mjml,
  language,
  ...(text === null ? {} : { text }),
});

const warnNoHoldout: CampaignFinding = {
  variant: null,
  severity: 'warning',
  code: 'no_holdout',
  message: {
    en: 'Nobody is left out by chance: what this campaign changes cannot be measured.',
    fr: 'Personne n’est mis de côté au hasard : ce que change cette campagne ne pourra pas être mesuré.',
  },
};

/** What the campaign itself lacks, whatever its messages say. */
export const campaignFindings = (
  campaign: Campaign,
  input: { readonly outside: Outside; readonly audience: number; readonly topics: readonly string[] },
): readonly CampaignFinding[] => {
  const { outside, audience, topics } = input;
  const findings: CampaignFinding[] = [];
  if (!outside.segment) {
    findings.push(error('no_audience', 'Choose an audience.', 'Choisissez une audience.'));
  } else if (audience === 0) {
    findings.push(
      error('empty_audience', 'Nobody is in this audience now.', 'Cette audience est vide en ce moment.'),
    );
  }
  if (campaign.variants.length === 0) {
    findings.push(error('no_message', 'Choose a message.', 'Choisissez un message.'));
  }
  if (!outside.entityId) {
    findings.push(
      error('no_entity', 'Set up the legal sender first.', 'Renseignez d’abord l’expéditeur légal.'),
    );
  }
  if (campaign.topic && !topics.includes(campaign.topic)) {
    findings.push(
      error(
        'unknown_topic',
        'This topic is not on the preferences page: nobody could leave it.',
        'Ce thème n’est pas sur la page de préférences : personne ne pourrait s’en désinscrire.',
      ),
    );
  }
  if (campaign.holdoutShare === 0) findings.push(warnNoHoldout);
  return findings;
};

export const createFindings = (deps: CampaignsDeps) => ({
  /** Lint of every variant's latest version. Outside any transaction: it renders. */
  ofMessages: async (
    campaign: Campaign,
    versions: ReadonlyMap<string, MessageVersion>,
  ): Promise<readonly CampaignFinding[]> => {
    const found = await Promise.all(
      campaign.variants.map(async ({ key, messageId }): Promise<readonly CampaignFinding[]> => {
        const version = versions.get(messageId);
        if (!version) {
          return [
            {
              ...error('no_message', 'This message does not exist.', 'Ce message n’existe pas.'),
              variant: key,
            },
          ];
        }
        const lint = await deps.lint(sourceOf(version));
        return lint.map(({ severity, code, message }) => ({ variant: key, severity, code, message }));
      }),
    );
    return found.flat();
  },
  ofSender: async (tx: Tx, entityId: string | null): Promise<readonly CampaignFinding[]> => {
    if (!entityId) return [];
    try {
      await deps.checkSender(tx, entityId);
      return [];
    } catch (cause) {
      if (!isAppError(cause) || cause.code === 'internal') throw cause;
      const said = both.safeParse(cause.details?.message);
      return [
        {
          ...error('sender_not_ready', cause.message, cause.message),
          ...(said.success && { message: said.data }),
        },
      ];
    }
  },
});
