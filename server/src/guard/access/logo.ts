import { createHash } from 'node:crypto';
import { type BrandLogo, brandLogoLimits } from '@mesure/contract/settings';
import type { AuditDoor } from '#guard/audit';
import { appError } from '#platform/errors';
import type { Actor } from '#platform/http';
import type { Tx } from '#platform/postgres';
import { hideLogo, logoContent, type StoredLogo, showLogo, shownLogo } from './logo-store.ts';
import { readPicture } from './picture.ts';

export interface Logos {
  /** What customers' pages show now. */
  readonly shown: (tx: Tx) => Promise<BrandLogo | null>;
  readonly save: (tx: Tx, content: Buffer, actor: Actor) => Promise<BrandLogo>;
  readonly remove: (tx: Tx, actor: Actor) => Promise<boolean>;
  readonly content: typeof logoContent;
}

export const logoFolder = '/p/logo';

const extensions = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' } as const;

const viewIn = (workspaceId: string, { sha256, ...logo }: StoredLogo): BrandLogo => ({
  path: `${logoFolder}/${workspaceId}/${sha256}.${extensions[logo.mediaType]}`,
  ...logo,
});

const refuse = (reason: string, message: string): never => {
  throw appError('unprocessable', { message, details: { reason, field: 'logo' } });
};

const checked = (content: Buffer) => {
  const { bytes, pixels } = brandLogoLimits;
  if (content.length > bytes)
    refuse('logo_too_large', `A logo has at most ${bytes / 1000} kB. Save it smaller, or as WebP.`);
  const picture = readPicture(content);
  if (picture === null)
    return refuse(
      'logo_not_a_picture',
      'This file is not a PNG, JPEG or WebP picture. Export the logo as PNG.',
    );
  const side = Math.max(picture.width, picture.height);
  if (side > pixels || Math.min(picture.width, picture.height) < 1)
    refuse(
      'logo_size',
      `A logo has 1 to ${pixels} pixels a side; this one has ${picture.width} × ${picture.height}.`,
    );
  return picture;
};

export const createLogos = ({ audit }: { readonly audit: AuditDoor }): Logos => {
  const shown = async (tx: Tx): Promise<BrandLogo | null> => {
    const logo = await shownLogo(tx);
    return logo && tx.workspaceId ? viewIn(tx.workspaceId, logo) : null;
  };
  const record = (tx: Tx, actor: Actor, change: { before: BrandLogo | null; after: BrandLogo | null }) =>
    audit.record(tx, {
      actor,
      action: change.after ? 'brand.logo_changed' : 'brand.logo_removed',
      subject: { kind: 'brand_logo', id: actor.workspaceId },
      ...change,
    });
  return {
    shown,
    save: async (tx, content, actor) => {
      const picture = checked(content);
      const before = await shown(tx);
      const sha256 = createHash('sha256').update(content).digest('hex');
      const stored = { ...picture, sha256, bytes: content.length };
      await showLogo(tx, { ...stored, content });
      const after = viewIn(actor.workspaceId, stored);
      await record(tx, actor, { before, after });
      return after;
    },
    remove: async (tx, actor) => {
      const before = await shown(tx);
      if (before === null) return false;
      await hideLogo(tx);
      await record(tx, actor, { before, after: null });
      return true;
    },
    content: logoContent,
  };
};
