import type { Catalogue } from '../catalogue.ts';
import { access } from './access.ts';
import { brake } from './brake.ts';
import { common } from './common.ts';
import { demo } from './demo.ts';
import { errors } from './errors.ts';
import { fields } from './fields.ts';
import { home } from './home.ts';
import { reasons } from './reasons.ts';
import { shell } from './shell.ts';
import { tour } from './tour.ts';

/** What the first page and what surrounds every page say: loaded at the start. */
export const start: Pick<
  Catalogue,
  'access' | 'brake' | 'common' | 'demo' | 'errors' | 'fields' | 'home' | 'reasons' | 'shell' | 'tour'
> = { access, brake, common, demo, errors, fields, home, reasons, shell, tour };
