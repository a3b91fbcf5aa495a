import { AppShell, Burger, Group, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { BrakeButton } from '#guard/brake';
import { DemoBar, useDemo } from '#platform/demo';
import { Loading } from '#platform/kit';
import { listen, stopListening } from '#platform/live';
import { Tour } from '#platform/tour';
import { UpdateBanner } from '#platform/update';
import { useWords } from '#words';
import { Account } from './account.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { useKeptFocus } from './kept-focus.ts';
import { useKeyboard } from './keyboard.ts';
import { Navigation } from './navigation.tsx';
import { Overlays, openPalette } from './overlays.tsx';
import classes from './shell.module.css';

/** What surrounds every page behind the sign-in: places, brake, palette, account, and the news from the server. */
export const Shell = () => {
  const { t } = useWords();
  const [opened, { toggle, close }] = useDisclosure(false);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const demo = useDemo();
  useKeyboard();
  useKeptFocus();
  useEffect(close, [path, close]);
  useEffect(() => {
    listen();
    return stopListening;
  }, []);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'md', collapsed: { mobile: !opened } }}
      footer={{ height: { base: 76, sm: 44 }, collapsed: demo === null }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <a href="#content" className={classes.skip}>
        {t('shell.skip')}
      </a>
      <AppShell.Header className={classes.header}>
        <Group gap="xs" wrap="nowrap">
          <Burger
            hiddenFrom="md"
            size="sm"
            opened={opened}
            onClick={toggle}
            aria-label={opened ? t('shell.closeMenu') : t('shell.openMenu')}
          />
          <span className={classes.name}>Mesure</span>
        </Group>
        <UnstyledButton className={classes.palette} onClick={openPalette}>
          <IconSearch size={16} aria-hidden />
          <span className={classes.paletteText}>{t('shell.palette.open')}</span>
          <kbd className={classes.kbd}>Ctrl K</kbd>
        </UnstyledButton>
        <Group gap="xs" wrap="nowrap">
          <BrakeButton />
          <Account />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" className={classes.navbar}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <ConnectionBanner />
        <UpdateBanner />
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
      {demo ? (
        <AppShell.Footer className={classes.footer}>
          <DemoBar demo={demo} />
        </AppShell.Footer>
      ) : null}
      <Tour />
      <Overlays />
    </AppShell>
  );
};
