import { expect, it } from 'vitest';
import { lastJsonLine } from './launched.ts';
import { median } from './median.ts';
import { cpuSeconds, processTree, pssMb } from './process-tree.ts';

it('takes the middle value, and the mean of two middles', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
});

it('reads the figures from the last line', () => {
  expect(lastJsonLine('progress\n{"a":1}\n')).toEqual({ a: 1 });
});

it.runIf(process.platform === 'linux')('sees this process in its own tree, with memory and time', () => {
  expect(processTree(process.pid)).toContain(String(process.pid));
  expect(pssMb(process.pid)).toBeGreaterThan(10);
  expect(cpuSeconds(process.pid)).toBeGreaterThan(0);
});
