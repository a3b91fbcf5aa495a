import type { Route } from '@mesure/contract';
import type { Client } from '@mesure/contract/client';
import type { Terminal } from '../terminal.ts';
import { WrongInput } from '../wrong-input.ts';

/** Any operation of the API, by its name in the API document: what has no command of its own is reachable all the same. */
export interface CallRequest {
  readonly operation: string;
  readonly operations: ReadonlyMap<string, Route>;
  /** `name=value`, of the path or the query. */
  readonly parameters: readonly string[];
  readonly body: string | undefined;
}

const parseBody = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WrongInput(`--body is not JSON: ${cause instanceof Error ? cause.message : 'unreadable'}`, {
      cause,
    });
  }
};

const readParameters = (parameters: readonly string[]): readonly (readonly [string, string])[] =>
  parameters.map((parameter) => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(parameter) ?? [];
    if (name === undefined || value === undefined)
      throw new WrongInput(`“${parameter}” is not a parameter. Write name=value.`);
    return [name, value];
  });

export const callOperation = async (
  client: Client,
  terminal: Terminal,
  request: CallRequest,
): Promise<void> => {
  const route = request.operations.get(request.operation);
  if (!route) {
    const near = [...request.operations.keys()].filter((name) =>
      name.toLowerCase().includes(request.operation.toLowerCase().slice(0, 5)),
    );
    const hint =
      near.length > 0 ? `Did you mean ${near.slice(0, 5).join(', ')}?` : '`mesure operations` lists them.';
    throw new WrongInput(`There is no operation “${request.operation}”. ${hint}`);
  }
  const inPath = new Set([...route.path.matchAll(/:([A-Za-z0-9_]+)/g)].map((match) => match[1] ?? ''));
  const entries = readParameters(request.parameters);
  const known = [...inPath, ...Object.keys(route.query?.shape ?? {})];
  const unknown = entries.find(([given]) => !known.includes(given));
  if (unknown) {
    throw new WrongInput(
      `${request.operation} has no parameter “${unknown[0]}”. It has ${known.join(', ') || 'none'}.`,
    );
  }
  const missing = [...inPath].filter((name) => !entries.some(([given]) => given === name));
  if (missing.length > 0) {
    throw new WrongInput(`${request.operation} needs ${missing.map((name) => `${name}=…`).join(' and ')}.`);
  }
  const options = {
    params: Object.fromEntries(entries.filter(([name]) => inPath.has(name))),
    query: Object.fromEntries(entries.filter(([name]) => !inPath.has(name))),
    ...(request.body === undefined ? {} : { body: parseBody(request.body) }),
  };
  // The route is chosen at run time: its types are checked by the server.
  const answer: unknown = await (client.call as (route: Route, options: unknown) => Promise<unknown>)(
    route,
    options,
  );
  if (answer instanceof ReadableStream) {
    for await (const text of answer.pipeThrough(new TextDecoderStream())) terminal.print(text.trimEnd());
    return;
  }
  terminal.print(typeof answer === 'string' ? answer : JSON.stringify(answer, null, 2));
};
