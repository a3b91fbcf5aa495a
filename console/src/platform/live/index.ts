export { listen, stopListening } from './live.ts';
export { usePresence } from './use-presence.ts';
