import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { ApiError, createClient } from './client.ts';
import { route } from './route.ts';

const base = { summary: 'A test route', tag: 'Test', access: 'public' } as const;
const echo = route({
  ...base,
  method: 'PUT',
  path: '/api/echo/:name',
  params: z.strictObject({ name: z.string() }),
  query: z.strictObject({ tags: z.array(z.string()).optional(), size: z.coerce.number().default(1) }),
  body: z.strictObject({ at: z.string() }),
  response: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
  }),
});
const upload = route({ ...base, method: 'POST', path: '/api/echo', raw: 'request', response: echo.response });
const text = route({ ...base, method: 'GET', path: '/api/text', raw: 'response', response: z.string() });
const fail = route({ ...base, method: 'GET', path: '/api/fail', response: z.object({}) });
const proxy = route({ ...base, method: 'GET', path: '/api/proxy', response: z.object({}) });

const read = async (request: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
};

const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { method, url = '', headers } = request;
  const body = await read(request);
  if (url === '/api/text') return void response.end('a,b\n');
  if (url === '/api/proxy') return void response.writeHead(502).end('<h1>Bad gateway</h1>');
  if (url === '/api/fail') {
    const error = { code: 'conflict', message: 'Too late.', details: { reason: 'stale' }, requestId: 'r1' };
    return void response
      .writeHead(409, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error }));
  }
  response.setHeader('set-cookie', ['other=1; Path=/', '__Host-mesure=abc; Path=/; Secure']);
  response.end(JSON.stringify({ method, url, headers, body }));
};

let server: Server;
let baseUrl: string;
beforeAll(async () => {
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const options = { params: { name: 'a/b é' }, query: { tags: ['x', 'y'], size: 3 }, body: { at: 'now' } };

describe('the client', () => {
  it('fills the path, the query and the body, and says which site it is', async () => {
    const answer = await createClient({ baseUrl }).call(echo, options);
    expectTypeOf(answer.headers).toEqualTypeOf<Record<string, string>>();
    expect(answer).toMatchObject({
      method: 'PUT',
      url: '/api/echo/a%2Fb%20%C3%A9?tags=x&tags=y&size=3',
      body: '{"at":"now"}',
      headers: { 'content-type': 'application/json', origin: baseUrl },
    });
  });

  it('sends a token instead of the cookie, or goes on with the cookie it was given', async () => {
    const program = createClient({ baseUrl, token: 'secret' });
    expect((await program.call(echo, options)).headers).toMatchObject({ authorization: 'Bearer secret' });
    const person = createClient({ baseUrl, cookie: '__Host-mesure=old' });
    expect((await person.call(echo, options)).headers['cookie']).toBe('__Host-mesure=old');
    expect((await person.call(echo, options)).headers['cookie']).toBe('__Host-mesure=abc');
    expect(person.cookie()).toBe('__Host-mesure=abc');
  });

  it('streams an upload and reads a text', async () => {
    const client = createClient({ baseUrl, token: 't' });
    async function* chunks(): AsyncGenerator<Uint8Array> {
      for (const part of ['un', 'deux', 'trois']) yield new TextEncoder().encode(part);
    }
    const answer = await client.call(upload, { body: chunks(), headers: { 'content-type': 'text/csv' } });
    expect(answer.body).toBe('undeuxtrois');
    expect(answer.headers).toMatchObject({ 'content-type': 'text/csv', 'transfer-encoding': 'chunked' });
    expect(await client.call(text)).toBe('a,b\n');
  });

  it('throws what the table of errors says', async () => {
    const client = createClient({ baseUrl });
    await expect(client.call(fail)).rejects.toMatchObject({
      name: 'ApiError',
      status: 409,
      code: 'conflict',
      message: 'Too late.',
      requestId: 'r1',
      details: { reason: 'stale' },
    });
    await expect(client.call(proxy)).rejects.toMatchObject({ status: 502, code: 'unavailable' });
    const nowhere = createClient({ baseUrl: 'http://127.0.0.1:1' });
    await expect(nowhere.call(text)).rejects.toThrow('No answer from http://127.0.0.1:1');
    await expect(nowhere.call(text)).rejects.toBeInstanceOf(ApiError);
  });

  it('asks for what a route needs, when it is compiled', () => {
    const client = createClient({ baseUrl });
    // Never called: the compiler is the judge.
    const calls = [
      // @ts-expect-error params, query and body are missing
      () => client.call(echo),
      // @ts-expect-error the body has no `at`
      () => client.call(echo, { ...options, body: {} }),
      // @ts-expect-error a GET without body takes none
      () => client.call(fail, { body: {} }),
    ];
    expect(calls.length).toBe(3);
  });
});
