import { Readable } from 'node:stream';
import type { LiveEvent } from '@mesure/contract/live';

/** Tells browsers how long to wait before they come back. */
const RETRY_MS = 2_000;
/** A reader that lets more than this wait is cut off: it comes back and asks again. */
const MOST_WAITING_BYTES = 65_536;

export interface EventStream {
  readonly readable: Readable;
  readonly send: (event: LiveEvent, id: string) => void;
  readonly heartbeat: () => void;
  /** Says why, and ends. */
  readonly end: (event: LiveEvent) => void;
}

/** One open answer in the format of server-sent events (HTML, section 9.2). `onClose` is called once, whoever ends it. */
export const openEventStream = (startId: string, onClose: () => void): EventStream => {
  const readable = new Readable({
    read: () => undefined,
    destroy: (error, done) => {
      onClose();
      done(error);
    },
  });
  const write = (text: string): void => {
    if (readable.destroyed || readable.readableEnded) return;
    readable.push(text);
    if (readable.readableLength > MOST_WAITING_BYTES) readable.destroy();
  };
  // An id without data: the browser keeps it and reports no event.
  write(`retry: ${RETRY_MS}\nid: ${startId}\n\n`);
  return {
    readable,
    send: (event, id) => write(`id: ${id}\ndata: ${JSON.stringify(event)}\n\n`),
    heartbeat: () => write(':\n\n'),
    end: (event) => {
      write(`data: ${JSON.stringify(event)}\n\n`);
      onClose();
      if (!readable.destroyed) readable.push(null);
    },
  };
};
