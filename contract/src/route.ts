import type { z } from 'zod';

export type Role = 'marketer' | 'approver' | 'admin';

/** Who may call: anybody, anybody signed in, or somebody with one of these roles. */
export type Access = 'public' | 'signed-in' | readonly Role[];

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Fastify style: `/api/segments/:id`. */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly tag: string;
  readonly access: Access;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /**
   * `request`: the body is a stream of bytes (uploads). `response`: the answer is text (CSV, HTML). Neither has a schema
   * then. `events`: the answer is a stream of server-sent events that stays open; `response` is the data of one event.
   */
  readonly raw?: 'request' | 'response' | 'events';
  readonly response: z.ZodType;
  /** Success status; 200 when absent. */
  readonly status?: 200 | 201 | 202;
}

/** Keeps the literal types of a route, so that server and client infer the same contract. */
export const route = <const R extends Route>(definition: R): R => definition;
