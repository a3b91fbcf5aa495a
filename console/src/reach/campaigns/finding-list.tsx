import { Alert, List } from '@mantine/core';
import type { CampaignReview } from '@mesure/contract/campaigns';
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import { useWords } from '#words';

type Finding = CampaignReview['findings'][number];

const once = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values(),
];

/** Errors keep a campaign from review; warnings are for whoever decides. */
export const FindingList = ({ findings }: { readonly findings: readonly Finding[] }) => {
  const { t, i18n } = useWords();
  const language = i18n.language === 'fr' ? 'fr' : 'en';
  return (['error', 'warning'] as const).map((severity) => {
    const found = once(findings.filter((finding) => finding.severity === severity));
    if (found.length === 0) return null;
    return (
      <Alert
        key={severity}
        color={severity === 'error' ? 'red' : 'yellow'}
        icon={severity === 'error' ? <IconCircleX aria-hidden /> : <IconAlertTriangle aria-hidden />}
        title={t(`campaigns.review.${severity}`, { count: found.length })}
      >
        <List size="sm">
          {found.map((finding) => (
            <List.Item key={JSON.stringify(finding)}>
              {finding.variant === null
                ? finding.message[language]
                : t('campaigns.review.ofVariant', {
                    variant: finding.variant,
                    message: finding.message[language],
                  })}
            </List.Item>
          ))}
        </List>
      </Alert>
    );
  });
};
