import { TextInput } from '@mantine/core';
import type { Window } from '@mesure/contract/segments';
import { useWords } from '#words';
import { ChoiceField } from './choice-field.tsx';
import { NumberField } from './number-field.tsx';

interface WindowFieldsProps {
  readonly window: Window | undefined;
  readonly onChange: (window: Window | undefined, typing?: string) => void;
}

const modes = ['ever', 'days', 'hours', 'between'] as const;
type Mode = (typeof modes)[number];

const modeOf = (window: Window | undefined): Mode =>
  window === undefined ? 'ever' : window.kind === 'between' ? 'between' : window.unit;

const inMode = (mode: Mode, window: Window | undefined): Window | undefined => {
  const amount = window?.kind === 'last' ? window.amount : mode === 'hours' ? 24 : 90;
  switch (mode) {
    case 'ever':
      return undefined;
    case 'between':
      return { kind: 'between' };
    case 'days':
    case 'hours':
      return { kind: 'last', amount, unit: mode };
  }
};

/** Of which time a condition speaks. */
export const WindowFields = ({ window, onChange }: WindowFieldsProps) => {
  const { t } = useWords();
  const end = (side: 'from' | 'to') => {
    const value = window?.kind === 'between' ? (window[side] ?? '') : '';
    return (
      <TextInput
        size="xs"
        w={value.includes('T') ? 220 : 140}
        // An instant with its time comes from the text form, and stays as it was written.
        type={value.includes('T') ? 'text' : 'date'}
        aria-label={t(`audiences.window.${side}`)}
        value={value}
        onChange={(event) => {
          if (window?.kind !== 'between') return;
          const { [side]: _before, ...rest } = window;
          const typed = event.currentTarget.value;
          onChange(typed === '' ? rest : { ...rest, [side]: typed }, side);
        }}
      />
    );
  };
  return (
    <>
      <ChoiceField
        width={165}
        label={t('audiences.window.label')}
        value={modeOf(window)}
        options={modes.map((value) => ({ value, label: t(`audiences.window.${value}`) }))}
        onChange={(mode) => onChange(inMode(mode, window))}
      />
      {window?.kind === 'last' ? (
        <NumberField
          whole
          min={1}
          max={36_500}
          width={64}
          label={t(`audiences.window.${window.unit}`)}
          value={window.amount}
          onChange={(amount) => onChange({ ...window, amount }, 'amount')}
        />
      ) : null}
      {window?.kind === 'between' ? (
        <>
          {end('from')}
          {end('to')}
        </>
      ) : null}
    </>
  );
};
