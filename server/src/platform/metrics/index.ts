export { createMetrics, type GaugeReading, type Metrics } from './metrics.ts';
