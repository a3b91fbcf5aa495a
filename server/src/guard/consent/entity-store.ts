import type { Tx } from '#platform/postgres';

/** The legal person on whose behalf messages leave. */
export interface LegalEntity {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly contactEmail: string;
  readonly privacyUrl: string | null;
  readonly isDefault: boolean;
}

const columns = `id, name, address, contact_email as "contactEmail", privacy_url as "privacyUrl",
  is_default as "isDefault"`;

export const entityRows = (tx: Tx): Promise<LegalEntity[]> =>
  tx.rows(
    `select ${columns} from legal_entity where workspace_id = app_workspace() order by is_default desc, created_at, id`,
  );

export const entityRow = (tx: Tx, id: string): Promise<LegalEntity | undefined> =>
  tx.maybe(`select ${columns} from legal_entity where workspace_id = app_workspace() and id = $1`, [id]);

export const defaultEntityRow = (tx: Tx): Promise<LegalEntity | undefined> =>
  tx.maybe(`select ${columns} from legal_entity where workspace_id = app_workspace() and is_default`);

export const clearDefault = async (tx: Tx, exceptId: string): Promise<void> => {
  await tx.run(
    'update legal_entity set is_default = false where workspace_id = app_workspace() and is_default and id <> $1',
    [exceptId],
  );
};

export const upsertEntity = async (tx: Tx, entity: LegalEntity, now: Date): Promise<void> => {
  await tx.run(
    `insert into legal_entity (workspace_id, id, name, address, contact_email, privacy_url, is_default, created_at,
       updated_at)
     values (app_workspace(), $1, $2, $3, $4, $5, $6, $7, $7)
     on conflict (id) do update set name = excluded.name, address = excluded.address,
       contact_email = excluded.contact_email, privacy_url = excluded.privacy_url, is_default = excluded.is_default,
       updated_at = excluded.updated_at`,
    [entity.id, entity.name, entity.address, entity.contactEmail, entity.privacyUrl, entity.isDefault, now],
  );
};

/** Zero when a consent names the entity or when it is the default. */
export const deleteUnusedEntity = (tx: Tx, id: string): Promise<number> =>
  tx.run(
    `delete from legal_entity where workspace_id = app_workspace() and id = $1 and not is_default
       and not exists (select from consent_entry where workspace_id = app_workspace() and entity_id = $1)`,
    [id],
  );
