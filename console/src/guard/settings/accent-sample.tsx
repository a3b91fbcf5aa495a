import { Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { brandPalette, contrastOf } from '@mesure/contract/brand-colour';
import { formatNumber } from '#platform/format';
import { StateBadge } from '#platform/kit';
import { useWords } from '#words';

const grounds = {
  light: { ground: '#ffffff', text: '#1c2128' },
  dark: { ground: '#1b2129', text: '#e4e7eb' },
} as const;

interface AccentSampleProps {
  readonly accent: string;
  readonly name: string;
}

/** What becomes of the brand's colour on customers' pages, in light and dark, with its contrast in figures. */
export const AccentSample = ({ accent, name }: AccentSampleProps) => {
  const { t } = useWords();
  if (!/^#[0-9a-fA-F]{6}$/.test(accent)) return null;
  const palette = brandPalette(accent);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      {(['light', 'dark'] as const).map((scheme) => {
        const { accent: used, onAccent, adjusted } = palette[scheme];
        const { ground, text } = grounds[scheme];
        const ratio = contrastOf(used, ground);
        return (
          <Stack key={scheme} gap="xs">
            <Paper withBorder p="md" bg={ground} c={text}>
              <Stack gap="xs" align="flex-start">
                <Text size="sm" fw={600} c={text} dir="auto">
                  {name}
                </Text>
                <Text size="sm" td="underline" c={used}>
                  {t('settings.brand.sampleLink')}
                </Text>
                <Text size="sm" px="sm" py={4} bg={used} c={onAccent} style={{ borderRadius: 4 }}>
                  {t('settings.brand.sampleButton')}
                </Text>
              </Stack>
            </Paper>
            <Group gap="xs">
              <StateBadge tone={adjusted ? 'caution' : 'good'}>
                {adjusted ? t('settings.brand.adjusted', { colour: used }) : t('settings.brand.asGiven')}
              </StateBadge>
              <Text size="xs" c="var(--mesure-quiet)">
                {t(`settings.brand.contrast.${scheme}`, { ratio: formatNumber(Math.round(ratio * 10) / 10) })}
              </Text>
            </Group>
          </Stack>
        );
      })}
    </SimpleGrid>
  );
};
