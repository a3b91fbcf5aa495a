import { expect, test } from 'vitest';
import { isScanner } from './scanners.ts';

const person = {
  method: 'GET',
  userAgent:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1',
  purpose: undefined,
};

test('people click with a browser', () => {
  expect(isScanner(person)).toBe(false);
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  expect(isScanner({ ...person, userAgent: firefox })).toBe(false);
  const chrome =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';
  expect(isScanner({ ...person, userAgent: chrome })).toBe(false);
});

test.each([
  { ...person, method: 'HEAD' },
  { ...person, userAgent: undefined },
  { ...person, userAgent: '' },
  { ...person, purpose: 'prefetch' },
  { ...person, userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1)' },
  { ...person, userAgent: 'Barracuda Sentinel (EE)' },
  {
    ...person,
    userAgent: 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
  },
  { ...person, userAgent: 'python-requests/2.32' },
])('nobody clicked: %j', (request) => {
  expect(isScanner(request)).toBe(true);
});
