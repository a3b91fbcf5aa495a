import { z } from 'zod';
import { route } from './route.ts';
import { currencySchema, languageSchema, timeZoneSchema, workspaceSettingsSchema } from './settings.ts';

export const roleSchema = z.enum(['marketer', 'approver', 'admin']);
const rolesSchema = z
  .array(roleSchema)
  .min(1, 'needs at least one role')
  .transform((roles) => [...new Set(roles)]);
const email = z.email('must be an e-mail address').max(254);
/** Length only, no composition rules (NIST SP 800-63B section 3.1.1.2); common ones are refused by the server. */
const newPassword = z
  .string()
  .min(12, 'must have at least 12 characters')
  .max(128, 'must have at most 128 characters');
const oneTimeToken = z.string().min(20).max(200);
const personName = z.string().trim().min(1).max(120);
const instant = z.iso.datetime();

const workspaceView = z.object({ id: z.uuid(), name: z.string() });

export const sessionSchema = z.object({
  /** `token` when the caller is a program. */
  kind: z.enum(['account', 'token', 'system']),
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  roles: z.array(roleSchema),
  workspace: workspaceView,
});
export type SessionView = z.output<typeof sessionSchema>;

const memberSchema = z.object({
  accountId: z.uuid(),
  name: z.string(),
  email: z.string(),
  roles: z.array(roleSchema),
  disabled: z.boolean(),
  since: instant,
});

const invitationSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  roles: z.array(roleSchema),
  invitedBy: z.string(),
  expiresAt: instant,
});

const tokenSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  roles: z.array(roleSchema),
  createdBy: z.string(),
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: instant.nullable(),
});

const member = z.strictObject({ accountId: z.uuid() });

