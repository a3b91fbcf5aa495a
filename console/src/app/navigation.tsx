import { NavLink, Text } from '@mantine/core';
import { demoRoutes } from '@mesure/contract/demo';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouterState } from '@tanstack/react-router';
import { Fragment } from 'react';
import { queryOf } from '#platform/api';
import { useWords } from '#words';
import { places } from './places.ts';

/** The catcher is a place of the demo only. */
export const usePlaces = () => {
  const { data } = useQuery({ ...queryOf(demoRoutes.readDemo), staleTime: 60_000 });
  return places.filter(({ name }) => name !== 'catcher' || data?.active === true);
};

export const Navigation = () => {
  const { t } = useWords();
  const shown = usePlaces();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const here = (to: string): boolean =>
    to === '/' ? path === '/' : path === to || path.startsWith(`${to}/`);
  return (
    <nav aria-label={t('shell.navigation')}>
      {shown.map(({ name, to, icon: Icon, group }, index) => (
        <Fragment key={name}>
          {group !== null && shown[index - 1]?.group !== group ? (
            <Text size="xs" fw={600} c="var(--mesure-quiet)" px="sm" pt="sm" pb={4}>
              {t(`shell.groups.${group}`)}
            </Text>
          ) : null}
          <NavLink
            renderRoot={(props) => <Link to={to} {...props} />}
            label={t(`shell.places.${name}`)}
            leftSection={<Icon size={18} aria-hidden />}
            active={here(to)}
            aria-current={here(to) ? 'page' : undefined}
          />
        </Fragment>
      ))}
    </nav>
  );
};
