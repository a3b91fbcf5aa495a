export { listen, stopListening } from './live.ts';
export { OthersHere } from './others-here.tsx';
