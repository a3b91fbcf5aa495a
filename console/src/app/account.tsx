import { Suspense, useState } from 'react';
import { lazyPart } from '#platform/update';
import { AccountButton } from './account-button.tsx';

const AccountMenu = lazyPart(async () => (await import('./account-menu.tsx')).AccountMenu);

export const Account = () => {
  const [state, setState] = useState<'never' | 'open' | 'closed'>('never');
  if (state === 'never') return <AccountButton onClick={() => setState('open')} />;
  return (
    <Suspense fallback={<AccountButton />}>
      <AccountMenu opened={state === 'open'} onChange={(opened) => setState(opened ? 'open' : 'closed')} />
    </Suspense>
  );
};
