import type { ImportState } from '@mesure/contract/imports';
import { StateBadge } from '#platform/kit';
import type { Tone } from '#platform/theme';
import { useWords } from '#words';

const tones: Readonly<Record<ImportState, Tone>> = {
  receiving: 'neutral',
  described: 'caution',
  checking: 'active',
  running: 'active',
  committed: 'good',
  undoing: 'active',
  undone: 'neutral',
  cancelled: 'neutral',
  failed: 'bad',
};

export const ImportStateBadge = ({ state }: { readonly state: ImportState }) => {
  const { t } = useWords();
  return <StateBadge tone={tones[state]}>{t(`imports.state.${state}`)}</StateBadge>;
};
