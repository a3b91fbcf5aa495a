import { SimpleGrid, Stack } from '@mantine/core';
import { type HomeBody, homeRoutes } from '@mesure/contract/home';
import { useQuery } from '@tanstack/react-query';
import { keepingBefore, queryOf } from '#platform/api';
import { ErrorNotice, Loading, Page } from '#platform/kit';
import { currentLanguage, useWords } from '#words';
import { Answer } from './answer.tsx';
import { BrakePanel } from './brake-panel.tsx';
import { Happened } from './happened.tsx';
import { NotSent } from './not-sent.tsx';
import { Steps } from './steps.tsx';
import { Waiting } from './waiting.tsx';

/** While the set-up is under way its steps say what the sender lacks: not twice. */
const settingUp = (home: HomeBody): HomeBody =>
  home.steps.every(({ done }) => done)
    ? home
    : { ...home, waiting: home.waiting.filter(({ code }) => code !== 'sender_problem') };

/** What happened, what did not and why, and what waits for whoever reads it. */
export const HomePage = () => {
  const { t } = useWords();
  const { data, error, refetch } = useQuery({
    ...queryOf(homeRoutes.readHome, { query: { language: currentLanguage() } }),
    ...keepingBefore,
  });
  const home = data ? settingUp(data) : undefined;
  return (
    <Page title={t('shell.places.home')} answer={home ? <Answer home={home} /> : undefined}>
      <ErrorNotice error={error} onRetry={() => void refetch()} />
      {data === undefined && error === null ? <Loading lines={8} height={56} /> : null}
      {home ? (
        <Stack gap="lg">
          <Steps steps={home.steps} />
          <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
            <Stack gap="lg">
              <Waiting waiting={home.waiting} />
              <BrakePanel brake={home.brake} />
            </Stack>
            <Stack gap="lg">
              <NotSent notSent={home.notSent} sent={home.happened.sent} />
              <Happened happened={home.happened} />
            </Stack>
          </SimpleGrid>
        </Stack>
      ) : null}
    </Page>
  );
};
