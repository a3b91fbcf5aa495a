import { Anchor, type AnchorProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ReactNode, Ref } from 'react';

interface LookProps extends Omit<AnchorProps, 'href'> {
  readonly ref?: Ref<HTMLAnchorElement>;
  readonly children?: ReactNode;
  readonly tabIndex?: number;
}

const Look = (props: LookProps) => <Anchor {...props} />;

/** A link inside the console that looks like any other link. */
export const AnchorLink = createLink(Look);
