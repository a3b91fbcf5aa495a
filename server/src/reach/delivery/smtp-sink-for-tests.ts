import { SMTPServer } from 'smtp-server';

export interface SinkMail {
  readonly to: string;
  readonly raw: string;
}

export interface SmtpSink {
  readonly port: number;
  /** Every message whose data was answered with 250, in order: the sink's own journal. */
  readonly journal: readonly SinkMail[];
  /** Times each address was accepted. */
  readonly perAddress: () => ReadonlyMap<string, number>;
  /** Answers for a recipient; null accepts. */
  answerTo: (address: string) => { readonly code: number; readonly text: string } | null;
  /** Runs when a message is complete, before it is answered. */
  onMail: (mail: SinkMail) => void | Promise<void>;
  readonly close: () => Promise<void>;
}

const refusal = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });

/** A mail server that keeps a journal and can be told what to answer. */
export const createSmtpSink = async (): Promise<SmtpSink> => {
  const journal: SinkMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, done) => {
      const answer = sink.answerTo(address);
      done(answer ? refusal(answer.code, answer.text) : null);
    },
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const mail = {
          to: session.envelope.rcptTo[0]?.address ?? '',
          raw: Buffer.concat(parts).toString('latin1'),
        };
        void Promise.resolve(sink.onMail(mail)).then(() => {
          journal.push(mail);
          done();
        });
      });
    },
  });
  server.on('error', () => undefined);
  const sink: SmtpSink = {
    port: 0,
    journal,
    perAddress: () => {
      const counts = new Map<string, number>();
      for (const { to } of journal) counts.set(to, (counts.get(to) ?? 0) + 1);
      return counts;
    },
    answerTo: () => null,
    onMail: () => undefined,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.server.address();
  return Object.assign(sink, { port: typeof address === 'object' && address ? address.port : 0 });
};
