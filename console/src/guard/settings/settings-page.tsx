import { Alert } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Page } from '#platform/kit';
import { OthersHere } from '#platform/live';
import { useWords } from '#words';
import { NextStep } from './next-step.tsx';
import type { Section } from './sections.ts';

interface SettingsPageProps {
  readonly section: Section;
  /** Two people may edit it at the same time. */
  readonly shared?: boolean;
  readonly actions?: ReactNode;
  /** Why nothing can be changed here, when nothing can. */
  readonly locked?: string | undefined;
  readonly children: ReactNode;
}

/** A page of the settings: what it decides in a sentence, and why it is locked if it is. */
export const SettingsPage = ({ section, shared = false, actions, locked, children }: SettingsPageProps) => {
  const { t } = useWords();
  return (
    <Page
      title={t(`settings.sections.${section}`)}
      answer={t(`settings.answers.${section}`)}
      others={shared ? <OthersHere kind="settings" id={section} /> : null}
      actions={actions}
    >
      {locked === undefined ? null : (
        <Alert color="gray" variant="light" icon={<IconLock aria-hidden />}>
          {locked}
        </Alert>
      )}
      {children}
      <NextStep section={section} />
    </Page>
  );
};
