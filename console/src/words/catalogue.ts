import type { en } from './en/index.ts';
import type { Texts } from './texts.ts';

/** Every text of the console in one language; a key that French lacks does not compile. */
export type Catalogue = Texts<typeof en>;
