import pg from 'pg';
import type { Log } from '#platform/log';
import { channel, type Notice, readNotice } from './notice.ts';

export interface ListenerDeps {
  readonly url: string;
  readonly log: Log;
  readonly onNotice: (notice: Notice) => void;
  /** The connection is back: what was said meanwhile is lost. */
  readonly onLostTrack: () => void;
}

const SHORTEST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/** One connection per process that hears every notice; it comes back by itself. */
export const createListener = ({ url, log, onNotice, onLostTrack }: ListenerDeps) => {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let pauseMs = SHORTEST_PAUSE_MS;
  let heardBefore = false;
  let isStopped = false;

  const again = (): void => {
    if (isStopped || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      void open();
    }, pauseMs);
    timer.unref();
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  };

  const open = async (): Promise<void> => {
    const fresh = new pg.Client({
      connectionString: url,
      application_name: 'mesure live',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    });
    client = fresh;
    let isOver = false;
    const lost = (): void => {
      if (isOver || isStopped) return;
      isOver = true;
      log.warn({}, 'lost the connection that hears of changes; screens ask again when it is back');
      fresh.end().catch(() => undefined);
      again();
    };
    fresh.on('error', lost);
    fresh.on('end', lost);
    fresh.on('notification', ({ payload }) => {
      const notice = readNotice(payload ?? '');
      if (notice) onNotice(notice);
    });
    try {
      await fresh.connect();
      await fresh.query(`listen ${channel}`);
      pauseMs = SHORTEST_PAUSE_MS;
      if (heardBefore) onLostTrack();
      heardBefore = true;
    } catch {
      lost();
    }
  };

  return {
    /** Answers once it listens, or once the first try failed: it goes on trying. */
    start: open,
    stop: async (): Promise<void> => {
      isStopped = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
};
