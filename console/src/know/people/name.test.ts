import { expect, it } from 'vitest';
import { nameOf } from './name.ts';

const nobody = { firstName: null, lastName: null, email: null, externalId: null };

it('calls people by what is known of them', () => {
  expect(nameOf({ ...nobody, firstName: 'Zoé', lastName: 'مرجان', email: 'z@shop.example' })).toBe(
    'Zoé مرجان',
  );
  expect(nameOf({ ...nobody, firstName: ' ', email: 'z@shop.example' })).toBe('z@shop.example');
  expect(nameOf({ ...nobody, externalId: '42' })).toBe('42');
  expect(nameOf(nobody)).toBeNull();
});
