import { Button, FileButton, Group, Image, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { brandLogoLimits, settingsRoutes } from '@mesure/contract/settings';
import { IconPhotoUp, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call, pictureAt, queryOf, refresh, useCall } from '#platform/api';
import { tell, tellWithUndo } from '#platform/feedback';
import { formatBytes } from '#platform/format';
import { ErrorNotice, Loading, Panel } from '#platform/kit';
import { useWords } from '#words';

const accepted = ['image/png', 'image/jpeg', 'image/webp'];

/** The logo on customers' pages and in messages. */
export const Logo = ({ locked }: { readonly locked: string | undefined }) => {
  const { t } = useWords();
  const { data, error, isPending } = useQuery(queryOf(settingsRoutes.readBrandLogo));
  const [refused, setRefused] = useState<string | null>(null);
  const choose = useRef<HTMLButtonElement>(null);
  const save = useCall(settingsRoutes.saveBrandLogo, {
    onSuccess: () => tell(t('settings.brand.logoSaved')),
  });
  const remove = useCall(settingsRoutes.removeBrandLogo);
  const logo = data?.logo ?? null;

  const upload = (file: File | null): void => {
    if (!file) return;
    setRefused(null);
    if (!accepted.includes(file.type)) setRefused(t('settings.brand.logoKind'));
    else if (file.size > brandLogoLimits.bytes)
      setRefused(t('settings.brand.logoLarge', { size: formatBytes(file.size) }));
    else save.mutate({ body: file });
  };
  const takeAway = async (path: string): Promise<void> => {
    const before = await pictureAt(path);
    await remove.mutateAsync({});
    choose.current?.focus();
    tellWithUndo(t('settings.brand.logoRemoved'), async () => {
      await call(settingsRoutes.saveBrandLogo, { body: before });
      await refresh('settings');
    });
  };

  return (
    <Panel title={t('settings.brand.logo')} hint={t('settings.brand.logoHint')}>
      {isPending ? <Loading lines={2} height={40} /> : null}
      {logo ? (
        <Stack gap="xs">
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            {(['#ffffff', '#1b2129'] as const).map((ground) => (
              <Paper key={ground} withBorder p="md" bg={ground}>
                <Image src={logo.path} alt={t('settings.brand.logoAlt')} h={64} fit="contain" />
              </Paper>
            ))}
          </SimpleGrid>
          <Text size="xs" c="var(--mesure-quiet)">
            {t('settings.brand.logoFacts', {
              width: logo.width,
              height: logo.height,
              size: formatBytes(logo.bytes),
            })}
          </Text>
        </Stack>
      ) : null}
      {refused ? (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {refused}
        </Text>
      ) : null}
      <ErrorNotice error={save.error ?? remove.error ?? error} />
      {isPending ? null : (
        <Group gap="sm">
          <FileButton accept={accepted.join(',')} onChange={upload} disabled={locked !== undefined}>
            {(props) => (
              <Button
                {...props}
                ref={choose}
                variant="default"
                loading={save.isPending}
                disabled={locked !== undefined}
                leftSection={<IconPhotoUp size={18} aria-hidden />}
              >
                {logo ? t('settings.brand.logoReplace') : t('settings.brand.logoUpload')}
              </Button>
            )}
          </FileButton>
          {logo ? (
            <Button
              variant="subtle"
              color="red"
              disabled={locked !== undefined}
              loading={remove.isPending}
              leftSection={<IconTrash size={18} aria-hidden />}
              onClick={() => void takeAway(logo.path).catch(() => undefined)}
            >
              {t('common.remove')}
            </Button>
          ) : null}
        </Group>
      )}
    </Panel>
  );
};
