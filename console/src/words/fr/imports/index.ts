import type { Catalogue } from '../../catalogue.ts';
import { files } from './files.ts';
import { outcome } from './outcome.ts';
import { reading } from './reading.ts';

export const imports: Catalogue['imports'] = { ...files, ...reading, ...outcome };
