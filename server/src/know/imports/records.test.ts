import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecords } from './records.ts';
import { type CsvRecord, createRecordSplitter } from './split-records.ts';

async function* inPieces(text: string, size: number): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
}

const read = async (
  text: string,
  options: { size?: number; maxRecordChars?: number; delimiter?: ',' | ';' } = {},
) => {
  const records: CsvRecord[] = [];
  const { size = 65_536, delimiter = ',', maxRecordChars } = options;
  const source = inPieces(text, size);
  for await (const batch of readRecords(source, {
    file: 'f.csv',
    delimiter,
    ...(maxRecordChars !== undefined && { maxRecordChars }),
  })) {
    records.push(...batch);
  }
  return records;
};

const failure = (text: string, options = {}) =>
  read(text, options).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('readRecords', () => {
  it('numbers physical lines, whatever the line ends and the quotes', async () => {
    const records = await read('a,b\r\n1,"x\r\ny\r\nz"\r\n7,8\n\n9,"p\nq"\n5,6');
    expect(records.map(({ line }) => line)).toEqual([1, 2, 5, 6, 7, 9]);
    expect(records[1]?.fields).toEqual(['1', 'x\r\ny\r\nz']);
  });

  it('takes quotes inside fields as they are', async () => {
    const records = await read('12" ruler,2\n"a ""b"" c",3\n');
    expect(records.map(({ fields }) => fields[0])).toEqual(['12" ruler', 'a "b" c']);
  });

  it('drops a byte order mark', async () => {
    expect((await read('\ufeffa,b\n1,2'))[0]?.fields).toEqual(['a', 'b']);
  });

  it('refuses a record that is too long, says which line, and reads no further', async () => {
    let given = 0;
    const endless = async function* (): AsyncGenerator<string> {
      yield 'a,b\n1,2\n';
      for (;;) {
        given += 1;
        yield 'x'.repeat(65_536);
      }
    };
    const drain = async (): Promise<void> => {
      for await (const batch of readRecords(endless(), { file: 'f.csv', delimiter: ',' })) void batch;
    };
    await expect(drain()).rejects.toMatchObject({
      code: 'unprocessable',
      message: expect.stringContaining('f.csv, line 3'),
      details: { reason: 'record_too_long', line: 3 },
    });
    expect(given).toBeLessThan(40);
  });

  it('names the line of a quote that never closes', async () => {
    expect(await failure('a,b\n1,2\n3,"open\n4,5\n')).toMatchObject({
      details: { reason: 'not_csv', line: 3 },
    });
  });

  it('reads what was written, in pieces of any size', async () => {
    const field = fc.oneof(fc.string(), fc.constantFrom('a\r\nb', 'é', '"', ',', '😀', 'x;y'));
    const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 12 }), async (rows, size) => {
        const text = rows
          .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','))
          .join('\n');
        const records = await read(text, { size });
        expect(records.map(({ fields }) => fields)).toEqual(rows);
      }),
      { numRuns: 60 },
    );
  });
});

describe('createRecordSplitter', () => {
  const reference = (text: string): { fields: string[]; isOpen: boolean } => {
    try {
      const rows = parse(text, {
        relax_column_count: true,
        relax_quotes: true,
        bom: true,
        record_delimiter: ['\r\n', '\n', '\r'],
      });
      return { fields: rows.map((row) => JSON.stringify(row)), isOpen: false };
    } catch {
      return { fields: [], isOpen: true };
    }
  };
  const split = (text: string, size: number): { fields: string[]; isOpen: boolean; lines: number[] } => {
    const splitter = createRecordSplitter(',', 10_000);
    const records: CsvRecord[] = [];
    for (let start = 0; start < text.length; start += size)
      records.push(...splitter.push(text.slice(start, start + size)));
    records.push(...splitter.finish());
    const isOpen = splitter.failure() !== null;
    return {
      fields: isOpen ? [] : records.map(({ fields }) => JSON.stringify(fields)),
      isOpen,
      lines: records.map(({ line }) => line),
    };
  };
  const dirt = fc
    .array(fc.constantFrom('a', 'b', ' ', ',', ',', '"', '"', '""', '\n', '\r', '\r\n', 'é', '😀'), {
      maxLength: 40,
    })
    .map((pieces) => pieces.join(''));

  it('splits any dirt as csv-parse does, in pieces of any size', () => {
    fc.assert(
      fc.property(dirt, fc.integer({ min: 1, max: 9 }), (text, size) => {
        const { lines: _lines, ...found } = split(text, size);
        expect(found).toEqual(reference(text));
      }),
      { numRuns: 5000 },
    );
  });

  it('begins every record on the line where it stands', () => {
    fc.assert(
      fc.property(dirt, fc.integer({ min: 1, max: 9 }), (text, size) => {
        const { lines, isOpen } = split(text, size);
        if (isOpen) return;
        const physical = text.split(/\r\n|\n|\r/u).length;
        for (const [index, line] of lines.entries()) {
          expect(line).toBeGreaterThan(lines[index - 1] ?? 0);
          expect(line).toBeLessThanOrEqual(physical);
        }
      }),
    );
  });
});
