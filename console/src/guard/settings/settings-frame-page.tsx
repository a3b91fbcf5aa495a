import { Link, Outlet } from '@tanstack/react-router';
import { Suspense } from 'react';
import { Loading } from '#platform/kit';
import { useWords } from '#words';
import { sections } from './sections.ts';
import classes from './settings-frame.module.css';

/** The settings' pages beside the one that is open. */
export const SettingsFrame = () => {
  const { t } = useWords();
  return (
    <div className={classes.frame}>
      <nav className={classes.nav} aria-label={t('shell.places.settings')}>
        {sections.map(({ name, to }) => (
          <Link
            key={name}
            to={to}
            className={classes.link}
            activeProps={{ 'aria-current': 'page', 'data-here': 'true' }}
          >
            {t(`settings.sections.${name}`)}
          </Link>
        ))}
      </nav>
      <div className={classes.page}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </div>
    </div>
  );
};
