import { expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

it('reads gauges when asked, leaves out what cannot be read, and shares nothing between servers', async () => {
  const { registry, observe } = createMetrics();
  let ready = 3;
  observe({
    name: 'mesure_jobs',
    help: 'Jobs',
    labels: ['state'],
    read: () => [{ labels: { state: 'ready' }, value: ready }],
  });
  observe({
    name: 'mesure_lag_seconds',
    help: 'Lag',
    read: () => Promise.reject(new Error('store is down')),
  });
  expect(await registry.metrics()).toMatch(/mesure_jobs\{state="ready"\} 3/);
  ready = 4;
  const text = await registry.metrics();
  expect(text).toMatch(/mesure_jobs\{state="ready"\} 4/);
  expect(text).not.toMatch(/^mesure_lag_seconds /m);
  expect(text).toMatch(/process_cpu_seconds_total/);
  expect(await createMetrics().registry.metrics()).not.toMatch(/mesure_jobs/);
});
