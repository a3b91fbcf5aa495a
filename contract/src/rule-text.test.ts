import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type EventFilter,
  type NumberTest,
  profileFields,
  type Rule,
  ruleSchema,
  type TextTest,
  type TraitTest,
  type Window,
} from './rule.ts';
import { completeRule, type KnownWords, majorText, minorOf, parseRule, printRule } from './rule-text.ts';

/** Anything that a tree may hold: every text, every finite number, every optional part there or not. */
const anyText = (maxLength: number, minLength = 0) =>
  fc.oneof(
    fc
      .string({ minLength, maxLength, unit: 'binary' })
      .filter((text) => text.length >= minLength && text.length <= maxLength),
    fc.constantFrom(
      'and',
      'Item',
      'order_completed',
      'é',
      '"',
      '\\',
      '\ud800',
      '\u202e',
      'a b',
      '-1',
      '2026-01-01',
      'x',
    ),
  );
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const ends = fc
  .tuple(number, number)
  .map(([one, other]) => ({ min: Math.min(one, other), max: Math.max(one, other) }));

const textTest: fc.Arbitrary<TextTest> = fc.oneof(
  fc.record({ operator: fc.constant('equals' as const), value: anyText(500) }),
  fc.record({
    operator: fc.constant('in' as const),
    values: fc.array(anyText(20), { minLength: 1, maxLength: 5 }),
  }),
  fc.record({ operator: fc.constant('contains' as const), value: anyText(20, 1) }),
  fc.constant({ operator: 'exists' as const }),
);
const numberTest: fc.Arbitrary<NumberTest> = fc.oneof(
  fc.record({
    operator: fc.constantFrom(
      'equals' as const,
      'gt' as const,
      'gte' as const,
      'lt' as const,
      'lte' as const,
    ),
    value: number,
  }),
  ends.map((both) => ({ operator: 'between' as const, ...both })),
);
const traitValue = fc.oneof(anyText(20), number, fc.boolean());
const traitTest: fc.Arbitrary<TraitTest> = fc.oneof(
  textTest,
  numberTest,
  fc.record({ operator: fc.constant('equals' as const), value: traitValue }),
  fc.record({
    operator: fc.constant('in' as const),
    values: fc.array(traitValue, { minLength: 1, maxLength: 5 }),
  }),
);
const key = anyText(128, 1);
const name = anyText(100, 1);
const filter: fc.Arbitrary<EventFilter> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), key, test: textTest }),
  fc.record({ kind: fc.constant('number' as const), key, test: numberTest }),
  fc
    .record(
      {
        kind: fc.constant('item' as const),
        sku: textTest,
        name: textTest,
        category: textTest,
        quantity: numberTest,
        unitPrice: numberTest,
      },
      { requiredKeys: ['kind'] },
    )
    .filter((item) => Object.keys(item).length > 1),
);
const instant = fc.oneof(
  fc
    .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc
    .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
  fc.constantFrom('2026-03-01T12:00:00+01:00', '2024-02-29', '2026-03-01T12:00Z', '0000-02-29'),
);
const unit = fc.constantFrom('hours' as const, 'days' as const);
const amount = fc.integer({ min: 1, max: 36_500 });
const window: fc.Arbitrary<Window> = fc.oneof(
  fc.record({ kind: fc.constant('last' as const), amount, unit }),
  fc
    .record({ kind: fc.constant('between' as const), from: instant, to: instant }, { requiredKeys: ['kind'] })
    .filter((between) => Object.keys(between).length > 1),
);
const leaf: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({
    kind: fc.constant('field' as const),
    field: fc.constantFrom(...profileFields),
    test: textTest,
  }),
  fc.record({ kind: fc.constant('trait' as const), key, test: traitTest }),
  fc.record(
    {
      kind: fc.constant('event' as const),
      did: fc.boolean(),
      name,
      atLeast: fc.integer({ min: 1, max: 1000 }),
      where: fc.array(filter, { maxLength: 3 }),
      window,
    },
    { requiredKeys: ['kind', 'did', 'name'] },
  ),
  fc.record(
    {
      kind: fc.constant('spent' as const),
      currency: fc.constantFrom('EUR', 'JPY', 'KWD', 'XYZ', 'AND'),
      test: numberTest,
      window,
    },
    { requiredKeys: ['kind', 'currency', 'test'] },
  ),
  fc.record({
    kind: fc.constant('recency' as const),
    name,
    last: fc.constantFrom('newer_than' as const, 'older_than' as const),
    amount,
    unit,
  }),
);
const anyRule: fc.Arbitrary<Rule> = fc
  .letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { maxDepth: 6, depthSize: 'medium', withCrossShrink: true },
      leaf,
      fc.array(tie('rule'), { maxLength: 3 }).map((rules) => ({ kind: 'all' as const, rules })),
      fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((rules) => ({ kind: 'any' as const, rules })),
      tie('rule').map((rule) => ({ kind: 'not' as const, rule })),
    ),
  }))
  .rule.filter((rule) => ruleSchema.safeParse(rule).success);

