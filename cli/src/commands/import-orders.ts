import { createReadStream, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '@mesure/contract/client';
import {
  type ImportDetail,
  type ImportReport,
  importMappingChange,
  importsRoutes,
} from '@mesure/contract/imports';
import { type Terminal, table } from '../terminal.ts';
import { WrongInput } from '../wrong-input.ts';

export interface ImportOptions {
  readonly mapping?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const readMapping = (path: string) => {
  let text: unknown;
  try {
    text = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new WrongInput(
      `${path}: ${cause instanceof Error ? cause.message : 'unreadable'}. A mapping is a JSON file; run without --mapping to see the guess.`,
      { cause },
    );
  }
  const parsed = importMappingChange.safeParse(text);
  if (!parsed.success) {
    const where = parsed.error.issues
      .map((issue) => `  ${issue.path.join('.') || '(top)'}: ${issue.message}`)
      .join('\n');
    throw new WrongInput(`${path} is not a mapping:\n${where}`);
  }
  return parsed.data;
};

const checkFiles = (files: readonly string[]): void => {
  for (const file of files) {
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found) throw new WrongInput(`${file}: there is no such file.`);
    if (!found.isFile())
      throw new WrongInput(`${file} is not a file. Name the .csv or .csv.gz files one by one.`);
  }
};

const showGuess = (detail: ImportDetail): string => {
  const { guess, mapping } = detail;
  if (!guess || !mapping) return '';
  const rows = Object.entries(mapping.columns).map(([field, column]) => {
    const reason = guess.reasons.find((found) => found.field === field && found.column === column);
    return [field, '←', column ?? '', reason?.by ?? 'told'];
  });
  const format = `encoding ${guess.encoding}, separator “${guess.delimiter === '\t' ? 'tab' : guess.delimiter}”, decimal “${mapping.decimal}”, dates ${mapping.dateFormat}, zone ${mapping.timeZone}, ${mapping.currency}`;
  return `${guess.preset ? `Recognised: ${guess.preset} export\n` : ''}${format}\n${table(rows)}`;
};

const showReport = (report: ImportReport): string => {
  const counts = table([
    ['lines in', report.linesIn],
    ['  products', report.productLines],
    ['  not products', report.otherLines],
    ['  set aside', report.linesSetAside],
    ['orders', report.orders.completed],
    ['  cancelled', report.orders.cancelled],
    ['  refunded', report.orders.refunded],
    ['people, new', report.people.new],
    ['people, known', report.people.known],
    ['products', report.products],
    ['consents', report.consents.granted],
  ]);
  const troubles = report.troubles.map((trouble) => {
    const sample = trouble.samples[0];
    return [
      trouble.kind,
      trouble.lines,
      trouble.treatment,
      sample ? `${sample.file}:${sample.line} ${sample.value}` : '',
    ];
  });
  return troubles.length === 0 ? counts : `${counts}\n\nWhat was found in the lines\n${table(troubles)}`;
};

const settled = new Set(['committed', 'undone', 'cancelled', 'failed']);

const follow = async (
  client: Client,
  terminal: Terminal,
  watch: { readonly id: string; readonly until: (detail: ImportDetail) => boolean },
): Promise<ImportDetail> => {
  for (;;) {
    const detail = await client.call(importsRoutes.getImport, { params: { id: watch.id } });
    const { progress } = detail;
    const share = progress.bytesTotal > 0 ? Math.floor((100 * progress.bytesDone) / progress.bytesTotal) : 0;
    terminal.progress(`${progress.phase} · ${progress.lines.toLocaleString('en')} lines · ${share} %`);
    if (watch.until(detail) || settled.has(detail.state)) {
      terminal.endProgress();
      return detail;
    }
    await wait(250);
  }
};

/** Sends the files, shows the guessed mapping, corrects it, and imports (or only checks) with progress. */
export const importOrders = async (
  client: Client,
  terminal: Terminal,
  request: { readonly files: readonly string[]; readonly options: ImportOptions },
): Promise<boolean> => {
  const { files, options } = request;
  checkFiles(files);
  const change = options.mapping === undefined ? undefined : readMapping(options.mapping);
  let detail = await client.call(importsRoutes.createImport);
  const { id } = detail;
  try {
    for (const file of files) {
      terminal.progress(`sending ${basename(file)} …`);
      detail = await client.call(importsRoutes.addImportFile, {
        params: { id, name: basename(file) },
        body: createReadStream(file),
      });
    }
    terminal.endProgress();
    if (change)
      detail = await client.call(importsRoutes.correctImportMapping, { params: { id }, body: change });
  } catch (error) {
    await client.call(importsRoutes.cancelImport, { params: { id } }).catch(() => undefined);
    throw error;
  }
  if (!options.json) terminal.print(showGuess(detail));
  await client.call(options.dryRun ? importsRoutes.dryRunImport : importsRoutes.startImport, {
    params: { id },
  });
  detail = await follow(client, terminal, { id, until: (now) => now.state === 'described' });
  if (options.json) terminal.print(JSON.stringify(detail));
  else {
    if (detail.report) terminal.print(`\n${showReport(detail.report)}`);
    if (detail.failure) terminal.print(`\n${detail.failure}`);
    else if (options.dryRun)
      terminal.print(`\nNothing was written. To import: mesure import orders … without --dry-run.`);
    else if (detail.state === 'committed')
      terminal.print(`\nImported as ${id}. To take it back as a whole: mesure import undo ${id}`);
  }
  if (options.dryRun) await client.call(importsRoutes.cancelImport, { params: { id } });
  return detail.failure === null;
};

export const undoImport = async (client: Client, terminal: Terminal, id: string): Promise<boolean> => {
  await client.call(importsRoutes.undoImport, { params: { id } });
  const detail = await follow(client, terminal, { id, until: () => false });
  terminal.print(
    detail.state === 'undone'
      ? `Import ${id} was taken back.`
      : (detail.failure ?? `The import is ${detail.state}.`),
  );
  return detail.state === 'undone';
};
