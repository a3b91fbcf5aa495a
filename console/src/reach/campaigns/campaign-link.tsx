import type { ReactNode } from 'react';
import { AnchorLink } from './links.tsx';

export const CampaignLink = ({ id, children }: { readonly id: string; readonly children: ReactNode }) => (
  <AnchorLink to="/campaigns/$id" params={{ id }}>
    {children}
  </AnchorLink>
);
