export { DemoBar } from './demo-bar.tsx';
export { useDemo } from './use-demo.ts';
