import type { Catalogue } from '../catalogue.ts';
import { audiences } from './audiences.ts';
import { audit } from './audit.ts';
import { campaigns } from './campaigns/index.ts';
import { catalogue } from './catalogue.ts';
import { catcher } from './catcher.ts';
import { gallery } from './gallery.ts';
import { imports } from './imports/index.ts';
import { messages } from './messages.ts';
import { people } from './people.ts';
import { report } from './report.ts';
import { settings } from './settings.ts';

/** What the pages of the rooms say: loaded with the first of them. */
export const rooms: Pick<
  Catalogue,
  | 'audiences'
  | 'audit'
  | 'campaigns'
  | 'catalogue'
  | 'catcher'
  | 'gallery'
  | 'imports'
  | 'messages'
  | 'people'
  | 'report'
  | 'settings'
> = { audiences, audit, campaigns, catalogue, catcher, gallery, imports, messages, people, report, settings };
