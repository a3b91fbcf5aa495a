import { Alert, Button, Group, Text } from '@mantine/core';
import { homeRoutes } from '@mesure/contract/home';
import { IconArrowRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queryOf } from '#platform/api';
import { currentLanguage, useWords } from '#words';
import { nextStep, stepPlaces } from './next-place.ts';
import type { Section } from './sections.ts';

/** While the first campaign is being prepared: where to go from this page. */
export const NextStep = ({ section }: { readonly section: Section }) => {
  const { t } = useWords();
  const { data } = useQuery(queryOf(homeRoutes.readHome, { query: { language: currentLanguage() } }));
  const next = nextStep(section, data?.steps ?? []);
  if (next === null) return null;
  return (
    <Alert color="accent" variant="light" role="status">
      <Group justify="space-between" gap="sm">
        <Text size="sm">{t('home.steps.next', { step: t(`home.steps.${next}.title`) })}</Text>
        <Button
          renderRoot={(props) => <Link to={stepPlaces[next]} {...props} />}
          size="compact-md"
          rightSection={<IconArrowRight size={16} aria-hidden />}
        >
          {t(`home.steps.${next}.go`)}
        </Button>
      </Group>
    </Alert>
  );
};
