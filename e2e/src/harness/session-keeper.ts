import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SessionKeeper {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/**
 * A proxy on this machine that keeps one person's session itself: browsers refuse a Secure cookie over plain http, and
 * the console behind it is the same one.
 */
export const openSessionKeeper = async (serverPort: number): Promise<SessionKeeper> => {
  let cookie: string | undefined;
  const server = createServer((asked, answer) => {
    const headers = cookie === undefined ? asked.headers : { ...asked.headers, cookie };
    const { method = 'GET', url = '/' } = asked;
    const onward = request({ host: '127.0.0.1', port: serverPort, method, path: url, headers }, (given) => {
      cookie = given.headers['set-cookie']?.[0]?.split(';')[0] ?? cookie;
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};
