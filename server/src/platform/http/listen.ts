import { isIP } from 'node:net';
import type { AppError } from '#platform/errors';
import { appError } from '#platform/errors';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Whether only this machine can reach the address. */
export const isLoopback = (host: string): boolean => {
  const bare = host.replace(/^\[|\]$/g, '');
  if (isIP(bare) === 4) return bare.startsWith('127.');
  return bare === '::1' || bare === 'localhost';
};

/** Why a server cannot listen, in words that say what to do. */
export const listenError = (error: unknown, { host, port }: ListenAddress): AppError => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  const say = (reason: string, message: string): AppError =>
    appError('unavailable', { message, details: { reason, host, port }, cause: error });
  switch (code) {
    case 'EADDRINUSE':
      return say(
        'port_taken',
        `Port ${port} on ${host} is taken by another program. Stop that program, or choose another port with MESURE_PORT.`,
      );
    case 'EACCES':
      return say(
        'port_not_allowed',
        `This user may not listen on port ${port}. Choose a port above 1023 with MESURE_PORT.`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return say(
        'host_not_here',
        `${host} is not an address of this machine. Set MESURE_HOST to 127.0.0.1, or to an address that this machine has.`,
      );
    default:
      return say('cannot_listen', `Cannot listen on ${host}:${port}: ${String(error)}`);
  }
};
