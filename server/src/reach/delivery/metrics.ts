import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { SendState } from './send.ts';

export interface Metrics {
  readonly sends: (state: SendState, count: number) => void;
  readonly keptBack: (state: 'blocked' | 'held', rule: string) => void;
  readonly ruleFailed: (rule: string) => void;
  readonly recovered: (state: string, count: number) => void;
  readonly inFlight: (change: number) => void;
  readonly step: (step: 'claim' | 'compose' | 'attempt' | 'smtp' | 'record', milliseconds: number) => void;
}

export const createMetrics = (registry: Registry): Metrics => {
  const sends = new Counter({
    name: 'mesure_sends_total',
    help: 'Sends by the state they entered',
    labelNames: ['state'],
    registers: [registry],
  });
  const kept = new Counter({
    name: 'mesure_sends_kept_back_total',
    help: 'Sends that a rule blocked or held',
    labelNames: ['state', 'rule'],
    registers: [registry],
  });
  const failed = new Counter({
    name: 'mesure_rule_failures_total',
    help: 'Batches left unsent because a rule could not be evaluated',
    labelNames: ['rule'],
    registers: [registry],
  });
  const recovered = new Counter({
    name: 'mesure_sends_recovered_total',
    help: 'Sends taken back from a worker that was lost',
    labelNames: ['state'],
    registers: [registry],
  });
  const inFlight = new Gauge({
    name: 'mesure_sends_in_flight',
    help: 'Messages between the first byte and the answer',
    registers: [registry],
  });
  const steps = new Histogram({
    name: 'mesure_delivery_step_seconds',
    help: 'Duration of a step of delivery, per batch',
    labelNames: ['step'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 30],
    registers: [registry],
  });
  return {
    sends: (state, count) => sends.inc({ state }, count),
    keptBack: (state, rule) => kept.inc({ state, rule }),
    ruleFailed: (rule) => failed.inc({ rule }),
    recovered: (state, count) => recovered.inc({ state }, count),
    inFlight: (change) => inFlight.inc(change),
    step: (step, milliseconds) => steps.observe({ step }, milliseconds / 1000),
  };
};
