import { Code, List, Stack, Text, Title } from '@mantine/core';
import { decisionRoutes, type decisionSchema } from '@mesure/contract/decisions';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { queryOf } from '#platform/api';
import { formatHours, formatInstant, formatList, formatShare } from '#platform/format';
import { ErrorNotice, Loading } from '#platform/kit';
import { useWords } from '#words';
import { AnchorLink } from './anchor-link.tsx';
import { DecisionProducts } from './decision-products.tsx';
import { DecisionRule } from './decision-rule.tsx';
import { rulesSchema } from './outcome.ts';
import { Stored } from './stored.tsx';

export type Decision = z.output<typeof decisionSchema>;

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Stack gap={4} component="section">
    <Title order={3} size="h6">
      {title}
    </Title>
    {children}
  </Stack>
);

const chance = (share: number): string => formatShare(share, share < 0.01 ? 3 : 1);

const Draws = ({ decision }: { readonly decision: Decision }) => {
  const { t } = useWords();
  return (
    <List size="sm" spacing={2}>
      {decision.experimentArms.map(({ experiment, kind, arm, share }) => (
        <List.Item key={`${experiment} ${kind}`}>
          {kind === 'holdout'
            ? t(experiment === 'global_holdout' ? 'people.why.globalDraw' : 'people.why.campaignDraw', {
                share: chance(share),
              })
            : t('people.why.variantDraw', { arm, share: chance(share) })}
        </List.Item>
      ))}
    </List>
  );
};

const Checks = ({ decision }: { readonly decision: Decision }) => {
  const { t } = useWords();
  const inputs = rulesSchema.safeParse(decision.inputs).data;
  const cap = inputs?.rules.pressureCap;
  const quiet = inputs?.rules.quietHours;
  return (
    <List size="sm" spacing={2}>
      <List.Item>{t('people.why.checkConsent')}</List.Item>
      <List.Item>{t('people.why.checkPause')}</List.Item>
      {quiet ? (
        <List.Item>{t('people.why.checkQuiet', { start: quiet.start, end: quiet.end })}</List.Item>
      ) : null}
      {cap ? (
        <List.Item>
          {t('people.why.checkCap', { count: cap.messages, time: formatHours(cap.hours) })}
        </List.Item>
      ) : null}
      {inputs?.personalised === false ? <List.Item>{t('people.why.notPersonalised')}</List.Item> : null}
      {inputs?.clickTracking === false ? <List.Item>{t('people.why.notTracked')}</List.Item> : null}
    </List>
  );
};

/** The record of one decision, told plainly: for whom, allowed by what, chosen how, approved by whom. */
export const DecisionRecord = ({ id }: { readonly id: string }) => {
  const { t } = useWords();
  const found = useQuery(queryOf(decisionRoutes.getDecision, { params: { id } }));
  if (found.error) return <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Loading lines={8} height={24} />;
  const decision = found.data;
  return (
    <Stack gap="md" pt="xs">
      <Text size="sm">
        {t('people.why.intro', { date: formatInstant(decision.at) })}{' '}
        <Stored>{t('people.why.subject', { subject: decision.message.subject })}</Stored>
      </Text>
      <Part title={t('people.why.whom')}>
        <DecisionRule rule={decision.audienceRule} />
      </Part>
      <Part title={t('people.why.allowed')}>
        <Text size="sm">
          {t('people.why.consent')}{' '}
          <AnchorLink
            to="/people/$id"
            params={{ id: decision.profileId }}
            search={{ tab: 'consents' }}
            size="sm"
          >
            {t('people.why.showConsent')}
          </AnchorLink>
        </Text>
        <Checks decision={decision} />
      </Part>
      <Part title={t('people.why.draws')}>
        <Draws decision={decision} />
        <Text size="sm">{t('people.why.probability', { share: chance(decision.probability) })}</Text>
      </Part>
      <Part title={t('people.why.products')}>
        <DecisionProducts decision={decision} />
      </Part>
      <Part title={t('people.why.approved')}>
        <Text size="sm">
          {decision.approverNames.length === 0 ? (
            t('people.why.noApprover')
          ) : (
            <Stored>{t('people.why.approver', { names: formatList(decision.approverNames) })}</Stored>
          )}
        </Text>
        <Text size="xs" c="var(--mesure-quiet)" component="div">
          {t('people.why.content')} <Code>{decision.contentHash.slice(0, 16)}</Code>
          {Object.entries(decision.modelVersions).map(([name, version]) => (
            <span key={name}>
              {' · '}
              {name} <Code>{version}</Code>
            </span>
          ))}
        </Text>
      </Part>
    </Stack>
  );
};
