export { type BuiltConsole, consolePages, readConsole } from './console.ts';
