import type { Readable } from 'node:stream';
import type { LiveEvent } from '@mesure/contract/live';
import { appError } from '#platform/errors';
import { type EventStream, openEventStream } from './event-stream.ts';

export interface HubDeps {
  /** Of this process and start: an id of another one tells nothing about what was missed. */
  readonly epoch: string;
  readonly now: () => Date;
  readonly streamsPerPerson: number;
  readonly streamsInAll: number;
}

export interface Reader {
  readonly workspaceId: string;
  readonly personId: string;
  /** The last event that the reader had, of whichever process. */
  readonly lastEventId: string | undefined;
  /** Whether the session still is what it was when the stream was opened. */
  readonly isStillHere: () => Promise<boolean>;
}

interface OpenStream extends Reader {
  readonly stream: EventStream;
}

type Ending = Extract<LiveEvent, { type: 'ended' }>['reason'];

/** The open streams of this process, by workspace. */
export const createHub = ({ epoch, now, streamsPerPerson, streamsInAll }: HubDeps) => {
  const streams = new Set<OpenStream>();
  const sequences = new Map<string, number>();
  let isClosed = false;

  const idIn = (workspaceId: string): string => `${epoch}.${sequences.get(workspaceId) ?? 0}`;
  const at = (): string => now().toISOString();

  const send = (workspaceId: string, event: LiveEvent): void => {
    sequences.set(workspaceId, (sequences.get(workspaceId) ?? 0) + 1);
    for (const open of streams) {
      if (open.workspaceId === workspaceId) open.stream.send(event, idIn(workspaceId));
    }
  };

  const end = (open: OpenStream, reason: Ending): void =>
    open.stream.end({ type: 'ended', reason, at: at() });

  const makeRoom = (reader: Reader): void => {
    if (isClosed)
      throw appError('unavailable', { message: 'The server is stopping. Try again in a moment.' });
    const own = [...streams].filter(
      ({ workspaceId, personId }) => workspaceId === reader.workspaceId && personId === reader.personId,
    );
    for (const oldest of own.slice(0, Math.max(0, own.length - streamsPerPerson + 1)))
      end(oldest, 'too_many');
    if (streams.size >= streamsInAll) {
      throw appError('unavailable', {
        message:
          'Too many screens are open at once for live changes. Pages work; reload them to see changes.',
      });
    }
  };

  const checkOne = async (open: OpenStream): Promise<void> => {
    // A store that does not answer proves nothing about the session: ask again at the next heartbeat.
    const isStillHere = await open.isStillHere().catch(() => true);
    if (!isStillHere) end(open, 'session');
    else open.stream.heartbeat();
  };

  return {
    open: (reader: Reader): Readable => {
      makeRoom(reader);
      const startId = idIn(reader.workspaceId);
      const stream = openEventStream(startId, () => streams.delete(open));
      const open: OpenStream = { ...reader, stream };
      streams.add(open);
      if (reader.lastEventId !== undefined && reader.lastEventId !== startId)
        stream.send({ type: 'refetch', reason: 'reconnected', at: at() }, startId);
      return stream.readable;
    },
    send,
    /** As a stream that is opened now would begin with. */
    lastEventId: idIn,
    /** Everybody asks again. */
    lostTrack: (): void => {
      for (const workspaceId of new Set([...streams].map((open) => open.workspaceId)))
        send(workspaceId, { type: 'refetch', reason: 'lost_track', at: at() });
    },
    heartbeat: async (): Promise<void> => {
      await Promise.all([...streams].map(checkOne));
    },
    count: (): number => streams.size,
    close: (): void => {
      isClosed = true;
      for (const open of streams) end(open, 'server');
    },
  };
};
