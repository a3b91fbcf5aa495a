import { expect, test } from 'vitest';
import { field, parseForm } from './form.ts';

const multipart = (boundary: string, fields: readonly (readonly [string, string])[]): Buffer =>
  Buffer.from(
    `${fields.map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--${boundary}--\r\n`,
  );

test('reads both encodings of RFC 8058', async () => {
  const urlencoded = await parseForm(
    'application/x-www-form-urlencoded',
    Buffer.from('List-Unsubscribe=One-Click'),
  );
  expect(field(urlencoded, 'List-Unsubscribe')).toBe('One-Click');
  const body = multipart('b0', [
    ['List-Unsubscribe', 'One-Click'],
    ['topic', 'a'],
    ['topic', 'é'],
  ]);
  const read = await parseForm('multipart/form-data; boundary=b0', body);
  expect(field(read, 'List-Unsubscribe')).toBe('One-Click');
  expect(read.get('topic')).toEqual(['a', 'é']);
});

test.each([
  [undefined, Buffer.from('a=b')],
  ['text/plain', Buffer.from('a=b')],
  ['multipart/form-data', Buffer.from('a=b')],
  ['multipart/form-data; boundary=x', Buffer.from('--y\r\n')],
  ['application/x-www-form-urlencoded', undefined],
  ['nonsense', Buffer.alloc(10)],
])('what cannot be read is an empty form: %s', async (type, body) => {
  expect((await parseForm(type, body)).size).toBe(0);
});
