import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { OutgoingMail, SmtpOutcome } from './outcome.ts';
import { outcomeOf, type SmtpError } from './smtp-error.ts';
import type { TransportOptions } from './transport.ts';

/** One SMTP session: opened once, used for many messages one after the other. */
export interface Session {
  /** False after anything that leaves the conversation in doubt. */
  readonly usable: () => boolean;
  readonly sent: () => number;
  readonly send: (mail: OutgoingMail) => Promise<SessionResult>;
  readonly close: () => void;
}

export interface SessionResult {
  readonly outcome: SmtpOutcome;
  /** The server had closed an idle session: the same message may be tried on a new one at once. */
  readonly stale: boolean;
}

/** Resolves when the session may send; rejects with the first error on the way (`SmtpError`). */
export const openSession = async (options: TransportOptions): Promise<Session> => {
  const connection = new SMTPConnection({
    host: options.host,
    port: options.port,
    secure: options.security === 'tls',
    ignoreTLS: options.security === 'none',
    requireTLS: options.security === 'starttls',
    name: options.clientName,
    connectionTimeout: options.connectTimeoutMs,
    greetingTimeout: options.connectTimeoutMs,
    dnsTimeout: options.connectTimeoutMs,
    socketTimeout: options.answerTimeoutMs,
    tls: options.ca === undefined ? {} : { ca: options.ca },
  });
  let usable = true;
  let sent = 0;
  let current: ((error: SmtpError) => void) | undefined;
  const fail = (error: SmtpError): void => {
    usable = false;
    current?.(error);
  };
  connection.on('error', fail);
  connection.once('end', () => fail({ message: 'The connection was closed.', code: 'ECONNECTION' }));

  try {
    await new Promise<void>((resolve, reject) => {
      current = reject;
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
    const { auth } = options;
    if (auth !== undefined) {
      await new Promise<void>((resolve, reject) => {
        current = reject;
        connection.login({ user: auth.user, pass: auth.password }, (error) =>
          error ? reject(error) : resolve(),
        );
      });
    }
  } catch (error) {
    connection.close();
    throw error;
  } finally {
    current = undefined;
  }

  const reset = (): Promise<void> =>
    new Promise((resolve) => {
      current = () => resolve();
      connection.reset((error) => {
        usable &&= !error;
        resolve();
      });
    });

  return {
    usable: () => usable,
    sent: () => sent,
    close: () => {
      usable = false;
      connection.close();
    },
    send: async (mail) => {
      let dataBegan = false;
      const message = new Readable({
        read() {
          dataBegan = true;
          this.push(mail.raw);
          this.push(null);
        },
      });
      const first = sent === 0;
      sent += 1;
      const error = await new Promise<SmtpError | string>((resolve) => {
        current = resolve;
        connection.send(
          { from: mail.envelope.from, to: [mail.envelope.to], size: mail.raw.length },
          message,
          (failure, info) => resolve(failure ?? info?.response ?? ''),
        );
      });
      current = undefined;
      if (typeof error === 'string') {
        return { outcome: { kind: 'accepted', response: error }, stale: false };
      }
      const outcome = outcomeOf(error, dataBegan);
      const lost = !usable || error.responseCode === undefined || error.responseCode === 421;
      if (lost) {
        usable = false;
        connection.close();
      } else {
        await reset();
        current = undefined;
      }
      const stale = !first && !dataBegan && outcome.kind === 'deferred' && outcome.problem === 'closed';
      return { outcome, stale };
    },
  };
};
