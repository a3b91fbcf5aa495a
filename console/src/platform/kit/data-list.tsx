import { Box, Group, Loader, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp, IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { compareText } from '#platform/format';
import { useWords } from '#words';
import classes from './data-list.module.css';
import { Empty } from './empty.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { Loading } from './loading.tsx';

export interface Column<T> {
  readonly key: string;
  readonly title: string;
  readonly cell: (row: T) => ReactNode;
  /** CSS grid track: `minmax(12rem, 2fr)`, `8rem`. */
  readonly width?: string;
  readonly align?: 'end';
  /** What to sort by in the browser; absent: this column does not sort (unless the server does, see `sorts`). */
  readonly by?: (row: T) => string | number | null;
  /** Shown only where the list is at least this wide: the least important go first. */
  readonly from?: 'sm' | 'md' | 'lg';
  /** Where the list is too narrow for it: a quiet second line under the first column, not gone. */
  readonly tuck?: true;
}

/** `-name`: by name, descending. */
export type Sort = string | undefined;

export interface DataListProps<T> {
  /** Names the list for screen readers. */
  readonly label: string;
  readonly rows: readonly T[] | undefined;
  readonly columns: readonly Column<T>[];
  readonly keyOf: (row: T) => string;
  readonly onOpen?: (row: T) => void;
  /** In the URL, kept by the page. */
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  /** Columns that the server sorts; rows then come in their order and are not sorted again here. */
  readonly sorts?: readonly string[];
  readonly search?: string;
  readonly onSearch?: (search: string) => void;
  readonly searchLabel?: string;
  /** Rows that the search in the browser keeps; absent: the server searches. */
  readonly matches?: (row: T, search: string) => boolean;
  /** More controls beside the search: filters. */
  readonly filters?: ReactNode;
  readonly filtered?: boolean;
  readonly onClearFilters?: () => void;
  /** Shown when there is nothing at all. */
  readonly empty?: ReactNode;
  readonly error?: unknown;
  readonly onRetry?: () => void;
  readonly hasMore?: boolean;
  readonly loadMore?: () => void;
  readonly loadingMore?: boolean;
  /** Rows in all, where the server knows better than the rows loaded. */
  readonly total?: number;
  /** Rows that search and filters keep, where that is known without loading them. */
  readonly found?: number;
  /** Pixels of a row. */
  readonly rowHeight?: number;
}

const sorted = <T,>(rows: readonly T[], columns: readonly Column<T>[], sort: Sort): readonly T[] => {
  if (sort === undefined) return rows;
  const down = sort.startsWith('-');
  const by = columns.find(({ key }) => key === sort.replace(/^-/, ''))?.by;
  if (!by) return rows;
  return rows.toSorted((a, b) => {
    const [x, y] = [by(a), by(b)];
    // Missing values stay at the end, whichever way one looks.
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : compareText(String(x), String(y));
    return down ? -order : order;
  });
};

const nextSort = (key: string, sort: Sort): Sort =>
  sort === key ? `-${key}` : sort === `-${key}` ? undefined : key;

const widthsFrom = { sm: 560, md: 800, lg: 1080 } as const;

/** Typing is answered at once; the URL and the server follow when the fingers rest. */
const SearchField = ({
  value,
  onChange,
  label,
}: {
  value: string;
  onChange: (text: string) => void;
  label: string;
}) => {
  const [text, setText] = useState(value);
  const given = useRef(value);
  useEffect(() => {
    if (value !== given.current) setText(value);
    given.current = value;
  }, [value]);
  useEffect(() => {
    if (text === given.current) return;
    const { pathname } = window.location;
    const timer = setTimeout(() => {
      // Somebody has already left for another page: the search must not lead them back.
      if (window.location.pathname !== pathname) return;
      given.current = text;
      onChange(text);
    }, 120);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  return (
    <TextInput
      type="search"
      data-list-search
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} aria-hidden />}
      value={text}
      maxLength={200}
      onChange={(event) => setText(event.currentTarget.value)}
      className={classes.search}
    />
  );
};

/** Every list of the console: virtual, sortable, searchable, moved through by arrow keys. Its state lives in the URL. */
export const DataList = <T,>(props: DataListProps<T>) => {
  const { t } = useWords();
  const { keyOf, onOpen, sort, onSort, rowHeight = 48, hasMore = false, loadMore } = props;
  const search = props.search ?? '';
  const { ref: measured, width } = useElementSize();
  const frame = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);

  // The first measure comes after the first paint: until then everything is shown.
  const columns = props.columns.filter(
    ({ from }) => from === undefined || width === 0 || width >= widthsFrom[from],
  );

  const tucked = props.columns.filter((column) => column.tuck && !columns.includes(column));

  const rows = useMemo(() => {
    const { matches } = props;
    const kept =
      matches && search.trim() !== ''
        ? (props.rows ?? []).filter((row) => matches(row, search.trim().toLocaleLowerCase()))
        : (props.rows ?? []);
    return props.sorts ? kept : sorted(kept, props.columns, sort);
  }, [props.rows, props.matches, props.sorts, props.columns, search, sort]);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - 20) loadMore?.();
  }, [hasMore, last, rows.length, loadMore]);

  const template = { '--columns': columns.map(({ width }) => width ?? 'minmax(6rem, 1fr)').join(' ') };
  const move = (to: number): void => {
    const index = Math.max(0, Math.min(rows.length - 1, to));
    setActive(index);
    virtual.scrollToIndex(index);
    requestAnimationFrame(() => {
      frame.current?.querySelector<HTMLElement>(`[data-index="${String(index)}"]`)?.focus();
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea, button, a')) return;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + 10,
      PageUp: active - 10,
      Home: 0,
      End: rows.length - 1,
    };
    const to = steps[event.key];
    if (to !== undefined) {
      event.preventDefault();
      move(to);
    } else if (event.key === 'Enter') {
      const row = rows[active];
      if (row !== undefined) onOpen?.(row);
    }
  };

  const sortable = (column: Column<T>): boolean =>
    onSort !== undefined && (props.sorts ? props.sorts.includes(column.key) : column.by !== undefined);
  const nothing = props.rows !== undefined && rows.length === 0;
  const asked = search.trim() !== '' || props.filtered === true;
  const known = props.found ?? (asked ? undefined : props.total);

  return (
    <Box ref={measured} className={classes.list} style={template}>
      {props.onSearch || props.filters ? (
        <Group gap="sm" className={classes.tools}>
          {props.onSearch ? (
            <SearchField
              value={search}
              onChange={props.onSearch}
              label={props.searchLabel ?? t('common.search')}
            />
          ) : null}
          {props.filters}
          <Text size="sm" c="var(--mesure-quiet)" aria-live="polite" className={classes.count}>
            {props.rows === undefined
              ? ''
              : known === undefined && hasMore
                ? t('common.list.atLeast', { count: rows.length })
                : t('common.list.count', { count: known ?? rows.length })}
          </Text>
        </Group>
      ) : null}
      {props.error ? (
        <ErrorNotice error={props.error} {...(props.onRetry ? { onRetry: props.onRetry } : {})} />
      ) : null}
      {props.rows === undefined && !props.error ? <Loading lines={8} height={rowHeight - 16} /> : null}
      {nothing && !asked ? props.empty : null}
      {nothing && asked ? (
        <Empty
          title={t('common.list.empty')}
          hint={t('common.list.emptyHint')}
          action={
            props.onClearFilters ? (
              <UnstyledButton className={classes.clear} onClick={props.onClearFilters}>
                {t('common.list.clearFilters')}
              </UnstyledButton>
            ) : null
          }
        />
      ) : null}
      {rows.length > 0 ? (
        <div
          ref={frame}
          role="grid"
          aria-label={props.label}
          aria-rowcount={known ?? (hasMore ? -1 : rows.length)}
          className={classes.frame}
          onKeyDown={onKeyDown}
        >
          <div role="row" className={classes.head}>
            {columns.map((column) => {
              const direction =
                sort === column.key ? 'ascending' : sort === `-${column.key}` ? 'descending' : undefined;
              return (
                <div
                  key={column.key}
                  role="columnheader"
                  aria-sort={direction ?? 'none'}
                  data-align={column.align}
                  className={classes.cell}
                >
                  {sortable(column) ? (
                    <UnstyledButton
                      className={classes.sort}
                      onClick={() => onSort?.(nextSort(column.key, sort))}
                      aria-label={t('common.list.sortBy', { column: column.title })}
                    >
                      {column.title}
                      {direction === 'ascending' ? <IconArrowUp size={14} aria-hidden /> : null}
                      {direction === 'descending' ? <IconArrowDown size={14} aria-hidden /> : null}
                    </UnstyledButton>
                  ) : (
                    column.title
                  )}
                </div>
              );
            })}
          </div>
          <div className={classes.body} style={{ height: virtual.getTotalSize() }} role="rowgroup">
            {items.map(({ index, start }) => {
              const row = rows[index];
              if (row === undefined) return null;
              return (
                <div
                  key={keyOf(row)}
                  role="row"
                  aria-rowindex={index + 2}
                  data-index={index}
                  data-open={onOpen ? true : undefined}
                  tabIndex={index === Math.min(active, rows.length - 1) ? 0 : -1}
                  className={classes.row}
                  style={{ height: rowHeight, transform: `translateY(${String(start)}px)` }}
                  onFocus={() => setActive(index)}
                  onClick={(event) => {
                    if (
                      event.target instanceof HTMLElement &&
                      event.target.closest('a, button, input, label')
                    )
                      return;
                    if (window.getSelection()?.toString()) return;
                    onOpen?.(row);
                  }}
                >
                  {columns.map((column, place) => (
                    <div key={column.key} role="gridcell" data-align={column.align} className={classes.cell}>
                      {column.cell(row)}
                      {place === 0 && tucked.length > 0 ? (
                        <div className={classes.tucked}>
                          {tucked.map(({ key, cell }) => (
                            <span key={key}>{cell(row)}</span>
                          ))}
                        </div>
                      ) : null}
                    </div>
                  ))}
                </div>
              );
            })}
          </div>
          {props.loadingMore ? (
            <Group justify="center" p="xs">
              <Loader size="sm" aria-label={t('common.list.loadingMore')} />
            </Group>
          ) : null}
        </div>
      ) : null}
    </Box>
  );
};
