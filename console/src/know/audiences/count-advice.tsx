import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { type Rule, segmentsRoutes } from '@mesure/contract/segments';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { isolated } from '#know/people';
import { queryOf } from '#platform/api';
import { formatNumber } from '#platform/format';
import { useWords } from '#words';
import type { Known } from './tree/fresh.ts';
import { unseen } from './tree/unseen.ts';

interface CountAdviceProps {
  readonly rule: Rule;
  readonly known: Known;
  readonly count: number;
  readonly total: number;
}

/** How many people each condition would give if it were alone: which of them shuts everybody out. */
const EachAlone = ({ rules }: { readonly rules: readonly Rule[] }) => {
  const { t, i18n } = useWords();
  const language = i18n.language === 'fr' ? 'fr' : 'en';
  const counts = useQueries({
    queries: rules.map((rule) =>
      queryOf(segmentsRoutes.previewSegment, { body: { rule, samples: 0, language } }),
    ),
  });
  return (
    <List size="sm" spacing={2}>
      {counts.map(({ data }, index) => (
        <List.Item key={`alone-${String(index)}`}>
          {data
            ? t('audiences.advice.alone', { words: isolated(data.words), people: formatNumber(data.count) })
            : t('common.loading')}
        </List.Item>
      ))}
    </List>
  );
};

/** Nobody, or everybody: said plainly, with what to look at. */
export const CountAdvice = ({ rule, known, count, total }: CountAdviceProps) => {
  const { t } = useWords();
  const [alone, setAlone] = useState(false);
  if (total === 0 || (count > 0 && count < total)) return null;
  const noRule = rule.kind === 'all' && rule.rules.length === 0;
  const never = unseen(rule, known);
  const parts = (rule.kind === 'all' || rule.kind === 'any') && rule.rules.length > 1 ? rule.rules : [];
  const nobody = count === 0;
  return (
    <Alert
      color={nobody ? 'yellow' : 'gray'}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      title={t(nobody ? 'audiences.advice.nobody' : 'audiences.advice.everybody')}
    >
      <Stack gap="xs">
        <Text size="sm">
          {noRule
            ? t('audiences.advice.noRule')
            : nobody
              ? t('audiences.advice.nobodyHint')
              : t('audiences.advice.everybodyHint')}
        </Text>
        {never.length > 0 ? (
          <List size="sm" spacing={2}>
            {never.map(({ path, what, name }) => (
              <List.Item key={path.join('.')}>
                {t(`audiences.advice.never.${what}`, { name: isolated(name) })}
              </List.Item>
            ))}
          </List>
        ) : null}
        {parts.length > 1 && !alone ? (
          <Group>
            <Button size="compact-sm" variant="default" onClick={() => setAlone(true)}>
              {t('audiences.advice.countAlone')}
            </Button>
          </Group>
        ) : null}
        {alone ? <EachAlone rules={parts} /> : null}
      </Stack>
    </Alert>
  );
};
