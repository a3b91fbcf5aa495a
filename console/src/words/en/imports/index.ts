import { files } from './files.ts';
import { outcome } from './outcome.ts';
import { reading } from './reading.ts';

/** Files of orders: received, understood, checked, imported, taken back. */
export const imports = { ...files, ...reading, ...outcome } as const;
