import type { Actor } from '#guard/access';
import type { AuditDoor } from '#guard/audit';
import { appError } from '#platform/errors';
import type { Tx } from '#platform/postgres';
import { replaceTopics, type TopicName, topicRows } from './topic-store.ts';

export interface Topics {
  readonly list: (tx: Tx) => Promise<TopicName[]>;
  readonly save: (tx: Tx, topics: readonly TopicName[], actor: Actor) => Promise<TopicName[]>;
}

export const createTopics = (deps: { readonly audit: Pick<AuditDoor, 'record'> }): Topics => ({
  list: topicRows,
  save: async (tx, topics, actor) => {
    const twice = topics.find(
      (topic, index) => topics.findIndex((other) => other.key === topic.key) !== index,
    );
    if (twice) {
      throw appError('unprocessable', {
        message: `The topic "${twice.key}" is in the list twice. Give each topic its own key.`,
        details: { reason: 'duplicate_topic', key: twice.key },
      });
    }
    const before = await topicRows(tx);
    await replaceTopics(tx, topics);
    await deps.audit.record(tx, {
      actor,
      action: 'topics.changed',
      subject: { kind: 'workspace', id: actor.workspaceId },
      before,
      after: topics,
    });
    return topicRows(tx);
  },
});
