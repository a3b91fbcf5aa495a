export { type FitProgress, tell, type Watch, watchPart } from './watch.ts';
