import { readdir } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { joinTables, type OpenApiDocument, openApiDocument, type RouteTable } from './openapi.ts';
import { route } from './route.ts';

const info = { title: 'Mesure', version: '1.0.0' };

const jsonSchema = z.record(z.string(), z.unknown());
const content = z.record(z.string().regex(/^[a-z]+\/[a-z.+-]+$/), z.strictObject({ schema: jsonSchema }));

const response = z.strictObject({ description: z.string().min(1), content });

/** The part of the OpenAPI 3.1 schema that our documents use, closed: an unknown field is a mistake. */
const operation = z.strictObject({
  operationId: z.string().regex(/^[a-z][A-Za-z0-9]*$/),
  summary: z.string().min(5),
  tags: z.tuple([z.string()]),
  parameters: z
    .array(
      z.strictObject({
        name: z.string(),
        in: z.enum(['path', 'query']),
        required: z.boolean(),
        schema: jsonSchema,
      }),
    )
    .optional(),
  requestBody: z.strictObject({ required: z.literal(true), content }).optional(),
  responses: z.record(
    z.string().regex(/^[2-5]\d\d$/),
    z.union([response, z.strictObject({ $ref: z.string().startsWith('#/components/responses/') })]),
  ),
  security: z.array(z.record(z.string(), z.array(z.never()))),
  'x-roles': z.array(z.string()).optional(),
});

const componentName = z.string().regex(/^[A-Za-z0-9._-]+$/);

const documentSchema = z.strictObject({
  openapi: z.literal('3.1.1'),
  info: z.strictObject({
    title: z.string(),
    version: z.string(),
    license: z.strictObject({ name: z.string(), identifier: z.string() }),
  }),
  servers: z.array(z.strictObject({ url: z.string() })),
  tags: z.array(z.strictObject({ name: z.string() })),
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), operation),
  ),
  components: z.strictObject({
    schemas: z.record(componentName, jsonSchema),
    responses: z.record(componentName, response),
    securitySchemes: z.record(z.string(), jsonSchema),
  }),
});

const references = (node: unknown): string[] => {
  if (Array.isArray(node)) return node.flatMap(references);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : references(value),
  );
};

const check = (document: OpenApiDocument): void => {
  const parsed = documentSchema.parse(JSON.parse(JSON.stringify(document)));
  const known = new Set([
    ...Object.keys(parsed.components.schemas).map((name) => `#/components/schemas/${name}`),
    ...Object.keys(parsed.components.responses).map((name) => `#/components/responses/${name}`),
  ]);
  expect(references(document).filter((found) => !known.has(found))).toEqual([]);
  for (const [path, operations] of Object.entries(parsed.paths)) {
    const names = [...path.matchAll(/\{([^}]+)\}/g)].map((match) => String(match[1]));
    for (const each of Object.values(operations)) {
      const inPath = (each.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect(inPath.map((parameter) => parameter.name).sort()).toEqual([...names].sort());
      expect(inPath.every((parameter) => parameter.required)).toBe(true);
      const statuses = Object.keys(each.responses);
      expect(statuses.some((status) => status.startsWith('2'))).toBe(true);
      expect(statuses).toEqual(expect.arrayContaining(['400', '404', '429', '500', '503']));
      if (each.security.length > 0) expect(statuses).toContain('401');
      expect(each.tags.every((tag) => parsed.tags.some(({ name }) => name === tag))).toBe(true);
    }
  }
};

