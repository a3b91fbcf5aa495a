import { ActionIcon, Button, Menu, Stack, Text } from '@mantine/core';
import type { EventFilter, TraitTest } from '@mesure/contract/segments';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useWords } from '#words';
import classes from './builder.module.css';
import { TestFields } from './test-fields.tsx';
import type { Known } from './tree/fresh.ts';
import { asNumberTest, asTextTest } from './tree/narrow.ts';
import { numberOperators, textOperators } from './tree/test-change.ts';

type Item = Extract<EventFilter, { kind: 'item' }>;

interface ItemFilterProps {
  readonly filter: Item;
  readonly items: Known['events'][number]['items'];
  readonly onChange: (filter: Item, typing?: string) => void;
}

const textParts = ['category', 'name', 'sku'] as const;
const numberParts = ['quantity', 'unitPrice'] as const;
const parts = [...textParts, ...numberParts] as const;
type Part = (typeof parts)[number];

const isText = (part: Part): part is (typeof textParts)[number] => textParts.some((each) => each === part);

const withTest = (filter: Item, part: Part, test: TraitTest): Item =>
  isText(part) ? { ...filter, [part]: asTextTest(test) } : { ...filter, [part]: asNumberTest(test) };

const without = (filter: Item, part: Part): Item => {
  const { [part]: _gone, ...rest } = filter;
  return rest;
};

/** One order line that fulfils all of this at once. */
export const ItemFilter = ({ filter, items, onChange }: ItemFilterProps) => {
  const { t } = useWords();
  const said = parts.filter((part) => filter[part] !== undefined);
  const open = parts.filter((part) => filter[part] === undefined);
  return (
    <Stack gap={6}>
      <Text size="xs" c="var(--mesure-quiet)">
        {t('audiences.filter.itemHint')}
      </Text>
      {said.map((part) => {
        const test = filter[part];
        const name = t(`audiences.item.${part}`);
        return test === undefined ? null : (
          <div key={part} className={classes.line}>
            <Text size="sm" w={100} mt={4}>
              {name}
            </Text>
            <TestFields
              of={name}
              test={test}
              operators={isText(part) ? textOperators : numberOperators}
              type={isText(part) ? 'text' : 'number'}
              values={isText(part) ? (items?.[part] ?? []) : []}
              onChange={(next, typing) =>
                onChange(withTest(filter, part, next), typing && `${part} ${typing}`)
              }
            />
            {said.length > 1 ? (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="md"
                aria-label={t('audiences.filter.removePart', { part: name })}
                onClick={() => onChange(without(filter, part))}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            ) : null}
          </div>
        );
      })}
      {open.length > 0 ? (
        <Menu shadow="md" position="bottom-start">
          <Menu.Target>
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconPlus size={12} aria-hidden />}
              style={{ alignSelf: 'flex-start' }}
            >
              {t('audiences.filter.addPart')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {open.map((part) => (
              <Menu.Item
                key={part}
                onClick={() =>
                  onChange(
                    withTest(
                      filter,
                      part,
                      isText(part)
                        ? items?.[part][0]
                          ? { operator: 'equals', value: items[part][0].value }
                          : { operator: 'exists' }
                        : { operator: 'gte', value: 1 },
                    ),
                  )
                }
              >
                {t(`audiences.item.${part}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </Stack>
  );
};
