import { SegmentedControl, SimpleGrid, Stack, useMantineColorScheme } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Page } from '#platform/kit';
import { speak, useWords } from '#words';
import { DrawnSamples } from './drawn-samples.tsx';
import { FieldSamples } from './field-samples.tsx';
import { ListSamples } from './list-samples.tsx';
import { StateSamples } from './state-samples.tsx';

const route = getRouteApi('/inside/gallery');

/** Appearance and language come from the address, so that a picture can be taken of each. */
export const GalleryPage = () => {
  const { t, i18n } = useWords();
  const { scheme, lang } = route.useSearch();
  const navigate = useNavigate({ from: '/gallery' });
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (scheme) setColorScheme(scheme);
  }, [scheme, setColorScheme]);
  useEffect(() => {
    if (lang) void speak(lang);
  }, [lang]);
  return (
    <Page
      wide
      title={t('gallery.title')}
      answer={t('gallery.answer')}
      actions={
        <>
          <SegmentedControl
            aria-label={t('gallery.scheme')}
            data={[
              { value: 'light', label: t('shell.schemeLight') },
              { value: 'dark', label: t('shell.schemeDark') },
            ]}
            value={colorScheme === 'dark' ? 'dark' : 'light'}
            onChange={(value) =>
              void navigate({
                search: (before) => ({ ...before, scheme: value === 'dark' ? 'dark' : 'light' }),
              })
            }
          />
          <SegmentedControl
            aria-label={t('gallery.language')}
            data={[
              { value: 'en', label: t('shell.english') },
              { value: 'fr', label: t('shell.french') },
            ]}
            value={i18n.language === 'fr' ? 'fr' : 'en'}
            onChange={(value) =>
              void navigate({ search: (before) => ({ ...before, lang: value === 'fr' ? 'fr' : 'en' }) })
            }
          />
        </>
      }
    >
      <Stack gap="lg" data-samples>
        <SimpleGrid cols={{ base: 1, lg: 2 }}>
          <StateSamples />
          <FieldSamples />
        </SimpleGrid>
        <ListSamples />
        <DrawnSamples />
      </Stack>
    </Page>
  );
};
