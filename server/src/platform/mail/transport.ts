import { createSlots } from '#platform/loop';
import { openSession, type Session } from './connection.ts';
import type { OutgoingMail, SmtpOutcome, SmtpVerdict } from './outcome.ts';
import { problemOf, reasonOf, type SmtpError } from './smtp-error.ts';

export interface TransportOptions {
  readonly host: string;
  readonly port: number;
  /** `tls`: from the first byte (465). `starttls`: refuse to go on without. `none`: only for a server on this machine. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly auth?: { readonly user: string; readonly password: string } | undefined;
  /** Sessions kept open side by side; more sends wait their turn. Default 8. */
  readonly connections?: number;
  /** To connect, to greet, to resolve the name: each. Default 10,000. */
  readonly connectTimeoutMs?: number;
  /** Silence after which an answer is given up. RFC 5321 section 4.5.3.2 asks for 10 minutes after the data. */
  readonly answerTimeoutMs?: number;
  /** A session is renewed after so many messages, as relays like it. Default 1,000. */
  readonly messagesPerConnection?: number;
  /** Idle sessions say goodbye after this. Default 15,000. */
  readonly idleMs?: number;
  /** The name in EHLO. */
  readonly clientName?: string;
  /** PEM of a private authority. */
  readonly ca?: string;
}

export interface Transport {
  /** Never throws: everything that can happen to a message is an outcome. */
  readonly send: (mail: OutgoingMail) => Promise<SmtpOutcome>;
  /** Connects, greets and signs in, sends nothing. */
  readonly verify: () => Promise<SmtpVerdict>;
  /** Ends idle sessions at once; a session in the middle of a message ends when that is answered. */
  readonly close: () => void;
}

const DEFAULTS = {
  connections: 8,
  connectTimeoutMs: 10_000,
  answerTimeoutMs: 600_000,
  messagesPerConnection: 1_000,
  idleMs: 15_000,
};

const asSmtpError = (error: unknown): SmtpError =>
  error instanceof Error ? error : { message: String(error) };

const verdictOf = (error: SmtpError): Extract<SmtpVerdict, { ok: false }> => ({
  ok: false,
  // A 5xx while signing in or greeting is about the session, whatever the command.
  problem: problemOf(error),
  reason: reasonOf(error),
  ...(error.responseCode === undefined ? {} : { code: error.responseCode }),
});

/** Sends over a pool of SMTP sessions. Messages are complete MIME already, so a session only moves bytes. */
export const createTransport = (given: TransportOptions): Transport => {
  const options = { ...DEFAULTS, ...given };
  const idle: { session: Session; timer: NodeJS.Timeout }[] = [];
  const slots = createSlots(options.connections);
  let closed = false;

  const takeIdle = (): Session | undefined => {
    for (let entry = idle.pop(); entry !== undefined; entry = idle.pop()) {
      clearTimeout(entry.timer);
      if (entry.session.usable()) {
        return entry.session;
      }
    }
    return undefined;
  };
  const keep = (session: Session): void => {
    if (closed || !session.usable() || session.sent() >= options.messagesPerConnection) {
      session.close();
      return;
    }
    const timer = setTimeout(() => {
      session.close();
      idle.splice(
        idle.findIndex((entry) => entry.session === session),
        1,
      );
    }, options.idleMs);
    timer.unref();
    idle.push({ session, timer });
  };

  const sendOn = async (mail: OutgoingMail, reused: Session | undefined): Promise<SmtpOutcome> => {
    let session: Session;
    try {
      session = reused ?? (await openSession(options));
    } catch (error) {
      const { ok: _, ...verdict } = verdictOf(asSmtpError(error));
      return { kind: 'deferred', ...verdict };
    }
    const { outcome, stale } = await session.send(mail);
    keep(session);
    return stale ? sendOn(mail, undefined) : outcome;
  };

  return {
    send: async (mail) => {
      if (closed) {
        return { kind: 'deferred', problem: 'closed', reason: 'This transport was closed.' };
      }
      await slots.acquire();
      try {
        return await sendOn(mail, takeIdle());
      } finally {
        slots.release();
      }
    },
    verify: async () => {
      try {
        (await openSession(options)).close();
        return { ok: true };
      } catch (error) {
        return verdictOf(asSmtpError(error));
      }
    },
    close: () => {
      closed = true;
      for (const { session, timer } of idle.splice(0)) {
        clearTimeout(timer);
        session.close();
      }
    },
  };
};
