export { describeSeries, type TrendSignal } from './describe.ts';
export { fitHistory, type HistoryInput, type MonitoredHistory } from './history.ts';
export { createMonitor, type TrendMonitor } from './monitor.ts';
export { type BucketReport, type ClosedSignal, observeBucket } from './observe.ts';
export { loadMonitor, saveMonitor } from './save.ts';
export type { MonitorOptions, MonitorSettings } from './settings.ts';
