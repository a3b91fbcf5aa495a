import { describe, expect, it } from 'vitest';
import { csvCell, reportCsv } from './csv.ts';
import { findingOf } from './finding.ts';
import { ledgerOf } from './ledger.ts';
import type { CampaignReport, Difference, ReportArm } from './report.ts';

const arm = (key: string, kind: ReportArm['kind'], assigned: number): ReportArm => ({
  key,
  kind,
  plannedShare: 0.5,
  assigned,
  sends: kind === 'variant' ? { accepted: assigned } : {},
  clickedPeople: 3,
  clicksWithoutPerson: 1,
  unsubscribed: 0,
  orderedPeople: 20,
  orders: 21,
  revenueMinor: -1250,
});

const found = (low: number, high: number): Difference => ({
  answered: true,
  absolute: { estimate: (low + high) / 2, low, high },
  relative: null,
  method: 'asymptotic',
  verdict: low > 0 ? 'higher' : high < 0 ? 'lower' : 'not_yet',
});

const reportWith = (conversion: Difference | null, change: Partial<CampaignReport> = {}): CampaignReport => ({
  campaign: { id: '018f0000-0000-7000-8000-000000000001', name: '=cmd|"/c calc"!A1', state: 'sending' },
  asOf: new Date('2026-03-05T10:00:00Z'),
  currency: 'EUR',
  confidence: 0.95,
  window: {
    days: 7,
    firstEligibleAt: new Date('2026-03-03T09:00:00Z'),
    endsAt: new Date('2026-03-10T09:00:00Z'),
    complete: false,
  },
  arms: [arm('a', 'variant', 900), arm('holdout', 'holdout', 100)],
  comparisons: conversion
    ? [
        {
          treatment: 'a',
          control: 'holdout',
          conversion,
          revenue: { answered: false, reason: 'no_earlier_data', needed: null, have: null },
        },
      ]
    : [],
  sampleRatio: { pValue: 0.4, anytimePValue: 1, asPlanned: true },
  moneyCapMinor: null,
  otherCurrencyOrders: 0,
  ledger: ledgerOf({
    audience: 1000,
    holdout: 100,
    globalHoldout: 0,
    sends: [{ variant: 'a', state: 'accepted', reason: null, count: 900 }],
  }),
  ...change,
});

const EN = { language: 'en', timeZone: 'Europe/Paris' } as const;
const FR = { language: 'fr', timeZone: 'Europe/Paris' } as const;

describe('findingOf', () => {
  it('says what was proven, with its range', () => {
    const report = reportWith(found(0.012, 0.034));
    expect(findingOf(report, EN)).toEqual({
      status: 'proven',
      sentence:
        'Proven: between 1.2 and 3.4 more buyers per 100 people than the holdout (95 %, valid at every look). Orders count until 10 March 2026.',
    });
    expect(findingOf(report, FR).sentence).toBe(
      'Prouvé : entre 1,2 et 3,4 acheteurs de plus pour 100 personnes par rapport au groupe témoin (à 95 %, valable à chaque lecture). Les commandes comptent jusqu’au 10 mars 2026.',
    );
  });

  it('has "not yet" and "harmful" as answers of their own', () => {
    expect(findingOf(reportWith(found(-0.005, 0.031)), EN)).toMatchObject({
      status: 'not_yet',
      sentence: expect.stringMatching(/^Not yet: between 0.5 fewer and 3.1 more buyers/),
    });
    expect(findingOf(reportWith(found(-0.02, -0.01)), FR)).toMatchObject({
      status: 'harmful',
      sentence: expect.stringMatching(/^Nuisible : entre 1 et 2 acheteurs de moins/),
    });
  });

  it('names the variant when one variant is compared with another', () => {
    const [comparison] = reportWith(found(0.01, 0.02)).comparisons;
    if (comparison === undefined) throw new Error('no comparison');
    const report = reportWith(null, { comparisons: [{ ...comparison, treatment: 'b', control: 'a' }] });
    expect(findingOf(report, EN).sentence).toMatch(
      /^Proven for variant b: between 1 and 2 more buyers per 100 people than variant a/,
    );
    expect(findingOf(report, FR).sentence).toMatch(
      /^Prouvé pour la variante b : .* par rapport à la variante a/,
    );
  });

  it('says when there is nobody to compare', () => {
    const few: Difference = { answered: false, reason: 'too_few_people', needed: 2, have: 1 };
    const done = { window: { days: 7, firstEligibleAt: null, endsAt: null, complete: true } };
    expect(findingOf(reportWith(few, done), EN).sentence).toBe(
      'Not yet: one group is almost empty, there is nothing to compare.',
    );
    const first = {
      window: { days: 7, firstEligibleAt: null, endsAt: new Date('2026-05-01T08:00:00Z'), complete: false },
    };
    expect(findingOf(reportWith(few, first), FR).sentence).toBe(
      'Pas encore : un groupe est presque vide, il n’y a rien à comparer. Les commandes comptent jusqu’au 1er mai 2026.',
    );
  });

  it('refuses a comparison that could not be trusted, or that there is none to make', () => {
    const broken = reportWith(found(0.01, 0.02), {
      sampleRatio: { pValue: 0, anytimePValue: 0, asPlanned: false },
    });
    expect(findingOf(broken, EN).status).toBe('not_comparable');
    expect(findingOf(reportWith(null), FR).status).toBe('not_comparable');
    expect(findingOf(reportWith(null, { arms: [arm('a', 'variant', 0)] }), EN).status).toBe('not_started');
  });
});

