/** A value as JSON can hold it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Keys whose values never enter the chain, whatever a caller passes: it is kept for years and shown on screens. */
const secretKey =
  /password|passphrase|(secret|token|cookie|credential|authorization|private_?key|api_?key)s?$/i;

const hidden = '[not recorded]';

/** PostgreSQL's jsonb holds neither NUL nor lone surrogates: the text that comes back must be the text that was hashed. */
const storable = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed();

/** The value without its secrets, in the form that jsonb gives back. Dates become ISO strings, undefined disappears. */
export const recordable = (value: unknown): Json => {
  const json = JSON.stringify(value, (key, inner: unknown) => {
    if (secretKey.test(key) && inner !== null && inner !== undefined) return hidden;
    return typeof inner === 'bigint' ? String(inner) : inner;
  });
  if (json === undefined) return null;
  const clean = (node: Json): Json => {
    if (typeof node === 'string') return storable(node);
    if (Array.isArray(node)) return (node as readonly Json[]).map(clean);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, inner]) => [storable(key), clean(inner)]));
  };
  return clean(JSON.parse(json) as Json);
};

/** JSON with sorted keys and no spaces: one value, one text (after RFC 8785, whose number format is ECMAScript's own). */
export const canonicalJson = (value: Json): string => {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`);
  return `{${members.join(',')}}`;
};