const read = (text: string): Rule => {
  const parsed = parseRule(text);
  if (!parsed.ok)
    throw new Error(`${parsed.error.line}:${parsed.error.column} ${parsed.error.message.en}\n${text}`);
  return parsed.rule;
};

const wrong = (text: string) => {
  const parsed = parseRule(text);
  if (parsed.ok) throw new Error(`${text} was read`);
  const { code, line, column, message } = parsed.error;
  return { code, at: `${line}:${column}`, en: message.en, fr: message.fr };
};

describe('the text form of a rule', () => {
  it('reads back exactly what it wrote, and writes the same again, on one line or many', () => {
    fc.assert(
      fc.property(anyRule, fc.integer({ min: 20, max: 120 }), (rule, width) => {
        const text = printRule(rule);
        expect(text).not.toContain('\n');
        expect(read(text)).toEqual(rule);
        expect(printRule(read(text))).toBe(text);
        expect(read(printRule(rule, { width }))).toEqual(rule);
      }),
      { numRuns: 2000 },
    );
  });

  it('only lets through what a rule may be, and throws at nothing', () => {
    const pieces = fc.constantFrom(
      ...`everybody all any and or not ( ) , is one of contains known more than at least less most between trait did times
      fewer where item in the last days hours from before spent ago true country plan "FR" 2 1.5 -1 EUR 2026-01-31 “ "a \\`.split(
        /\s+/,
      ),
    );
    const soup = fc.array(pieces, { maxLength: 12 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ unit: 'binary' })), (text) => {
        const parsed = parseRule(text);
        if (parsed.ok) expect(ruleSchema.safeParse(parsed.rule).success).toBe(true);
        else {
          expect(parsed.error.message.en.length * parsed.error.message.fr.length).toBeGreaterThan(0);
          expect(parsed.error.from).toBeLessThanOrEqual(parsed.error.to);
          expect(parsed.error.to).toBeLessThanOrEqual(text.length);
        }
        for (const offset of [0, text.length >> 1, text.length]) completeRule(text, offset);
      }),
      { numRuns: 2000 },
    );
  });

  it('is written as somebody would say it', () => {
    const rule: Rule = {
      kind: 'all',
      rules: [
        { kind: 'field', field: 'country', test: { operator: 'equals', value: 'FR' } },
        {
          kind: 'event',
          did: true,
          name: 'order_completed',
          atLeast: 2,
          window: { kind: 'last', amount: 90, unit: 'days' },
        },
        { kind: 'not', rule: { kind: 'spent', currency: 'EUR', test: { operator: 'gt', value: 10_000 } } },
      ],
    };
    expect(printRule(rule)).toBe(
      'country is "FR" and did order_completed at least 2 times in the last 90 days and not (spent EUR more than 100.00)',
    );
    expect(printRule(rule, { width: 60 })).toBe(
      'country is "FR"\nand did order_completed at least 2 times in the last 90 days\nand not (spent EUR more than 100.00)',
    );
    expect(
      read(
        'COUNTRY = "FR" And did order_completed at least 2 times in the last 90 day and not spent EUR > 100',
      ),
    ).toEqual(rule);
  });

  it('binds and before or, and keeps parentheses that matter', () => {
    const flat = (text: string) => printRule(read(text));
    expect(flat('city is "a" or city is "b" and city is "c"')).toBe(
      'city is "a" or (city is "b" and city is "c")',
    );
    expect(flat('((city is "a"))')).toBe('city is "a"');
    expect(read('(city is known and city is known) and everybody')).toMatchObject({
      rules: [{ kind: 'all' }, { rules: [] }],
    });
  });

  it('moves the point of money by the digits of its currency', () => {
    expect([
      majorText(10_050, 2),
      majorText(5, 2),
      majorText(-5, 3),
      majorText(7, 0),
      majorText(2.5, 2),
      majorText(-0, 2),
    ]).toEqual(['100.50', '0.05', '-0.005', '7', '0.025', '-0.00']);
    expect([minorOf('100.5', 2), minorOf('100', 2), minorOf('0.025', 2), minorOf('-3', 3)]).toEqual([
      10_050, 10_000, 2.5, -3000,
    ]);
    fc.assert(
      fc.property(number, fc.integer({ min: 0, max: 4 }), (value, digits) => {
        expect(minorOf(majorText(value, digits), digits)).toBe(value);
      }),
    );
  });

  it('says where each part of the tree stands', () => {
    const text = 'city is "a" and not (did x or everybody)';
    const parsed = parseRule(text);
    expect(parsed.ok && parsed.spans.map(({ path, from, to }) => [path, text.slice(from, to)])).toEqual([
      ['', text],
      ['rules.0', 'city is "a"'],
      ['rules.1', 'not (did x or everybody)'],
      ['rules.1.rule', 'did x or everybody'],
      ['rules.1.rule.rules.0', 'did x'],
      ['rules.1.rule.rules.1', 'everybody'],
    ]);
  });
});

