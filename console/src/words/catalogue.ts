import type { en } from './en/index.ts';

/** Every text of the console in one language; a key that French lacks does not compile. */
type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };
export type Catalogue = Texts<typeof en>;
