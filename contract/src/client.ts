import type { z } from 'zod';
import type { ErrorBody, ErrorCode } from './errors.ts';
import type { Route } from './route.ts';

/** An answer of the API that is not a success, or no answer at all (`unavailable`, status 0). */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly requestId: string;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(status: number, body: ErrorBody, cause?: unknown) {
    super(body.error.message, cause === undefined ? undefined : { cause });
    this.name = 'ApiError';
    this.code = body.error.code;
    this.status = status;
    this.requestId = body.error.requestId;
    this.details = body.error.details;
  }
}

/** Bytes to send as they are: a file's stream, never held in memory. */
export type Upload = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | Uint8Array | Blob | string;

type Given<R, K extends 'params' | 'query' | 'body'> = R extends {
  readonly [P in K]: infer S extends z.ZodType;
}
  ? z.input<S>
  : never;
type Needed<K extends string, T> = [T] extends [never]
  ? { readonly [P in K]?: never }
  : Record<string, never> extends T
    ? { readonly [P in K]?: T }
    : { readonly [P in K]: T };

export type CallOptions<R extends Route> = Needed<'params', Given<R, 'params'>> &
  Needed<'query', Given<R, 'query'>> &
  (R extends { readonly raw: 'request' }
    ? { readonly body: Upload; readonly headers?: Readonly<Record<string, string>> }
    : Needed<'body', Given<R, 'body'>>) & { readonly signal?: AbortSignal };

/** Text for routes that answer with CSV or HTML; the bytes as they come for a stream of events. */
export type CallAnswer<R extends Route> = R extends { readonly raw: 'response' }
  ? string
  : R extends { readonly raw: 'events' }
    ? ReadableStream<Uint8Array> | null
    : z.output<R['response']>;

export interface ClientOptions {
  /** `http://127.0.0.1:3300`; in a browser `location.origin`. */
  readonly baseUrl: string;
  /** An API token or the local token. Without it the session cookie is used. */
  readonly token?: string;
  /** Outside a browser: the `name=value` of a session to continue. Kept up to date from the answers. */
  readonly cookie?: string;
  readonly fetch?: typeof fetch;
}

export interface Client {
  /**
   * Calls one route of the contract.
   * @throws ApiError for every answer that is not a success, with the code of the error table.
   */
  readonly call: <R extends Route>(
    route: R,
    ...options: Partial<CallOptions<R>> extends CallOptions<R> ? [CallOptions<R>?] : [CallOptions<R>]
  ) => Promise<CallAnswer<R>>;
  /** The session cookie as `name=value`, outside a browser, once signed in. */
  readonly cookie: () => string | undefined;
}

type Scalar = string | number | boolean | undefined;

interface LooseOptions {
  readonly params?: Readonly<Record<string, Scalar>>;
  readonly query?: Readonly<Record<string, Scalar | readonly Scalar[]>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

const addressOf = (baseUrl: string, route: Route, { params = {}, query = {} }: LooseOptions): URL => {
  const path = route.path.replace(/:([A-Za-z0-9_]+)/g, (_whole, name: string) => {
    const value = params[name];
    if (value === undefined || value === '')
      throw new TypeError(`${route.path} needs the parameter ${name}.`);
    return encodeURIComponent(String(value));
  });
  const url = new URL(path, baseUrl);
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) url.searchParams.append(name, String(item));
    }
  }
  return url;
};

const errorOf = async (response: Response): Promise<ApiError> => {
  const text = await response.text();
  try {
    const body = JSON.parse(text) as ErrorBody;
    if (typeof body.error.code === 'string') return new ApiError(response.status, body);
  } catch {
    // Not ours: a proxy's page, most often.
  }
  const message = `The address answered ${response.status} without an error of this API: is a proxy in between?`;
  return new ApiError(response.status, { error: { code: 'unavailable', message, requestId: '' } });
};

const bodyOf = (route: Route, body: unknown): RequestInit => {
  if (body === undefined) return {};
  if (route.raw !== 'request') {
    return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  }
  const init = { body, duplex: 'half', headers: { 'content-type': 'application/octet-stream' } };
  // `duplex` is required for streams (Fetch, "half") and missing from the type.
  return init as RequestInit;
};

export const createClient = (options: ClientOptions): Client => {
  const send = options.fetch ?? fetch;
  let cookie = options.cookie;

  const remember = (response: Response): void => {
    for (const line of response.headers.getSetCookie?.() ?? []) {
      const pair = line.split(';')[0] ?? '';
      if (pair.startsWith('__Host-mesure=')) cookie = pair.endsWith('=') ? undefined : pair;
    }
  };

  const call = async (route: Route, given: LooseOptions = {}): Promise<unknown> => {
    const url = addressOf(options.baseUrl, route, given);
    const { headers: bodyHeaders, ...init } = bodyOf(route, given.body);
    const headers = new Headers(bodyHeaders);
    for (const [name, value] of Object.entries(given.headers ?? {})) headers.set(name, value);
    if (options.token) headers.set('authorization', `Bearer ${options.token}`);
    else {
      // Browsers ignore both lines and set their own; elsewhere they say that this is no other site's request.
      headers.set('origin', url.origin);
      if (cookie) headers.set('cookie', cookie);
    }
    let response: Response;
    try {
      response = await send(url, {
        method: route.method,
        headers,
        credentials: 'same-origin',
        redirect: 'error',
        ...init,
        ...(given.signal ? { signal: given.signal } : {}),
      });
    } catch (cause) {
      if (given.signal?.aborted) throw cause;
      const message = `No answer from ${url.origin}. Is the server running, and is the address right?`;
      throw new ApiError(0, { error: { code: 'unavailable', message, requestId: '' } }, cause);
    }
    remember(response);
    if (!response.ok) throw await errorOf(response);
    if (route.raw === 'events') return response.body;
    return route.raw === 'response' ? response.text() : response.json();
  };

  return { call: call as Client['call'], cookie: () => cookie };
};
