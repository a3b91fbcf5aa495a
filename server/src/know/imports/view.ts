import type { ImportDetail, ImportSummary } from '@mesure/contract/imports';
import type { ImportWithFiles } from './service.ts';

export const toSummary = ({ row, files }: ImportWithFiles): ImportSummary => ({
  id: row.id,
  kind: 'orders',
  state: row.state,
  files: files.map(({ name, bytes, sha256, alreadyImportedBy }) => ({
    name,
    bytes,
    sha256,
    alreadyImportedBy,
  })),
  progress: {
    phase: row.phase,
    bytesDone: row.bytesDone,
    bytesTotal: files.reduce((sum, { bytes }) => sum + bytes, 0),
    lines: row.lines,
  },
  failure: row.failure,
  failureWhy: row.failureWhy,
  createdBy: row.createdBy.name,
  createdAt: row.createdAt.toISOString(),
  committedAt: row.committedAt?.toISOString() ?? null,
  undoneAt: row.undoneAt?.toISOString() ?? null,
});

export const toDetail = (viewed: ImportWithFiles): ImportDetail => ({
  ...toSummary(viewed),
  guess: viewed.row.guess,
  mapping: viewed.row.mapping,
  report: viewed.row.report,
  reportIsDryRun: viewed.row.reportIsDryRun,
});
