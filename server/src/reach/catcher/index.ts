export { createCatcher, type Catcher, type CatcherOptions } from './catcher.ts';
export type { CaughtMail, MailQuery } from './mail.ts';
export { bindCatcherRoutes } from './routes.ts';
export { catcherPages } from './pages.ts';
