import type { senderRoutes, transportSchema } from '@mesure/contract/sender';
import type { z } from 'zod';

export type StoredTransport = z.output<typeof transportSchema>;
export type TransportBody = z.input<typeof senderRoutes.saveTransport.body>;

export interface TransportValues {
  readonly kind: 'catcher' | 'smtp';
  readonly host: string;
  readonly port: number | string;
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user: string;
  /** Empty: the stored one stays. */
  readonly password: string;
}

export const transportValues = (stored: StoredTransport): TransportValues => ({
  kind: stored.kind,
  host: stored.host ?? '',
  port: stored.port ?? 465,
  security: stored.security ?? 'tls',
  user: stored.user ?? '',
  password: '',
});

/** The usual port of each kind of security (RFC 8314 section 3.3). */
export const usualPort = { tls: 465, starttls: 587, none: 25 } as const;

/** Another server or user never gets the password that was meant for the one before. */
export const keepsPassword = (values: TransportValues, stored: StoredTransport): boolean =>
  stored.hasPassword && values.host.trim() === stored.host && values.user.trim() === (stored.user ?? '');

export const transportBody = (values: TransportValues, stored: StoredTransport): TransportBody => {
  if (values.kind === 'catcher') return { kind: 'catcher' };
  const { host, port, security, user, password } = values;
  return {
    kind: 'smtp',
    host: host.trim(),
    port: port as number,
    security,
    user: user.trim() === '' ? null : user.trim(),
    ...(password !== '' ? { password } : keepsPassword(values, stored) ? {} : { password: null }),
  };
};
