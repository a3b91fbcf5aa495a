import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { consentRoutes } from '@mesure/contract/consent';
import { senderRoutes } from '@mesure/contract/sender';
import { type SettingsChange, settingsRoutes } from '@mesure/contract/settings';
import { temporaryFolder } from './data-folder.ts';
import { type ProcessEnd, type ServerProcess, startServerProcess } from './server-process.ts';
import { type Sink, startSink } from './sink.ts';
import { atAddress, setUpTeam, type Team } from './team.ts';

/** Where customers would reach the server: nobody listens there, the tests follow its links to the local address. */
export const publicUrl = 'https://shop.example';

export interface House {
  readonly folder: string;
  readonly sink: Sink;
  readonly server: () => ServerProcess;
  readonly team: () => Team;
  /** An address of the public origin, at the local one. */
  readonly local: (link: string) => string;
  /** As the power button does; the next `start` is a restart. */
  readonly killed: () => Promise<ProcessEnd>;
  readonly start: (variables?: Readonly<Record<string, string>>) => Promise<void>;
  readonly close: () => Promise<void>;
}

// The tests run at any hour.
const allDay: SettingsChange = { quietHours: { start: '00:00', end: '23:59' } };

const prepareSender = async ({ marketer }: Team, port: number): Promise<void> => {
  const entity = await marketer.call(consentRoutes.createEntity, {
    body: {
      name: 'Maison Alba SAS',
      address: '12 rue des Cévennes, 34000 Montpellier',
      contactEmail: 'contact@maison-alba.example',
    },
  });
  await marketer.call(senderRoutes.saveSenderIdentity, {
    params: { entityId: entity.id },
    body: { fromName: 'Maison Alba', fromAddress: 'bonjour@maison-alba.example' },
  });
  const { key } = await marketer.call(senderRoutes.createDkimKey, {
    body: { domain: 'maison-alba.example' },
  });
  await marketer.call(senderRoutes.activateDkimKey, { params: { id: key.id }, body: { skipCheck: true } });
  await marketer.call(senderRoutes.saveTransport, {
    body: { kind: 'smtp', host: '127.0.0.1', port, security: 'none' },
  });
};

/** A server, a mail sink and a shop with two people in it, everything set up by the same calls as anybody's. */
export const openHouse = async (settings: SettingsChange = {}): Promise<House> => {
  const temporary = temporaryFolder();
  const folder = join(temporary.path, '');
  const mails = join(folder, 'sink');
  mkdirSync(mails);
  const sink = await startSink(mails);
  let server = await startServerProcess({ folder });
  const { port } = server;
  let team = await setUpTeam(server.url, server.setupToken ?? '');
  await team.marketer.call(settingsRoutes.changeSettings, { body: { publicUrl, ...allDay, ...settings } });
  await prepareSender(team, sink.port);
  return {
    folder,
    sink,
    server: () => server,
    team: () => team,
    local: (link) => link.replace(publicUrl, server.url),
    killed: () => server.kill('SIGKILL'),
    start: async (variables = {}) => {
      server = await startServerProcess({ folder, port, variables });
      team = atAddress(server.url, team);
    },
    close: async () => {
      await server.stop().finally(() => sink.close());
      temporary.remove();
    },
  };
};