describe('reportCsv', () => {
  it('keeps numbers as numbers and defuses texts that a spreadsheet would run (S-11)', () => {
    expect(['=1+1', '+1', '-1', '@x', '\tx', '\0x'].map(csvCell)).toEqual([
      '"\'=1+1"',
      '"\'+1"',
      '"\'-1"',
      '"\'@x"',
      '"\'\tx"',
      '"\'\0x"',
    ]);
    expect([csvCell(-12.5), csvCell('a,"b"'), csvCell(null), csvCell(Number.NaN)]).toEqual([
      '-12.5',
      '"a,""b"""',
      '',
      '',
    ]);
  });

  it('has one line per arm with the same number of cells', () => {
    const lines = reportCsv(reportWith(found(0.01, 0.03))).split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[3]).toContain(',not_drawn,not_drawn,,0,0,0,0,0,');
    expect(lines[1]).toContain('"\'=cmd|""/c calc""!A1"');
    expect(lines[1]).toContain(',900,0,0,0,0,0,0,0,0,3,1,0,20,21,-1250,EUR,holdout,');
    expect(lines[0]?.split(',').length).toBe(lines[2]?.split(',').length);
  });
});

it('adds up to the audience in the CSV, with who was blocked before the draw, and sums several variants', () => {
  const sends = [
    { variant: 'a', state: 'accepted', reason: null, count: 300 },
    { variant: 'b', state: 'accepted', reason: null, count: 310 },
    { variant: null, state: 'blocked', reason: 'no_consent', count: 290 },
  ];
  const arms = [
    { ...arm('a', 'variant', 300), sends: { accepted: 300 } },
    { ...arm('b', 'variant', 310), sends: { accepted: 310 } },
    arm('holdout', 'holdout', 100),
  ];
  const ledger = ledgerOf({ audience: 1000, holdout: 100, globalHoldout: 0, sends });
  const [header, ...lines] = reportCsv(reportWith(null, { arms, ledger })).trimEnd().split('\r\n');
  const column = (name: string): readonly string[] => {
    const index = header?.split(',').indexOf(name) ?? -1;
    // The name of the campaign holds a comma nowhere.
    return lines.map((line) => line.split(',')[index] ?? '');
  };
  expect(column('arm')).toEqual(['a', 'b', 'holdout', 'not_drawn', 'all']);
  expect(column('assigned')).toEqual(['300', '310', '100', '290', '610']);
  expect(column('blocked')).toEqual(['0', '0', '0', '290', '0']);
  expect(column('accepted')).toEqual(['300', '310', '0', '0', '610']);
});

describe('ledgerOf', () => {
  it('accounts for everybody, and says who is missing', () => {
    const sends = [
      { variant: 'a', state: 'accepted', reason: null, count: 70 },
      { variant: 'a', state: 'blocked', reason: 'no_consent', count: 12 },
      { variant: null, state: 'blocked', reason: 'no_consent', count: 3 },
      { variant: 'a', state: 'blocked', reason: 'pressure', count: 1 },
      { variant: 'a', state: 'held', reason: 'quiet_hours', count: 2 },
    ];
    expect(ledgerOf({ audience: 100, holdout: 8, globalHoldout: 3, sends })).toEqual({
      audience: 100,
      holdout: 8,
      globalHoldout: 3,
      states: { accepted: 70, blocked: 16, held: 2 },
      blocked: [
        { reason: 'no_consent', people: 15 },
        { reason: 'pressure', people: 1 },
      ],
      unaccounted: 1,
    });
  });
});
