import { Anchor, Button } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react';

interface AnchorLooks extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'color' | 'style'> {
  readonly ref?: Ref<HTMLAnchorElement>;
}

interface ButtonLooks extends AnchorLooks {
  readonly variant?: 'default' | 'filled';
  readonly leftSection?: ReactNode;
}

const AnchorLook = (props: AnchorLooks) => <Anchor size="sm" {...props} />;
const ButtonLook = (props: ButtonLooks) => <Button component="a" {...props} />;

/** Links that know the console's addresses, in the looks of the kit. */
export const AnchorLink = createLink(AnchorLook);
export const ButtonLink = createLink(ButtonLook);
