import { z } from 'zod';
import { ProblemAnswer } from '../answers.ts';
import { forms } from '../forms.ts';
import { formsOf } from './export.ts';
import type { Route } from './route.ts';

type Json = Record<string, unknown>;

/** Additions raise the second number; what would break a client is a new /api/v2. */
const API_VERSION = '1.0.0';

export interface DocumentedSite {
  publicUrl: string;
  siteName: string;
  publisherName: string;
  publisherUrl: string;
  dataLicense: { name: string; url: string };
}

/** The OpenAPI 3.1 document, made of the very schemas that check the requests. */
export function openApiDocument(routes: readonly Route[], site: DocumentedSite): Json {
  const components: Record<string, Json> = {};
  const schema = (of: z.ZodType, io: 'input' | 'output') => schemaOf(of, io, components);
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route, schema) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: site.siteName,
      version: API_VERSION,
      description: `Who said what, who answered, what was found, and what we knew when. Reads need no key; writes need an access token. The record is published under [${site.dataLicense.name}](${site.dataLicense.url}).`,
      contact: { name: site.publisherName, url: site.publisherUrl },
    },
    servers: [{ url: `${site.publicUrl}/api/v1` }],
    paths,
    components: {
      schemas: components,
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'An access token: onr_…' } },
    },
  };
}

function operation(route: Route, schema: (of: z.ZodType, io: 'input' | 'output') => Json): Json {
  const reads = isRead(route);
  const answers = Object.entries(route.answers).map(([status, of]) => [
    status,
    {
      description: { 201: 'Made', 202: 'Goes on; see Location' }[status] ?? 'Found',
      headers: {
        ETag: { schema: { type: 'string' } },
        ...(status > '200' && { Location: { schema: { type: 'string', format: 'uri' } } }),
      },
      content: { 'application/json': { schema: schema(of, 'output') }, ...otherForms(route) },
    },
  ]);
  return {
    operationId: operationId(route),
    summary: route.summary,
    ...describing(route),
    tags: [route.path.split('/')[1]],
    parameters: [
      ...parameters(schema(route.params, 'input'), 'path'),
      ...parameters(schema(route.query, 'input'), 'query'),
      ...headerParameters(route),
    ],
    ...bodyOf(route, schema),
    security: reads && !route.desk ? [{}, { token: [] }] : [{ token: [] }],
    responses: {
      ...Object.fromEntries(answers),
      ...(route.method === 'get' && { 304: { description: 'Not changed since the ETag in If-None-Match' } }),
      ...Object.fromEntries(
        problemsOf(route).map(([status, description]) => [status, { description, content: problemContent(schema) }]),
      ),
    },
  };
}

const isRead = (route: Route): boolean => route.method === 'get' || 'reply' in route;

function bodyOf(route: Route, schema: (of: z.ZodType, io: 'input' | 'output') => Json): Json {
  const content = (types: readonly string[], of: Json) => ({
    requestBody: { required: true, content: Object.fromEntries(types.map((type) => [type, { schema: of }])) },
  });
  if ('act' in route || 'reply' in route)
    return content(
      [route.method === 'patch' ? 'application/merge-patch+json' : 'application/json'],
      schema(route.body, 'input'),
    );
  if ('perform' in route && route.takes.length)
    return content(route.takes, { type: 'string', description: 'The file' });
  return {};
}

/** The description, with how to ask for other forms. */
function describing(route: Route): { description?: string } {
  const endings = 'read' in route ? formsOf(route).map((form) => `\`.${form}\``) : [];
  const exports = endings.length
    ? `Also, with all rows and no pages, as ${endings.join(', ')} at the end of the address, or by \`Accept\`. A trailer \`Row-Count\` says how many rows were sent. With \`form=lossless\`, \`.csv\` and \`.jsonl\` can be imported again and give the same rows, as can \`.jsonld\`; the others are one-way.`
    : '';
  const description = [route.description, exports].filter(Boolean).join('\n\n');
  return description ? { description } : {};
}

/** What the other forms are, by media type. */
function otherForms(route: Route): Json {
  if (!('read' in route)) return {};
  const columns = route.exported?.columns.map(({ name }) => name).join(', ');
  return Object.fromEntries(
    formsOf(route).map((form) => [
      forms[form],
      { schema: { type: 'string', description: form === 'csv' ? `Columns: type, ${columns}` : `As .${form}` } },
    ]),
  );
}

const problemContent = (schema: (of: z.ZodType, io: 'input' | 'output') => Json) => ({
  'application/problem+json': { schema: schema(ProblemAnswer, 'output') },
});

function problemsOf(route: Route): [number, string][] {
  const writes = !isRead(route);
  const named = route.path.includes('{') || writes;
  return [
    [400, 'Not well-formed'],
    [401, 'The access token is missing or not valid'],
    [403, 'The token’s role does not allow it'],
    ...(named
      ? ([
          [404, 'Not on record, or not public'],
          [410, 'Withdrawn or erased'],
        ] as [number, string][])
      : []),
    ...(writes
      ? ([
          [409, 'Clashes with what is on record'],
          [412, 'Changed by someone else since'],
        ] as [number, string][])
      : []),
    ...(route.method !== 'get'
      ? ([
          [413, 'Too large'],
          [415, 'perform' in route ? 'Not of a type that is taken' : 'Not JSON in UTF-8'],
        ] as [number, string][])
      : []),
    ...(route.method === 'patch' ? ([[428, 'If-Match is missing']] as [number, string][]) : []),
    [422, 'A field is not acceptable; errors point at each'],
    [503, 'The database cannot be reached just now'],
  ];
}

function headerParameters(route: Route): Json[] {
  const header = (name: string, description: string, required = false) => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string' },
  });
  if (route.method === 'get') return [header('If-None-Match', 'The ETag that you have')];
  if (route.method === 'patch') return [header('If-Match', 'The ETag of the version that you amend', true)];
  // A task makes nothing twice by itself, a question nothing at all.
  if ('perform' in route || 'reply' in route) return [];
  return [header('Idempotency-Key', 'Makes repeating safe: the same key gives the same answer for 24 hours')];
}

function parameters(object: Json, place: 'path' | 'query'): Json[] {
  const required = (object.required as string[] | undefined) ?? [];
  return Object.entries((object.properties as Record<string, Json> | undefined) ?? {}).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(schema.type === 'array' && { style: 'form', explode: false }),
    ...(schema.description !== undefined && { description: schema.description }),
    schema,
  }));
}

/** `getPeoplePersonTimeline`. */
function operationId({ method, path }: Route): string {
  return method + path.replace(/[/{}]+(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/\W/g, '');
}

/** JSON Schema as OpenAPI 3.1 has it; schemas with an id become components. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Record<string, Json>): Json {
  const {
    $schema: _,
    $defs = {},
    ...json
  } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' }) as Json & {
    $defs?: Record<string, Json>;
  };
  const toComponents = (value: Json): Json =>
    JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'));
  for (const [name, definition] of Object.entries($defs)) {
    const { id: __, $schema: ___, ...component } = toComponents(definition);
    components[name] = component;
  }
  return toComponents(json);
}
