import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { brakeRoutes } from '@mesure/contract/brake';
import { IconHandStop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useRef, useState } from 'react';
import { queryOf } from '#platform/api';
import { lazyPart } from '#platform/update';
import { useWords } from '#words';

const Dialog = lazyPart(async () => (await import('./brake-dialog.tsx')).BrakeDialog);

/** The emergency brake, in the header of every page: one call on, two people off. */
export const BrakeButton = () => {
  const { t } = useWords();
  const [state, setState] = useState<'never' | 'open' | 'closed'>('never');
  const { data } = useQuery(queryOf(brakeRoutes.listBrakes));
  const engaged = data?.items.find(({ scope }) => scope === 'global')?.engaged ?? false;
  // The dialog is loaded when it is first asked for, and then cannot know where the focus was.
  const before = useRef<Element | null>(null);
  const show = (): void => {
    before.current = document.activeElement;
    setState('open');
  };
  const close = (): void => {
    setState('closed');
    if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
  };
  useHotkeys([['shift+B', show]]);
  return (
    <>
      <Button
        color="red"
        variant={engaged ? 'filled' : 'outline'}
        size="compact-md"
        leftSection={<IconHandStop size={18} aria-hidden />}
        onClick={show}
        aria-haspopup="dialog"
      >
        {engaged ? t('brake.engaged') : t('brake.name')}
      </Button>
      {state === 'never' ? null : (
        <Suspense>
          <Dialog opened={state === 'open'} onClose={close} />
        </Suspense>
      )}
    </>
  );
};
