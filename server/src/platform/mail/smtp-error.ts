import type { SmtpOutcome, SmtpProblem } from './outcome.ts';

/** The fields that nodemailer puts on its errors; all of them optional, so that any error can be read as one. */
export interface SmtpError {
  readonly message: string;
  readonly code?: string | undefined;
  readonly originalCode?: string | undefined;
  readonly command?: string | undefined;
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
}

const PROBLEMS: Readonly<Record<string, SmtpProblem>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EDNS: 'unknown_host',
  ENOTFOUND: 'unknown_host',
  EAI_AGAIN: 'unknown_host',
  ETIMEDOUT: 'timeout',
  ETLS: 'tls',
  EAUTH: 'auth',
  ENOAUTH: 'auth',
  EPROTOCOL: 'protocol',
};

export const problemOf = (error: SmtpError): SmtpProblem => {
  const fromServer = error.responseCode ?? 0;
  if (fromServer === 530) return 'auth';
  if (error.command === 'MAIL FROM' && fromServer >= 500) return 'sender';
  if (fromServer >= 400 && fromServer < 500) {
    return 'busy';
  }
  return PROBLEMS[error.originalCode ?? ''] ?? PROBLEMS[error.code ?? ''] ?? 'closed';
};

/** The last line of a server's answer, without what could carry somebody's address into a log. */
export const reasonOf = (error: SmtpError): string =>
  (error.response ?? error.message).replace(/<[^<>]*@[^<>]*>|\S+@\S+/g, '<address>').slice(0, 300);

/**
 * RFC 3463: X.7.X is security or policy, and 530 asks for authentication (RFC 4954): a relay that does not relay for us
 * says so of every recipient, and none of them bounced.
 */
const isAboutPolicy = (error: SmtpError): boolean =>
  /^\s*5\d\d[ -]5\.7\.\d/m.test(error.response ?? error.message);

const withCode = (error: SmtpError): { readonly code?: number } =>
  error.responseCode === undefined ? {} : { code: error.responseCode };

/**
 * @param dataBegan whether a byte of the message had left. Before that nothing can have been taken; after it only
 * a final answer of the server tells.
 */
export const outcomeOf = (error: SmtpError, dataBegan: boolean): SmtpOutcome => {
  const code = error.responseCode;
  const reason = reasonOf(error);
  const answered = code !== undefined && (error.code === 'EMESSAGE' || error.code === 'EENVELOPE');
  if (answered && code >= 500 && code !== 530 && (error.command === 'RCPT TO' || error.command === 'DATA')) {
    const stage = error.command === 'RCPT TO' && !isAboutPolicy(error) ? 'recipient' : 'message';
    return { kind: 'rejected', permanent: true, stage, code, response: reason };
  }
  if (!answered && error.code === 'EMESSAGE' && error.command === 'MAIL FROM') {
    // Larger than the SIZE the server announced: nodemailer stops before sending anything.
    return { kind: 'rejected', permanent: true, stage: 'message', code: 552, response: reason };
  }
  if (dataBegan && !answered) {
    return { kind: 'uncertain', reason };
  }
  return { kind: 'deferred', ...withCode(error), problem: problemOf(error), reason };
};
