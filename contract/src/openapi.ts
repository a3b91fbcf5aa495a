import { z } from 'zod';
import { type ErrorCode, errorTable } from './errors.ts';
import type { Route } from './route.ts';

/** Operation name → route. Names are the operation ids: unique over all rooms. */
export type RouteTable = Readonly<Record<string, Route>>;

type JsonSchema = Record<string, unknown>;
type Direction = 'input' | 'output';

export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: Readonly<Record<string, unknown>>;
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const errorSchema: JsonSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'requestId'],
      properties: {
        code: { type: 'string', enum: Object.keys(errorTable) },
        message: { type: 'string', description: 'What is wrong, where, and what to do.' },
        details: { type: 'object', additionalProperties: true },
        requestId: { type: 'string' },
      },
    },
  },
};

/** `/api/team/:accountId` → `/api/team/{accountId}`. */
const templatePath = (path: string): string => path.replace(/:([A-Za-z0-9_]+)/g, '{$1}');

const mapRefs = (node: unknown, rename: (ref: string) => string): unknown => {
  if (Array.isArray(node)) return node.map((item) => mapRefs(item, rename));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' ? rename(value) : mapRefs(value, rename),
    ]),
  );
};

/**
 * Schemas as JSON Schema 2020-12. Named (`.meta({ id })`) and recursive ones refer to `#/$defs/…` or to `#`, which
 * inside a document would point at the document's root: their parts move to `components.schemas` and the references
 * follow. A named schema is there once per direction, however many routes use it.
 */
const createSchemaShelf = () => {
  const schemas: Record<string, unknown> = { Error: errorSchema };

  const shelfName = (part: string, owner: string, io: Direction): string => {
    if (part.startsWith('__')) return `${owner}.${part}`;
    return io === 'output' ? part : `${part}Input`;
  };

  const add = (schema: z.ZodType, owner: string, io: Direction): unknown => {
    const json = z.toJSONSchema(schema, {
      target: 'draft-2020-12',
      io,
      unrepresentable: 'any',
    }) as JsonSchema;
    const { $schema: _dialect, $defs, ...rest } = json;
    const rename = (ref: string): string => {
      if (ref === '#') return `#/components/schemas/${owner}`;
      if (!ref.startsWith('#/$defs/')) return ref;
      return `#/components/schemas/${shelfName(ref.slice('#/$defs/'.length), owner, io)}`;
    };
    for (const [part, definition] of Object.entries(($defs ?? {}) as Record<string, unknown>)) {
      const name = shelfName(part, owner, io);
      const moved = mapRefs(definition, rename);
      if (schemas[name] !== undefined && JSON.stringify(schemas[name]) !== JSON.stringify(moved)) {
        throw new Error(`Two different schemas are called ${part}: give one of them another id.`);
      }
      schemas[name] = moved;
    }
    const moved = mapRefs(rest, rename);
    if (!JSON.stringify(rest).includes('"$ref":"#"')) return moved;
    schemas[owner] = moved;
    return { $ref: `#/components/schemas/${owner}` };
  };
  return { schemas, add };
};

type SchemaShelf = ReturnType<typeof createSchemaShelf>;

const parametersOf = (shelf: SchemaShelf, name: string, definition: Route): unknown[] => {
  const parameters = (schema: z.ZodObject | undefined, place: 'path' | 'query'): unknown[] =>
    Object.entries(schema?.shape ?? {}).map(([key, part]) => {
      const field = part as z.ZodType;
      return {
        name: key,
        in: place,
        required: place === 'path' || !z.safeParse(field, undefined).success,
        schema: shelf.add(field, `${name}.${place}.${key}`, 'input'),
      };
    });
  return [...parameters(definition.params, 'path'), ...parameters(definition.query, 'query')];
};

