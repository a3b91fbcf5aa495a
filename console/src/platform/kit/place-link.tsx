import { Anchor, type AnchorProps } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';

export interface PlaceLinkProps extends Omit<AnchorProps, 'href'> {
  readonly to: `/${string}`;
  /** -1 where the row around it opens the same place. */
  readonly tabIndex?: -1;
  readonly children: ReactNode;
}

/** A link to a place of another room, which this one does not import: still without loading the page again. */
export const PlaceLink = ({ to, children, ...look }: PlaceLinkProps) => {
  const router = useRouter();
  const go = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    void router.navigate({ href: to });
  };
  return (
    <Anchor href={to} onClick={go} size="sm" {...look}>
      {children}
    </Anchor>
  );
};
