export { sessionQuery, settingsQuery, useMay, useSession, useSettings } from './session.ts';
