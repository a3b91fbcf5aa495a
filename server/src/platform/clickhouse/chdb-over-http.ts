import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { drainPending, Session } from 'chdb';

/**
 * For tests: chDB behind ClickHouse's HTTP interface, as far as the port uses it: `query` in the address or the body,
 * settings as further parameters, the rows of an insert in the body, errors as status, code header and text.
 */
export interface ChdbServer {
  readonly url: string;
  /** Requests seen, without their bodies. */
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

/** What is about the transport and no setting of the engine. */
const TRANSPORT = new Set(['query', 'query_id', 'database', 'session_id', 'wait_end_of_query', 'role']);
const OUTSIDE = /^(enable_http_compression|http_|send_progress|default_format)/;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

const settingsOf = (parameters: URLSearchParams): [string, string][] =>
  [...parameters].filter(([name]) => !TRANSPORT.has(name) && !OUTSIDE.test(name));

const answer = async (session: Session, request: IncomingMessage): Promise<string> => {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const body = await bodyOf(request);
  const inAddress = searchParams.get('query');
  const settings = settingsOf(searchParams).map(
    ([name, value]) => `${name} = '${value.replace(/[\\']/g, (c) => `\\${c}`)}'`,
  );
  const insert = inAddress === null ? null : /^\s*(insert\s+into[\s\S]*?)(format\s+\w+)\s*$/i.exec(inAddress);
  if (insert !== null) {
    const clause = settings.length === 0 ? '' : `SETTINGS ${settings.join(', ')} `;
    return (await session.queryAsync(`${insert[1]} ${clause}${insert[2]}\n${body}`)).text();
  }
  const sql = [inAddress, body].filter(Boolean).join('\n');
  for (const setting of settings) await session.queryAsync(`SET ${setting}`);
  return (await session.queryAsync(sql)).text();
};

const respond = async (
  session: Session,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  try {
    const text = await answer(session, request);
    response.writeHead(200, { 'content-type': 'text/plain; charset=UTF-8' }).end(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = /Code: (\d+)/.exec(message)?.[1] ?? '1002';
    response
      .writeHead(500, { 'x-clickhouse-exception-code': code, 'content-type': 'text/plain' })
      .end(`${message}\n`);
  }
};

export const serveChdb = async (folder: string): Promise<ChdbServer> => {
  // One session a request: requests are independent of each other, as on a server.
  const open = new Set<Session>();
  const keeper = new Session(folder, { connectionArgs: ['--max_server_memory_usage=2000000000'] });
  const requests: string[] = [];
  const server: Server = createServer((request, response) => {
    requests.push(request.url ?? '');
    const session = new Session(folder);
    open.add(session);
    void respond(session, request, response).finally(() => {
      open.delete(session);
      session.close();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      for (const session of open) session.close();
      keeper.close();
      await drainPending();
    },
  };
};
