import { Button, Group, Table, Text } from '@mantine/core';
import type { ImportField, ImportGuess, ImportMapping } from '@mesure/contract/imports';
import { useState } from 'react';
import { Panel } from '#platform/kit';
import { useWords } from '#words';
import { assignColumn, type FieldGroup, fieldGroups, isCorrected } from './mapping.ts';
import classes from './mapping-panel.module.css';
import { MappingRow } from './mapping-row.tsx';

interface MappingPanelProps {
  readonly guess: ImportGuess;
  readonly mapping: ImportMapping;
  readonly onChange: (mapping: ImportMapping) => void;
  readonly saving: boolean;
  readonly dirty: boolean;
}

const readings = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;
/** Shown even when the file lacks them: an import without them cannot be, or is poorer. */
const alwaysShown: ReadonlySet<ImportField> = new Set([
  'orderId',
  'orderDate',
  'customerId',
  'email',
  'sku',
  'productName',
  'quantity',
  'unitPrice',
]);

export const MappingPanel = ({ guess, mapping, onChange, saving, dirty }: MappingPanelProps) => {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  // What was there when the page opened stays, so that no row vanishes under the hand that clears it.
  const [there] = useState(() => new Set(Object.keys(mapping.columns)));
  const isShown = (field: ImportField): boolean =>
    all || alwaysShown.has(field) || there.has(field) || mapping.columns[field] !== undefined;
  const groups = Object.entries(fieldGroups) as [FieldGroup, readonly ImportField[]][];
  const hidden = groups.flatMap(([, fields]) => fields).filter((field) => !isShown(field)).length;
  return (
    <Panel
      title={t('imports.mapping.title')}
      hint={
        <>
          {t('imports.mapping.hint')} {guess.preset ? t(`imports.mapping.preset.${guess.preset}`) : ''}{' '}
          {t(`imports.mapping.reading.${readings[guess.delimiter]}`, {
            encoding: guess.encoding.toUpperCase(),
          })}
        </>
      }
      actions={
        <Group gap="sm">
          <Text size="sm" c="var(--mesure-quiet)" aria-live="polite">
            {saving ? t('imports.mapping.saving') : dirty ? t('common.draft.unsaved') : ''}
          </Text>
          {isCorrected(guess.mapping, mapping) ? (
            <Button size="compact-sm" variant="default" onClick={() => onChange(guess.mapping)}>
              {t('imports.mapping.back')}
            </Button>
          ) : null}
        </Group>
      }
    >
      <Table.ScrollContainer minWidth={640}>
        <Table withRowBorders verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('imports.mapping.field')}</Table.Th>
              <Table.Th>{t('imports.mapping.column')}</Table.Th>
              <Table.Th>{t('imports.mapping.samples')}</Table.Th>
              <Table.Th>{t('imports.mapping.reason')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          {groups.map(([group, fields]) => (
            <Table.Tbody key={group}>
              <Table.Tr>
                <Table.Th colSpan={4} scope="rowgroup" className={classes.group}>
                  {t(`imports.mapping.group.${group}`)}
                </Table.Th>
              </Table.Tr>
              {fields.filter(isShown).map((field) => (
                <MappingRow
                  key={field}
                  field={field}
                  guess={guess}
                  mapping={mapping}
                  onColumn={(column) => onChange(assignColumn(mapping, field, column))}
                />
              ))}
            </Table.Tbody>
          ))}
        </Table>
      </Table.ScrollContainer>
      {hidden > 0 || all ? (
        <Group>
          <Button size="compact-sm" variant="default" onClick={() => setAll(!all)}>
            {all ? t('imports.mapping.showFewer') : t('imports.mapping.showAll', { count: hidden })}
          </Button>
        </Group>
      ) : null}
    </Panel>
  );
};