describe('a mistake', () => {
  it.each([
    ['contry is "FR"', 'something_else', '1:1', /Did you mean “country”/],
    [
      'country is FR',
      'something_else',
      '1:12',
      /“FR” cannot stand here. Write .*a text between double quotes/,
    ],
    ['country is "FR" and', 'something_missing', '1:20', /ends too early. Continue with a condition/],
    [
      'country is "FR"\n  or did x at lest 2 times',
      'something_else',
      '2:15',
      /“least”.*Did you mean “least”/,
    ],
    ['country is "FR', 'unclosed_text', '1:12', /Close it with a double quote/],
    ['country is “FR”', 'typographic_quote', '1:12', /straight double quotes/],
    ['é🙂 is "a\\q"', 'something_else', '1:1', /cannot stand here/],
    ['city is "é🙂" ;', 'unknown_character', '1:14', /“;”/],
    ['city is "a\\q"', 'unknown_escape', '1:9', /backslash/],
    ['did x at least 2000 times', 'number_out_of_range', '1:16', /from 1 to 1000/],
    ['spent EUR between 2 and 1', 'ends_swapped', '1:19', /Swap/],
    ['did x from 2026-02-30', 'unknown_instant', '1:12', /2026-03-31/],
    ['did x where (item (sku is known and sku is known))', 'said_twice', '1:37', /twice/],
    ['spent eur more than 1', 'something_else', '1:7', /currency in capitals/],
    [`${'not '.repeat(50_000)}everybody`, 'too_deep', '1:129', /nested/],
    ['('.repeat(50_000), 'too_deep', '1:33', /nested/],
    [
      Array.from({ length: 200 }, () => 'everybody').join(' or '),
      'too_many_conditions',
      '1:1288',
      /more than 100/,
    ],
    [
      `city is one of (${Array.from({ length: 1001 }, () => '"a"').join(', ')})`,
      'too_many_values',
      '1:16',
      /1000/,
    ],
    ['', 'something_missing', '1:1', /a condition/],
  ])('%#: no rule, said where and why', (...[text, code, at, message]) => {
    const found = wrong(text);
    expect(found).toMatchObject({ code, at });
    expect(found.en).toMatch(message);
    expect(found.fr).not.toBe(found.en);
  });
});

describe('what may come next', () => {
  const known: KnownWords = {
    fields: [
      {
        field: 'country',
        people: 7,
        values: [
          { value: 'FR', times: 5 },
          { value: 'BE', times: 2 },
        ],
      },
    ],
    traits: [{ key: 'last visit', type: 'text', people: 3, values: [], range: null }],
    events: [
      {
        name: 'page_viewed',
        times: 9,
        lastAt: '2026-01-01T00:00:00Z',
        properties: [{ key: 'path', type: 'text', values: [{ value: '/tea', times: 4 }], range: null }],
        items: null,
      },
    ],
    currencies: [{ currency: 'EUR', orders: 3 }],
  };
  const next = (text: string): string[] => {
    const at = text.indexOf('|');
    return completeRule(text.replace('|', ''), at, known).items.map(({ insert }) => insert);
  };

  it.each([
    ['|', ['country', 'did', 'spent', 'not', 'everybody']],
    ['cou|', ['country']],
    ['country |', ['is', 'contains']],
    ['country is |', ['known', 'one of', '"FR"', '"BE"']],
    ['country is "f|', ['"FR"']],
    ['country is one of ("FR", |', ['"FR"', '"BE"']],
    ['country is "FR" |', ['and', 'or']],
    ['not (country is "FR" |', ['and', 'or', ')']],
    ['trait |', ['"last visit"']],
    ['did |', ['not', 'page_viewed']],
    ['did view|', ['page_viewed']],
    ['did page_viewed |', ['at least', 'fewer than', 'where', 'in the last', 'from', 'before', 'and', 'or']],
    ['did page_viewed at |', ['least']],
    ['did page_viewed where (|', ['item', 'path']],
    ['did page_viewed where (path is |', ['"/tea"']],
    ['did page_viewed in the last 2 |', ['days', 'hours']],
    ['spent |', ['EUR']],
    ['country has |', []],
    ['cou| is "FR"', ['country']],
  ])('%s', (text, expected) => {
    const found = next(text);
    if (expected.length === 0) expect(found).toEqual([]);
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  it('replaces the word that is being typed', () => {
    expect(completeRule('country is "FR" an', 18, known)).toMatchObject({
      from: 16,
      to: 18,
      items: [{ insert: 'and' }],
    });
    expect(completeRule('cou is known', 3, known)).toMatchObject({ from: 0, to: 3 });
  });
});
