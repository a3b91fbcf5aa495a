import type { BrandLogo } from '@mesure/contract/settings';
import type { Tx } from '#platform/postgres';

export interface StoredLogo extends Omit<BrandLogo, 'path'> {
  readonly sha256: string;
}

export const shownLogo = (tx: Tx): Promise<StoredLogo | undefined> =>
  tx.maybe<StoredLogo>(
    `select sha256, media_type as "mediaType", width, height, octet_length(content) as bytes
     from brand_logo where workspace_id = app_workspace() and shown`,
  );

/** Also one that was replaced: messages that were sent show it. */
export const logoContent = (
  tx: Tx,
  sha256: string,
): Promise<{ readonly mediaType: string; readonly content: Buffer } | undefined> =>
  tx.maybe(
    `select media_type as "mediaType", content from brand_logo where workspace_id = app_workspace() and sha256 = $1`,
    [sha256],
  );

export const hideLogo = (tx: Tx): Promise<number> =>
  tx.run('update brand_logo set shown = false where workspace_id = app_workspace() and shown');

export const showLogo = async (tx: Tx, logo: StoredLogo & { readonly content: Buffer }): Promise<void> => {
  await hideLogo(tx);
  await tx.run(
    `insert into brand_logo (workspace_id, sha256, media_type, width, height, content, shown)
     values (app_workspace(), $1, $2, $3, $4, $5, true)
     on conflict (workspace_id, sha256) do update set shown = true`,
    [logo.sha256, logo.mediaType, logo.width, logo.height, logo.content],
  );
};