describe('the document of all rooms', () => {
  let tables: RouteTable[];
  let routes: RouteTable;
  beforeAll(async () => {
    const rooms = (await readdir(import.meta.dirname)).flatMap(
      (file) => /^([a-z-]+)\.ts$/.exec(file)?.[1] ?? [],
    );
    const load = (address: string): Promise<Record<string, unknown>> => import(address);
    const modules = await Promise.all(
      rooms.map((room) => load(new URL(`./${room}.ts`, import.meta.url).href)),
    );
    tables = modules.flatMap((module) =>
      Object.entries(module).flatMap(([name, value]) =>
        name.endsWith('Routes') ? [value as RouteTable] : [],
      ),
    );
    routes = joinTables(tables);
  });

  it('is valid, with one operation per route and its errors', () => {
    const document = openApiDocument(routes, info);
    check(document);
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(operations.map((each) => (each as { operationId: string }).operationId).sort()).toEqual(
      Object.keys(routes).sort(),
    );
  });

  it('has a parameter schema for every id in a path', () => {
    for (const [name, { path, params }] of Object.entries(routes)) {
      const names = [...path.matchAll(/:([A-Za-z0-9_]+)/g)].map((match) => String(match[1]));
      expect([name, Object.keys(params?.shape ?? {}).sort()]).toEqual([name, names.sort()]);
    }
  });

  it('never lets a caller name the workspace of a change (S-01)', () => {
    const fields = Object.entries(routes).flatMap(([name, { body, query }]) =>
      [body, query].flatMap((schema) =>
        schema instanceof z.ZodObject && 'workspaceId' in schema.shape ? [name] : [],
      ),
    );
    // Both choose among the caller's own workspaces.
    expect(fields.sort()).toEqual(['signIn', 'switchWorkspace']);
  });
});

describe('schemas', () => {
  const base = { method: 'POST', path: '/api/rules/:ruleId', summary: 'Save a rule', tag: 'Rules' } as const;

  it('that contain themselves keep their references inside the document', () => {
    interface Rule {
      readonly name: string;
      readonly all?: readonly Rule[] | undefined;
    }
    const rule: z.ZodType<Rule> = z.object({
      name: z.string(),
      get all() {
        return z.array(rule).optional();
      },
    });
    const saveRule = route({
      ...base,
      access: ['marketer'],
      params: z.strictObject({ ruleId: z.uuid() }),
      query: z.strictObject({ dry: z.stringbool().default(false), limit: z.coerce.number().int().max(9) }),
      body: rule,
      response: z.object({ rules: z.array(rule) }),
      status: 201,
    });
    const document = openApiDocument({ saveRule }, info);
    check(document);
    expect(document.paths['/api/rules/{ruleId}']?.['post']).toMatchObject({
      parameters: [
        { name: 'ruleId', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
        { name: 'dry', in: 'query', required: false },
        { name: 'limit', in: 'query', required: true },
      ],
      'x-roles': ['marketer'],
      responses: {
        201: { description: 'Done.' },
        403: { $ref: '#/components/responses/forbidden.cross_site' },
      },
    });
  });

  it('of uploads and texts are bytes and text', () => {
    const params = z.strictObject({ ruleId: z.string() });
    const upload = route({ ...base, access: 'public', params, raw: 'request', response: z.object({}) });
    const download = route({
      ...base,
      method: 'GET',
      access: 'public',
      params,
      raw: 'response',
      response: z.string(),
    });
    const document = openApiDocument({ upload, download }, info);
    check(document);
    expect(document.paths['/api/rules/{ruleId}']).toMatchObject({
      post: { requestBody: { content: { 'application/octet-stream': {} } } },
      get: { responses: { 200: { content: { 'text/plain': {}, 'text/html': {} } } } },
    });
  });

  it('with a name are there once', () => {
    const part = z.object({ size: z.number() }).meta({ id: 'Part' });
    const response = z.object({ part });
    const readPart = route({ ...base, method: 'GET', path: '/api/a', access: 'public', response });
    const readParts = route({ ...base, method: 'GET', path: '/api/b', access: 'public', response });
    const document = openApiDocument({ readPart, readParts }, info);
    check(document);
    expect(Object.keys(document.components['schemas'] ?? {})).toEqual(['Error', 'Part']);
  });

  it('of two routes under one name or one address are refused', () => {
    const one = route({ ...base, access: 'public', response: z.object({}) });
    const other = { ...one, path: '/api/rules/:id' } as const;
    expect(() => joinTables([{ one }, { one: other }])).toThrow('operation id must be unique');
    expect(() => joinTables([{ one }, { two: other }])).toThrow('two and one share POST /api/rules/{}');
  });
});