export const accessRoutes = {
  readSetUp: route({
    method: 'GET',
    path: '/api/setup',
    summary: 'Whether the first account is still to be made, with the one-time token printed at start',
    tag: 'Access',
    access: 'public',
    response: z.object({ open: z.boolean() }),
  }),
  setUp: route({
    method: 'POST',
    path: '/api/setup',
    summary: 'Create the first workspace and account with the one-time token printed at start, and sign in',
    tag: 'Access',
    access: 'public',
    body: z.strictObject({
      token: oneTimeToken,
      workspace: workspaceSettingsSchema.pick({ name: true }).extend({
        timeZone: timeZoneSchema,
        currency: currencySchema,
        language: languageSchema,
      }),
      account: z.strictObject({ email, name: personName, password: newPassword }),
    }),
    response: sessionSchema,
    status: 201,
  }),
  signIn: route({
    method: 'POST',
    path: '/api/session',
    summary: 'Sign in: sets the session cookie',
    tag: 'Access',
    access: 'public',
    body: z.strictObject({
      email: z.string().max(254),
      password: z.string().max(128),
      workspaceId: z.uuid().optional(),
    }),
    response: sessionSchema,
    status: 201,
  }),
  signOut: route({
    method: 'DELETE',
    path: '/api/session',
    summary: 'Sign out: ends this session',
    tag: 'Access',
    access: 'signed-in',
    response: z.object({ signedOut: z.literal(true) }),
  }),
  readSession: route({
    method: 'GET',
    path: '/api/session',
    summary: 'Who is calling, with which roles, in which workspace',
    tag: 'Access',
    access: 'signed-in',
    response: sessionSchema,
  }),
  switchWorkspace: route({
    method: 'PUT',
    path: '/api/session/workspace',
    summary: 'Continue this session in another workspace of the same account',
    tag: 'Access',
    access: 'signed-in',
    body: z.strictObject({ workspaceId: z.uuid() }),
    response: sessionSchema,
  }),
  changePassword: route({
    method: 'PUT',
    path: '/api/session/password',
    summary: 'Change the own password: every other session of the account ends',
    tag: 'Access',
    access: 'signed-in',
    body: z.strictObject({ currentPassword: z.string().max(128), newPassword }),
    response: sessionSchema,
  }),
  listWorkspaces: route({
    method: 'GET',
    path: '/api/workspaces',
    summary: 'List the workspaces of the own account',
    tag: 'Access',
    access: 'signed-in',
    response: z.object({ items: z.array(workspaceView.extend({ roles: z.array(roleSchema) })) }),
  }),
  createWorkspace: route({
    method: 'POST',
    path: '/api/workspaces',
    summary: 'Create another workspace; the caller gets all roles in it',
    tag: 'Access',
    access: ['admin'],
    body: workspaceSettingsSchema.pick({ name: true, timeZone: true, currency: true, language: true }),
    response: workspaceView,
    status: 201,
  }),
  listTeam: route({
    method: 'GET',
    path: '/api/team',
    summary: 'List the people of the workspace',
    tag: 'Team',
    access: 'signed-in',
    response: z.object({ items: z.array(memberSchema) }),
  }),
  changeRoles: route({
    method: 'PUT',
    path: '/api/team/:accountId/roles',
    summary: 'Change what a person may do; the last admin stays one',
    tag: 'Team',
    access: ['admin'],
    params: member,
    body: z.strictObject({ roles: rolesSchema }),
    response: memberSchema,
  }),
  disableMember: route({
    method: 'POST',
    path: '/api/team/:accountId/disable',
    summary: 'Shut a person out: sessions and tokens stop at once',
    tag: 'Team',
    access: ['admin'],
    params: member,
    response: memberSchema,
  }),
  enableMember: route({
    method: 'POST',
    path: '/api/team/:accountId/enable',
    summary: 'Let a disabled person in again',
    tag: 'Team',
    access: ['admin'],
    params: member,
    response: memberSchema,
  }),
  listInvitations: route({
    method: 'GET',
    path: '/api/invitations',
    summary: 'List invitations that are still open',
    tag: 'Team',
    access: ['admin'],
    response: z.object({ items: z.array(invitationSchema) }),
  }),
  invite: route({
    method: 'POST',
    path: '/api/invitations',
    summary: 'Invite a colleague: answers a one-time link, shown once, valid for seven days',
    tag: 'Team',
    access: ['admin'],
    body: z.strictObject({ email, roles: rolesSchema }),
    response: z.object({ invitation: invitationSchema, token: z.string(), link: z.string() }),
    status: 201,
  }),
  revokeInvitation: route({
    method: 'DELETE',
    path: '/api/invitations/:invitationId',
    summary: 'Take an invitation back',
    tag: 'Team',
    access: ['admin'],
    params: z.strictObject({ invitationId: z.uuid() }),
    response: z.object({ revoked: z.literal(true) }),
  }),
  readInvitation: route({
    method: 'POST',
    path: '/api/invitations/reading',
    summary: 'What an invitation token invites to',
    tag: 'Team',
    access: 'public',
    body: z.strictObject({ token: oneTimeToken }),
    response: z.object({
      email: z.string(),
      roles: z.array(roleSchema),
      workspaceName: z.string(),
      expiresAt: instant,
    }),
  }),
  acceptInvitation: route({
    method: 'POST',
    path: '/api/invitations/acceptance',
    summary:
      'Accept an invitation with a name and a password (the existing one if there is an account), and sign in',
    tag: 'Team',
    access: 'public',
    body: z.strictObject({ token: oneTimeToken, name: personName, password: newPassword }),
    response: sessionSchema,
    status: 201,
  }),
  listTokens: route({
    method: 'GET',
    path: '/api/tokens',
    summary: 'List the API tokens that still work',
    tag: 'Tokens',
    access: ['admin'],
    response: z.object({ items: z.array(tokenSchema) }),
  }),
  createToken: route({
    method: 'POST',
    path: '/api/tokens',
    summary: 'Create an API token: shown once; never an approver, because approving is done by a person',
    tag: 'Tokens',
    access: ['admin'],
    body: z.strictObject({
      name: personName,
      roles: z.array(z.enum(['marketer', 'admin'])).min(1, 'needs at least one role'),
      expiresInDays: z.int().min(1).max(366).default(90),
    }),
    response: z.object({ token: tokenSchema, secret: z.string() }),
    status: 201,
  }),
  revokeToken: route({
    method: 'DELETE',
    path: '/api/tokens/:tokenId',
    summary: 'Revoke an API token',
    tag: 'Tokens',
    access: ['admin'],
    params: z.strictObject({ tokenId: z.uuid() }),
    response: z.object({ revoked: z.literal(true) }),
  }),
} as const;
