import type { ReactNode } from 'react';

/** Text that came from outside: each piece runs in its own direction and disturbs nothing around it. */
export const Stored = ({ children }: { readonly children: ReactNode }) => <bdi dir="auto">{children}</bdi>;
