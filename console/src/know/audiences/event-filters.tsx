import { ActionIcon, Button, Menu } from '@mantine/core';
import { type EventFilter, type EventRule, ruleLimits } from '@mesure/contract/segments';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useWords } from '#words';
import classes from './builder.module.css';
import { useBuilder } from './builder-context.ts';
import { ItemFilter } from './item-filter.tsx';
import type { ChangeLeaf } from './leaf-part.tsx';
import { PropertyFilter } from './property-filter.tsx';

/** What has to be true of the event itself: its properties, or one of its order lines. */
export const EventFilters = ({
  rule,
  onChange,
}: {
  readonly rule: EventRule;
  readonly onChange: ChangeLeaf;
}) => {
  const { t } = useWords();
  const { known, disabled } = useBuilder();
  const event = known.events.find(({ name }) => name === rule.name);
  const filters = rule.where ?? [];
  const put = (where: EventFilter[], typing?: string): void => {
    const { where: _before, ...rest } = rule;
    onChange(where.length === 0 ? rest : { ...rest, where }, typing);
  };
  const [property] = event?.properties ?? [];
  const fresh: EventFilter =
    property?.type === 'number'
      ? { kind: 'number', key: property.key, test: { operator: 'gte', value: property.range?.min ?? 0 } }
      : { kind: 'text', key: property?.key ?? '', test: { operator: 'exists' } };
  const category = event?.items?.category[0];
  const freshItem: EventFilter = category
    ? { kind: 'item', category: { operator: 'equals', value: category.value } }
    : { kind: 'item', sku: { operator: 'exists' } };
  return (
    <>
      {filters.map((filter, index) => (
        // Filters have no names of their own: their place is all that tells them apart.
        <div
          key={`filter-${String(index)}`}
          className={classes.line}
          role="group"
          aria-label={t('audiences.filter.label')}
        >
          {filter.kind === 'item' ? (
            <ItemFilter
              filter={filter}
              items={event?.items ?? null}
              onChange={(next, typing) =>
                put(filters.with(index, next), typing && `${typing} ${String(index)}`)
              }
            />
          ) : (
            <PropertyFilter
              filter={filter}
              properties={event?.properties ?? []}
              onChange={(next, typing) =>
                put(filters.with(index, next), typing && `${typing} ${String(index)}`)
              }
            />
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            size="md"
            aria-label={t('audiences.filter.remove')}
            onClick={() => put(filters.toSpliced(index, 1))}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {filters.length >= ruleLimits.filters ? null : (
        <Menu shadow="md" position="bottom-start">
          <Menu.Target>
            <Button
              size="compact-xs"
              variant="subtle"
              disabled={disabled}
              leftSection={<IconPlus size={12} aria-hidden />}
              style={{ alignSelf: 'flex-start' }}
            >
              {t('audiences.filter.add')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => put([...filters, freshItem])}>{t('audiences.filter.item')}</Menu.Item>
            <Menu.Item onClick={() => put([...filters, fresh])}>{t('audiences.filter.property')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
};
