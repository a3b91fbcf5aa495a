import { Button, Stack, Text } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { useWords } from '#words';
import classes from './file-drop.module.css';

export interface FileDropProps {
  readonly onFiles: (files: readonly File[]) => void;
  /** Room for the first file; a strip for the ones after. */
  readonly large?: boolean;
}

/** Files by drag and drop, or by a button for everybody who does not drag. */
export const FileDrop = ({ onFiles, large = false }: FileDropProps) => {
  const { t } = useWords();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const carriesFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes('Files');
  return (
    <section
      className={large ? `${classes.drop} ${classes.large}` : classes.drop}
      data-over={over || undefined}
      aria-label={large ? t('imports.drop.title') : t('imports.drop.more')}
      onDragOver={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)))
          setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (event.dataTransfer.files.length > 0) onFiles([...event.dataTransfer.files]);
      }}
    >
      <Stack align="center" gap="xs">
        {large ? (
          <Text fw={600}>{over ? t('imports.drop.active') : t('imports.drop.title')}</Text>
        ) : (
          <Text size="sm">{over ? t('imports.drop.active') : t('imports.drop.more')}</Text>
        )}
        <Button
          variant={large ? 'filled' : 'default'}
          size={large ? 'sm' : 'compact-sm'}
          leftSection={<IconFileImport size={18} aria-hidden />}
          onClick={() => input.current?.click()}
        >
          {t('imports.drop.choose')}
        </Button>
        {large ? (
          <Text size="sm" c="var(--mesure-quiet)" maw={520}>
            {t('imports.drop.hint')}
          </Text>
        ) : null}
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label={t('imports.drop.choose')}
          accept=".csv,.gz,.txt,.tsv,text/csv,text/plain,application/gzip"
          onChange={({ currentTarget }) => {
            const files = [...(currentTarget.files ?? [])];
            currentTarget.value = '';
            if (files.length > 0) onFiles(files);
          }}
        />
      </Stack>
    </section>
  );
};
