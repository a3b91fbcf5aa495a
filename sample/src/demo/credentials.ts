import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Credential {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly roles: readonly ('marketer' | 'approver' | 'admin')[];
}

export interface Credentials {
  readonly marketer: Credential;
  readonly approver: Credential;
}

/** The two accounts of the demo: passwords are made once and kept in a 0600 file, so that a second start prints the same. */
export const credentialsIn = (dataFolder: string): Credentials => {
  const file = join(dataFolder, 'demo-accounts.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Credentials;
  const made: Credentials = {
    marketer: {
      email: 'camille@shop.example',
      name: 'Camille Marchand',
      password: randomBytes(12).toString('base64url'),
      roles: ['marketer', 'admin'],
    },
    approver: {
      email: 'alex@shop.example',
      name: 'Alex Morin',
      password: randomBytes(12).toString('base64url'),
      roles: ['approver', 'admin'],
    },
  };
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600 });
  return made;
};
