import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, it } from 'vitest';
import { createTransport, type OutgoingMail, type Transport, type TransportOptions } from './index.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) {
    await close();
  }
});

const fault = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });

const startServer = async (options: SMTPServerOptions): Promise<number> => {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 50,
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(() => resolve())));
  return (server.server.address() as AddressInfo).port;
};

const connect = (port: number, options: Partial<TransportOptions> = {}): Transport => {
  const transport = createTransport({
    host: '127.0.0.1',
    port,
    security: 'none',
    connectTimeoutMs: 2_000,
    answerTimeoutMs: 300,
    ...options,
  });
  closing.push(() => transport.close());
  return transport;
};

const mail = (to = 'a@example.test'): OutgoingMail => ({
  envelope: { from: 'shop@example.test', to },
  raw: Buffer.from('Subject: x\r\n\r\nline\r\n.dot\r\n'),
});

it('delivers the bytes as they are, many at a time over few connections', async () => {
  const received: string[] = [];
  let connections = 0;
  const port = await startServer({
    onConnect: (_session, done) => {
      connections += 1;
      done();
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push(
          `${session.envelope.rcptTo.map((rcpt) => rcpt.address).join()} ${Buffer.concat(chunks).toString()}`,
        );
        done();
      });
    },
  });
  const transport = connect(port, { connections: 3 });
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, (_, index) => transport.send(mail(`a${index}@example.test`))),
  );
  expect(outcomes.every((outcome) => outcome.kind === 'accepted')).toBe(true);
  expect(connections).toBe(3);
  expect(new Set(received.map((text) => text.split(' ')[0])).size).toBe(50);
  expect(received[0]).toContain('line\r\n.dot\r\n');
});

it('tells a bounce from a delay, and goes on with the same session', async () => {
  let connections = 0;
  const port = await startServer({
    onConnect: (_session, done) => {
      connections += 1;
      done();
    },
    onRcptTo: ({ address }, _session, done) => {
      done(
        address.startsWith('gone')
          ? fault(550, `5.1.1 <${address}> unknown`)
          : address.startsWith('later')
            ? fault(451, '4.7.1 try later')
            : null,
      );
    },
    onData: (stream, session, done) => {
      stream.resume();
      const to = session.envelope.rcptTo[0]?.address ?? '';
      stream.on('end', () =>
        done(
          to.startsWith('spam')
            ? fault(554, '5.7.1 looks like spam')
            : to.startsWith('full')
              ? fault(452, '4.2.2 full')
              : null,
        ),
      );
    },
  });
  const transport = connect(port, { connections: 1 });
  expect(await transport.send(mail('gone@example.test'))).toEqual({
    kind: 'rejected',
    permanent: true,
    stage: 'recipient',
    code: 550,
    response: expect.stringContaining('<address> unknown'),
  });
  expect(await transport.send(mail('later@example.test'))).toMatchObject({
    kind: 'deferred',
    code: 451,
    problem: 'busy',
  });
  expect(await transport.send(mail('spam@example.test'))).toMatchObject({
    kind: 'rejected',
    stage: 'message',
    code: 554,
  });
  expect(await transport.send(mail('full@example.test'))).toMatchObject({ kind: 'deferred', code: 452 });
  expect(await transport.send(mail())).toMatchObject({ kind: 'accepted' });
  expect(connections).toBe(1);
});

it('does not bounce a recipient because the relay does not relay for us (RFC 3463: X.7.X is policy)', async () => {
  const answers = [
    fault(554, '5.7.1 <a@example.test>: Relay access denied'),
    fault(530, 'Authentication required'),
  ];
  const port = await startServer({ onRcptTo: (_address, _session, done) => done(answers.shift()) });
  const transport = connect(port);
  expect(await transport.send(mail())).toMatchObject({ kind: 'rejected', stage: 'message', code: 554 });
  expect(await transport.send(mail())).toMatchObject({ kind: 'deferred', problem: 'auth', code: 530 });
});

it('does not bounce a recipient because the sender or the password was refused', async () => {
  const port = await startServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      done(null, password === 'good' ? { user: username } : {}),
    onMailFrom: (_address, _session, done) => done(fault(553, '5.7.1 not your domain')),
  });
  const wrong = connect(port, { auth: { user: 'u', password: 'bad' } });
  expect(await wrong.send(mail())).toMatchObject({ kind: 'deferred', problem: 'auth' });
  expect(await wrong.verify()).toMatchObject({ ok: false, problem: 'auth' });
  expect(await connect(port).send(mail())).toMatchObject({ kind: 'deferred', problem: 'auth' });
  const right = connect(port, { auth: { user: 'u', password: 'good' } });
  expect(await right.verify()).toEqual({ ok: true });
  expect(await right.send(mail())).toMatchObject({ kind: 'deferred', problem: 'sender', code: 553 });
});

it.each(['drops', 'hangs'])('is uncertain when the server %s after the data', async (what) => {
  const port = await startServer({
    onData: (stream, _session, done) => {
      stream.resume();
      // smtp-server has no way to cut a session from here: the error closes it without an answer being written.
      stream.on('end', () => {
        if (what === 'drops') {
          for (const socket of sockets) {
            socket.destroy();
          }
          done();
        }
      });
    },
  });
  const sockets: Socket[] = [];
  const proxy = createServer((client) => {
    const upstream = new (client.constructor as typeof Socket)();
    upstream.connect(port, '127.0.0.1');
    sockets.push(client);
    client.pipe(upstream).pipe(client);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => proxy.close(() => resolve())));
  const transport = connect((proxy.address() as AddressInfo).port);
  expect(await transport.send(mail())).toMatchObject({ kind: 'uncertain' });
});

it('is deferred when the server hangs before the data, or is down, or hangs before its greeting', async () => {
  const port = await startServer({ onRcptTo: () => undefined });
  expect(await connect(port).send(mail())).toMatchObject({ kind: 'deferred', problem: 'timeout' });
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  closing.push(() => void silent.close());
  const silentPort = (silent.address() as AddressInfo).port;
  expect(await connect(silentPort, { connectTimeoutMs: 200 }).verify()).toMatchObject({
    ok: false,
    problem: 'timeout',
  });
  const free = await startServer({});
  await closing.pop()?.();
  expect(await connect(free).send(mail())).toMatchObject({ kind: 'deferred', problem: 'refused' });
  expect(await connect(free, { host: 'nowhere.invalid' }).verify()).toMatchObject({
    ok: false,
    problem: 'unknown_host',
  });
});

it('tries again at once when an idle session had been closed by the server', async () => {
  const sessions = new Set<Socket>();
  const port = await startServer({
    onData: (stream, _session, done) => void stream.resume().on('end', () => done()),
  });
  const proxy = createServer((client) => {
    const upstream = new (client.constructor as typeof Socket)();
    upstream.connect(port, '127.0.0.1');
    sessions.add(client);
    client.pipe(upstream).pipe(client);
    client.on('error', () => undefined);
    upstream.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => proxy.close(() => resolve())));
  const transport = connect((proxy.address() as AddressInfo).port, { connections: 1 });
  expect(await transport.send(mail())).toMatchObject({ kind: 'accepted' });
  for (const socket of sessions) {
    socket.resetAndDestroy();
  }
  expect(await transport.send(mail())).toMatchObject({ kind: 'accepted' });
});
