import type { FastifyInstance } from 'fastify';
import { joinPages } from './join-page.ts';
import type { Access } from './service.ts';
import { setUpPages } from './setup-page.ts';

/** Plain pages for what comes before the first sign-in: `/setup` and `/join`. Registered with `http.pages`. */
export const accessPages =
  ({ access }: { readonly access: Access }) =>
  (app: FastifyInstance): void => {
    setUpPages(app, access);
    joinPages(app, access);
  };
