import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieAttributes, cookieName, sessionLongestMs } from './session.ts';

export const setSessionCookie = (reply: FastifyReply, secret: string): void => {
  reply.setCookie(cookieName, secret, { ...cookieAttributes, maxAge: sessionLongestMs / 1000 });
};

export const clearSessionCookie = (reply: FastifyReply): void => {
  reply.clearCookie(cookieName, cookieAttributes);
};

export const sessionCookie = (request: FastifyRequest): string | undefined => request.cookies[cookieName];
