export { type CatcherDoor, catcherAccess } from './access.ts';
export { type Catcher, type CatcherOptions, createCatcher } from './catcher.ts';
export type { CaughtMail, MailPage, MailQuery, OpenedMail } from './mail.ts';
export { bindCatcherRoutes } from './routes.ts';
