import type { ImportMapping, ImportReport } from '@mesure/contract/imports';
import type { NewEvent } from '#know/collect';
import { findColumns, findConsentColumns } from './column-indexes.ts';
import { createFingerprintSet, fingerprint } from './fingerprints.ts';
import { createInstantReader } from './instants.ts';
import { toEvent } from './order-event.ts';
import { createOrderRuns, type OrderRun } from './order-runs.ts';
import type { People, PeopleDeps } from './people.ts';
import { createPeople } from './people.ts';
import { createProductTally, type TalliedProduct } from './product-tally.ts';
import { createQualityReport, type QualityReport } from './quality-report.ts';
import { createLineReader } from './read-line.ts';
import { readRecords } from './records.ts';
import type { SetAsideFile } from './set-aside-file.ts';
import { createSightings, type Sighting } from './sighting.ts';
import { openText, type SourceFile } from './source-file.ts';
import { flags } from './trouble.ts';
import { readYesNo } from './written-values.ts';

export interface ReadOrdersOptions {
  readonly files: readonly SourceFile[];
  readonly mapping: ImportMapping;
  /** UTC milliseconds of the business clock. */
  readonly now: number;
  readonly signal: AbortSignal;
  readonly setAside: SetAsideFile;
  readonly people: Omit<PeopleDeps, 'onPerson'>;
  /** Which of these orders are known already. */
  readonly knownOrders: (orderIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Called with the next events while the following ones are read; never twice at the same time. */
  readonly write: (events: readonly NewEvent[], chunk: number) => Promise<void>;
  readonly onProgress: (progress: { readonly bytes: number; readonly lines: number }) => Promise<void>;
  readonly linesPerChunk?: number;
}

export interface OrdersRead {
  readonly products: readonly TalliedProduct[];
  readonly report: (consents?: ImportReport['consents']) => ImportReport;
}

const LINES_PER_CHUNK = 10_000;

const countConsents = (report: QualityReport) => {
  const counted = createFingerprintSet();
  return (sighting: Sighting, profileId: string): void => {
    report.trouble('consent_without_proof', sighting.unprovenConsents);
    for (const [position, { state }] of Object.entries(sighting.consents)) {
      if (!counted.addOrSeen(fingerprint([profileId, position]))) report.consent(state);
    }
  };
};

/**
 * Reads all files once: every record becomes an order line or a line set aside, lines become order events, events get
 * their person and are handed on in chunks. Memory holds two chunks, the products and a bounded number of people.
 */
export const readOrders = async (options: ReadOrdersOptions): Promise<OrdersRead> => {
  const { files, mapping, signal, setAside } = options;
  const linesPerChunk = options.linesPerChunk ?? LINES_PER_CHUNK;
  const header = files[0]?.header ?? [];
  const columns = findColumns(mapping, header);
  const consentColumns = findConsentColumns(mapping, header);
  const report = createQualityReport(columns);
  const products = createProductTally();
  const runs = createOrderRuns();
  const people: People = createPeople({ ...options.people, onPerson: report.person });
  const readLine = createLineReader({ mapping, columns, width: header.length, now: options.now });
  const readInstant = createInstantReader(mapping.dateFormat, mapping.timeZone);
  const sight = createSightings({ mapping, columns, consentColumns, readInstant });
  const countConsent = countConsents(report);
  let bytes = 0;
  let chunk: OrderRun[] = [];
  let chunkLines = 0;
  let chunkNumber = 0;
  let writing: Promise<void> = Promise.resolve();

  const putAside = (known: readonly OrderRun[]): void => {
    for (const { lines } of known) {
      for (const { file, line, fields, orderId } of lines) {
        const entry = { file, line, fields, reason: 'known_order', value: orderId } as const;
        report.setAside(entry);
        setAside.add(entry);
      }
    }
  };

  const orderText = (run: OrderRun, sighting: Sighting): Record<string, string> => {
    const gift = columns.gift < 0 ? '' : (run.lines[0]?.fields[columns.gift] ?? '').trim();
    return {
      ...(sighting.fields.country !== undefined && { country: sighting.fields.country }),
      ...(gift !== '' && readYesNo(gift) !== false && { gift: 'yes' }),
    };
  };

  const flush = async (): Promise<void> => {
    const pending = chunk;
    chunk = [];
    chunkLines = 0;
    if (pending.length === 0) return;
    const orderIds = new Set(pending.map(({ lines }) => lines[0]?.orderId ?? ''));
    const known = mapping.knownOrders === 'import' ? new Set() : await options.knownOrders([...orderIds]);
    const isKnown = (run: OrderRun): boolean => known.has(run.lines[0]?.orderId ?? '');
    if (known.size > 0) putAside(pending.filter(isKnown));
    const fresh = known.size > 0 ? pending.filter((run) => !isKnown(run)) : pending;
    const sightings = fresh.map(({ lines: [first] }) => sight(first as NonNullable<typeof first>));
    const isSomebody = fresh.map(({ lines: [first] }) => ((first?.flags ?? 0) & flags.no_customer) === 0);
    const persons = await people.resolve(sightings.filter((_, index) => isSomebody[index]));
    let next = 0;
    const events = fresh.map((run, index) => {
      const sighting = sightings[index] as Sighting;
      const person = isSomebody[index] ? persons[next++] : undefined;
      if (person !== undefined) countConsent(sighting, person.profileId);
      report.imported(run);
      for (const line of run.lines) if (run.name === 'order_completed') products.add(line);
      return toEvent(run, person?.profileId ?? null, orderText(run, sighting));
    });
    await writing;
    signal.throwIfAborted();
    chunkNumber += 1;
    writing = options.write(events, chunkNumber);
    // Awaited before the next chunk is written; without this a failure in between would end the process.
    writing.catch(() => undefined);
  };

  const take = (ended: readonly OrderRun[]): void => {
    for (const run of ended) {
      chunk.push(run);
      chunkLines += run.lines.length;
    }
  };

  const readFile = async (file: SourceFile, position: number): Promise<void> => {
    report.startFile(file.name);
    const source = openText({
      ...file,
      onBytes: (count) => {
        bytes += count;
      },
    });
    let isHeader = true;
    for await (const batch of readRecords(source, { file: file.name, delimiter: file.delimiter })) {
      signal.throwIfAborted();
      for (const record of batch) {
        if (isHeader) {
          isHeader = false;
          continue;
        }
        if (record.fields.length === 1 && (record.fields[0] ?? '').trim() === '') {
          report.blankLine();
          continue;
        }
        report.recordRead();
        const result = readLine(record, position);
        if (result.ok) {
          const ended = runs.add(result.line);
          if (ended.length > 0) take(ended);
          if (chunkLines >= linesPerChunk) await flush();
        } else {
          const entry = { file: position, line: record.line, fields: result.fields, ...result.setAside };
          report.setAside(entry);
          setAside.add(entry);
        }
      }
      await setAside.settle();
      await options.onProgress({ bytes, lines: report.linesIn() });
    }
  };

  try {
    for (const [position, file] of files.entries()) await readFile(file, position);
    take(runs.finish());
    await flush();
    await people.settle();
  } finally {
    // Nothing may still be writing when the caller takes the batch back.
    await writing.catch(() => undefined);
  }
  await writing;
  const tallied = products.products();
  return {
    products: tallied,
    report: (consents) => {
      const finished = report.finish(tallied.length, products.severalNames());
      return consents === undefined ? finished : { ...finished, consents };
    },
  };
};
