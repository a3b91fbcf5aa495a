import { Button, Group, Menu, Stack, Table, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { EChartsOption } from 'echarts';
import { Suspense, useRef, useState } from 'react';
import { lazyPart } from '#platform/update';
import { useWords } from '#words';
import type { DrawnChart } from './drawn-chart.tsx';
import { Loading } from './loading.tsx';

const Drawn = lazyPart(async () => (await import('./drawn-chart.tsx')).DrawnChart);

export interface ChartProps {
  /** The finding, not the axes: “Wine clients order more: +3 to +9 %”. */
  readonly title: string;
  readonly options: EChartsOption;
  /** The same figures as a table: for screen readers, for copying, for whoever prefers it. */
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };
  readonly height?: number;
  /** File name for downloads, without extension. */
  readonly fileName?: string;
}

/** A chart with its figures behind it; the drawing library is loaded when the first chart is needed. */
export const Chart = ({ title, options, table, height = 280, fileName = 'mesure' }: ChartProps) => {
  const { t } = useWords();
  const [asTable, setAsTable] = useState(false);
  const drawn = useRef<DrawnChart>(null);
  return (
    <Stack gap="xs" component="figure" m={0}>
      <Group justify="space-between" gap="xs">
        <Text component="figcaption" fw={600} size="sm">
          {title}
        </Text>
        <Group gap="xs">
          <Button size="compact-xs" variant="default" onClick={() => setAsTable(!asTable)}>
            {asTable ? t('common.showChart') : t('common.showTable')}
          </Button>
          {asTable ? null : (
            <Menu>
              <Menu.Target>
                <Button
                  size="compact-xs"
                  variant="default"
                  leftSection={<IconDownload size={14} aria-hidden />}
                >
                  {t('common.download')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => drawn.current?.save('svg', fileName)}>SVG</Menu.Item>
                <Menu.Item onClick={() => drawn.current?.save('png', fileName)}>PNG</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </Group>
      </Group>
      {asTable ? (
        <Table.ScrollContainer minWidth={320}>
          <Table>
            <Table.Caption>{title}</Table.Caption>
            <Table.Thead>
              <Table.Tr>
                {table.head.map((name) => (
                  <Table.Th key={name}>{name}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {table.rows.map((row) => (
                <Table.Tr key={row.join('|')}>
                  {row.map((value, column) => (
                    <Table.Td key={table.head[column]}>{value}</Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : (
        <Suspense fallback={<Loading lines={1} height={height} />}>
          <Drawn ref={drawn} title={title} options={options} height={height} />
        </Suspense>
      )}
    </Stack>
  );
};
