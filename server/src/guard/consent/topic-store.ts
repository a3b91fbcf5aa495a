import type { Tx } from '#platform/postgres';

export interface TopicName {
  readonly key: string;
  readonly nameEn: string;
  readonly nameFr: string;
}

export const topicRows = (tx: Tx): Promise<TopicName[]> =>
  tx.rows(
    `select key, name_en as "nameEn", name_fr as "nameFr" from consent_topic
     where workspace_id = app_workspace() order by position, key`,
  );

export const replaceTopics = async (tx: Tx, topics: readonly TopicName[]): Promise<void> => {
  await tx.run('delete from consent_topic where workspace_id = app_workspace()');
  await tx.run(
    `insert into consent_topic (workspace_id, key, name_en, name_fr, position)
     select app_workspace(), t.key, t.name_en, t.name_fr, t.position
     from unnest($1::text[], $2::text[], $3::text[]) with ordinality as t(key, name_en, name_fr, position)`,
    [topics.map((t) => t.key), topics.map((t) => t.nameEn), topics.map((t) => t.nameFr)],
  );
};
