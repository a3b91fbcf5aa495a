import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

export interface GaugeReading {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Metrics {
  readonly registry: Registry;
  /** A gauge that is read when it is asked for; what cannot be read is left out, never guessed. */
  readonly observe: (gauge: {
    readonly name: string;
    readonly help: string;
    readonly labels?: readonly string[];
    readonly read: () => readonly GaugeReading[] | Promise<readonly GaugeReading[]>;
  }) => void;
}

/**
 * One registry per server: nothing is registered globally. Label values come from closed lists (states, routes, rules),
 * never from people or workspaces' contents.
 */
export const createMetrics = (): Metrics => {
  const registry = new Registry();
  // Sampling the event loop every 10 ms, the default, costs an idle server as much as everything else it does.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
  return {
    registry,
    observe: ({ name, help, labels = [], read }) => {
      const gauge = new Gauge({
        name,
        help,
        labelNames: [...labels],
        registers: [],
        async collect() {
          // reset() puts a gauge without labels at 0, which would be a guess.
          if (labels.length === 0) this.remove();
          else this.reset();
          const readings = await Promise.resolve()
            .then(read)
            .catch(() => []);
          for (const reading of readings) this.set({ ...reading.labels }, reading.value);
        },
      });
      registry.registerMetric(gauge);
    },
  };
};