/** The codes a caller can meet whatever the room: the rest are reasons inside `unprocessable` and `conflict`. */
const errorCodesOf = (definition: Route): readonly ErrorCode[] => [
  'invalid_request',
  ...(definition.access === 'public' ? [] : (['unauthenticated'] as const)),
  ...(Array.isArray(definition.access) ? (['forbidden'] as const) : []),
  ...(definition.method === 'GET' ? [] : (['cross_site'] as const)),
  'not_found',
  ...(definition.method === 'GET' ? [] : (['conflict', 'too_large', 'unprocessable'] as const)),
  'rate_limited',
  'internal',
  'unavailable',
];

/** Status → the codes that it may carry. */
const errorStatuses = (definition: Route): ReadonlyMap<string, readonly ErrorCode[]> =>
  Map.groupBy(errorCodesOf(definition), (code) => String(errorTable[code].status));

const errorResponses = (definition: Route): Record<string, unknown> =>
  Object.fromEntries(
    [...errorStatuses(definition)].map(([status, codes]) => [
      status,
      { $ref: `#/components/responses/${codes.join('.')}` },
    ]),
  );

const errorResponse = (codes: readonly ErrorCode[]): Record<string, unknown> => ({
  description: codes.map((code) => `${code}: ${errorTable[code].message}`).join(' '),
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
});

const sharedErrorResponses = (routes: RouteTable): Record<string, unknown> => {
  const shared: Record<string, unknown> = {};
  for (const definition of Object.values(routes)) {
    for (const codes of errorStatuses(definition).values()) shared[codes.join('.')] ??= errorResponse(codes);
  }
  return shared;
};

const operation = (shelf: SchemaShelf, name: string, definition: Route): Record<string, unknown> => {
  const parameters = parametersOf(shelf, name, definition);
  const body =
    definition.raw === 'request'
      ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
      : definition.body && {
          'application/json': { schema: shelf.add(definition.body, `${name}.body`, 'input') },
        };
  const success =
    definition.raw === 'response'
      ? { 'text/plain': { schema: { type: 'string' } }, 'text/html': { schema: { type: 'string' } } }
      : {
          [definition.raw === 'events' ? 'text/event-stream' : 'application/json']: {
            schema: shelf.add(definition.response, `${name}.response`, 'output'),
          },
        };
  return {
    operationId: name,
    summary: definition.summary,
    tags: [definition.tag],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, content: body } } : {}),
    responses: {
      [String(definition.status ?? 200)]: { description: 'Done.', content: success },
      ...errorResponses(definition),
    },
    security: definition.access === 'public' ? [] : [{ session: [] }, { bearer: [] }],
    ...(Array.isArray(definition.access) ? { 'x-roles': [...definition.access] } : {}),
  };
};

/**
 * One table out of the rooms' tables.
 * @throws Error when two rooms use one operation name, or one method and path.
 */
export const joinTables = (tables: readonly RouteTable[]): RouteTable => {
  const joined: Record<string, Route> = {};
  const places = new Map<string, string>();
  for (const [name, definition] of tables.flatMap((table) => Object.entries(table))) {
    const place = `${definition.method} ${templatePath(definition.path).replace(/\{[^}]+\}/g, '{}')}`;
    if (joined[name]) throw new Error(`Two routes are called ${name}: an operation id must be unique.`);
    const other = places.get(place);
    if (other) throw new Error(`${name} and ${other} share ${place}.`);
    joined[name] = definition;
    places.set(place, name);
  }
  return joined;
};

/** The OpenAPI 3.1 document of the routes (spec.openapis.org/oas/v3.1.1). */
export const openApiDocument = (
  routes: RouteTable,
  info: { readonly title: string; readonly version: string },
): OpenApiDocument => {
  const shelf = createSchemaShelf();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, definition] of Object.entries(routes)) {
    const path = templatePath(definition.path);
    paths[path] = { ...paths[path], [definition.method.toLowerCase()]: operation(shelf, name, definition) };
  }
  return {
    openapi: '3.1.1',
    info: { ...info, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    tags: [...new Set(Object.values(routes).map((definition) => definition.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: shelf.schemas,
      responses: sharedErrorResponses(routes),
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-mesure' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  };
};
