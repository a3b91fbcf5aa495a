/** Just enough of RFC 5322 and RFC 2045 to read what a mail program would, written without the product's own code. */
export interface ReadMessage {
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

export const readMessage = (raw: string): ReadMessage => {
  const end = raw.indexOf('\r\n\r\n');
  const headers: Record<string, string[]> = {};
  for (const line of raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    headers[name] = [...(headers[name] ?? []), line.slice(colon + 1).trim()];
  }
  return { headers, body: raw.slice(end + 4) };
};

const quotedPrintable = (text: string): string =>
  Buffer.from(
    text
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');

/** The parts of multipart/alternative, in their order. */
export const partsOf = ({
  headers,
  body,
}: ReadMessage): readonly { readonly type: string; readonly text: string }[] => {
  const boundary = /boundary="([^"]+)"/.exec(headers['content-type']?.[0] ?? '')?.[1] ?? '';
  return body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const read = readMessage(part.replace(/^\r\n/, ''));
      return {
        type: (read.headers['content-type']?.[0] ?? '').split(';')[0] ?? '',
        text: quotedPrintable(read.body),
      };
    });
};

/** What a reader could click: addresses of the HTML part's links, in order. */
export const linksOf = (markup: string): readonly string[] =>
  [...markup.matchAll(/<a\b[^>]*?href="([^"]+)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
